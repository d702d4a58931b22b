from io import BytesIO

from fontTools.ttLib import TTFont

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.writers.pdf.glyphs import _characters, unprintable
from tests.helpers.house import HOUSE
from tests.helpers.sample_tree import p, sample, t

FONTS = tuple(sorted(HOUSE.fonts.items()))


def test_a_character_that_no_font_has_is_named_with_its_place():
    named = d.Value("Acme 株式", "client.name", Origin("client.yaml", 3))
    (problem,) = unprintable(d.Document(sample().meta, (d.Part("terms", "t", t("T"), (p(named),)),)), FONTS)
    assert (problem.rule, str(problem.origin)) == ("no-glyph", "client.yaml:3")
    assert "式" in problem.what or "株" in problem.what


def test_characters_without_a_shape_need_no_font():
    said = p("one\u200btwo\u2060three\nfour")
    assert unprintable(d.Document(sample().meta, (d.Part("terms", "t", t("T"), (said,)),)), FONTS) == ()


def test_a_font_with_another_table_is_read_all_the_same():
    font = TTFont(BytesIO(HOUSE.fonts["Carlito-Regular.ttf"]))
    font["cmap"].tables = [each for each in font["cmap"].tables if each.platformID == 0]
    changed = BytesIO()
    font.save(changed)
    assert "ő" in _characters(changed.getvalue())


def test_a_character_that_only_the_last_font_has_can_be_printed():
    font = TTFont(BytesIO(HOUSE.fonts["Carlito-Regular.ttf"]))
    for table in font["cmap"].tables:
        table.cmap = {0x5F0F: "A"}  # 式
    changed = BytesIO()
    font.save(changed)
    said = d.Document(sample().meta, (d.Part("terms", "t", t("T"), (p("式"),)),))
    assert unprintable(said, FONTS)
    assert unprintable(said, (*FONTS, ("Other.ttf", changed.getvalue()))) == ()
