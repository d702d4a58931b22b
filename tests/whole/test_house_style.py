"""What docs/house-style.md says of a further font is true: its steps are followed with a font that has Hebrew letters."""

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace

from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.pdf_reader import pages
from tests.helpers.sample_tree import cells, p, sample, t

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/house-style.md").read_text("utf-8")
HEBREW = "שלום"


def hebrew() -> bytes:
    """A font with Hebrew letters alone, made from one of the house."""
    font = TTFont(ROOT / "templates/house/fonts/Carlito-Regular.ttf")
    shapes = font.getBestCmap()
    font["cmap"].tables = [table for table in font["cmap"].tables if table.isUnicode()]
    for table in font["cmap"].tables:
        table.cmap = {0x5D0 + n: shapes[ord("a") + n % 26] for n in range(27)}
    for tag in ("GSUB", "GPOS", "GDEF"):
        if tag in font:
            del font[tag]
    made = BytesIO()
    font.save(made)
    return made.getvalue()


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "templates/house", tmp_path / "templates/house")
    return tmp_path


def document() -> d.Document:
    table = d.Table(("left",), cells("Name"), (cells(f"{HEBREW} and Users"),))
    return d.Document(replace(sample().meta, watermark=""), (d.Part("terms", "terms", t("Terms"), (p(f"Words, {HEBREW}, words."), table)),))  # fmt: skip


def add(root: Path, rule: str) -> None:
    """Follow the page: the file, then the rule."""
    (name,) = re.findall(r'url\("house:([^"]+)"\)', rule)
    (root / "templates/house/fonts" / name).write_bytes(hebrew())
    style = root / "templates/house/page.css"
    style.write_text(f"{style.read_text('utf-8')}\n{rule}\n", "utf-8")


def test_a_font_is_added_as_the_page_says(root):
    with pytest.raises(RefusedError) as refused:
        pdf(document(), Repository(root).house())
    assert {each.rule for each in refused.value.problems} == {"no-glyph"}
    assert all(each.hint.endswith("docs/house-style.md") for each in refused.value.problems)
    (rule,) = [line.strip() for line in PAGE.splitlines() if line.strip().startswith("@font-face")]
    add(root, rule)
    glyphs = [glyph for page in pages(pdf(document(), Repository(root).house())) for line in page.lines for glyph in line.glyphs]  # fmt: skip
    fonts = {glyph.font for glyph in glyphs if glyph.char in HEBREW}
    assert len(fonts) == 1
    assert not fonts & {glyph.font for glyph in glyphs if glyph.char.isascii() and glyph.char.isalpha()}
    assert sorted(glyph.char for glyph in glyphs if glyph.char in HEBREW) == sorted(HEBREW * 2)


@pytest.mark.parametrize(
    "rule",
    [
        '@font-face { font-family: Carlito; src: url("house:H.ttf"); unicode-range: U+0590-06FF }',
        "@font-face{font-family:'carlito';font-weight:400;src:url(\"house:H.ttf\")}",
        '@font-face { src: url("house:H.ttf"); font-family: "Caladea"; font-style: italic; font-weight: 700 }',
    ],
)
def test_two_fonts_of_one_name_are_refused_with_the_line(root, rule):
    add(root, rule)
    with pytest.raises(RefusedError) as refused:
        pdf(sample(), Repository(root).house())
    lines = (root / "templates/house/page.css").read_text("utf-8").splitlines()
    (problem,) = refused.value.problems
    assert problem.rule == "doubled-font"
    assert str(problem.origin) == f"templates/house/page.css:{lines.index(rule) + 1}"
    assert "a family name of its own" in problem.hint


def test_a_rule_in_a_comment_is_none(root):
    add(root, '/* @font-face { font-family: Carlito; src: url("house:H.ttf") } */')
    assert pdf(sample(), Repository(root).house()).startswith(b"%PDF")
