from msgspec.structs import replace

from contract_assembly.writers.pdf.weasyprint.writer import doubled_fonts, page_rule
from tests.helpers.house import HOUSE
from tests.helpers.sample_tree import sample

FACE = "@font-face { font-family: A; src: url(house:A.ttf) }\n"


def test_a_second_font_with_one_name_is_reported_at_its_line():
    (problem,) = doubled_fonts(f"{FACE}p {{}}\n{FACE}")
    assert (problem.rule, problem.origin.line) == ("doubled-font", 3)
    assert doubled_fonts(HOUSE.css) == ()


def test_the_page_has_the_margins_of_the_house_style():
    meta = sample().meta
    assert page_rule(meta, HOUSE) == "size: 215.9mm 279.4mm; margin: 27mm 35.95mm"
    wide = replace(HOUSE, style={**HOUSE.style, "page-side-letter": "30mm"})
    assert page_rule(meta, wide).endswith("margin: 27mm 30mm")
    assert page_rule(meta, replace(HOUSE, style={})) == page_rule(meta, HOUSE)
    assert "draft.svg" in page_rule(replace(meta, watermark="DRAFT"), HOUSE)
