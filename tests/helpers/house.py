"""The house style of this repository without its Word parts, for each engine."""

from pathlib import Path

from msgspec.structs import replace

from contract_assembly.document.style import HouseStyle
from contract_assembly.repository.page_style import page_style, style_sheet

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates" / "house"
STYLE = page_style((FOLDER / "style.yaml").read_text("utf-8"))
HOUSE = HouseStyle(
    css=style_sheet((FOLDER / "page.css").read_text("utf-8"), STYLE),
    word={},
    fonts={f.name: f.read_bytes() for f in FOLDER.glob("fonts/*.ttf")},
    style=STYLE,
)
TYPST = replace(HOUSE, engine="typst")
HOUSES = {each.engine: each for each in (HOUSE, TYPST)}
