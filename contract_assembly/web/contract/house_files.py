"""The house style for the screen: the page's style sheet, within `.paper`, and the fonts and pictures that it names. Pure.

The rules are those that the PDF is laid out with. What only paper has (pages, running heads) is left out."""

import re
from collections.abc import Mapping

from contract_assembly.document.style import HouseStyle

STYLE = "paper.css"
TYPES = {"css": "text/css", "ttf": "font/ttf", "svg": "image/svg+xml", "png": "image/png"}
_FONT_FACE = re.compile(r"@font-face\s*\{[^{}]*\}")
_PAGE = re.compile(r"@page\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BODY = re.compile(r"(?<![\w.#-])body(?=\s*[,{])")
_WIDTHS = "".join(f".paper .w{percent}{{width:{percent}%}}" for percent in range(1, 101))


def files(house: HouseStyle) -> Mapping[str, bytes]:
    """Every file by its name; they name each other by it, so they belong in one folder."""
    pictures = {name: data for name, data in house.pictures.items() if name.endswith((".svg", ".png"))}
    return {STYLE: _style(house).encode(), **house.fonts, **pictures}


def media(name: str) -> str:
    """The media type of one of them."""
    return TYPES[name.rpartition(".")[2]]


def _style(house: HouseStyle) -> str:
    css = _COMMENT.sub("", house.css).replace("house:", "")
    fonts = "\n".join(_FONT_FACE.findall(css))
    rules = _BODY.sub("&", _PAGE.sub("", _FONT_FACE.sub("", css)))
    watermark = ".paper.draft { background: url(draft.svg) top center / 100% auto repeat-y, #fff }" * ("draft.svg" in house.pictures)
    return f"{fonts}\n.paper {{\n{rules}\n}}\n{watermark}\n{_WIDTHS}\n"
