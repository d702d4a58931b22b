import pytest
from msgspec.structs import replace

from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.writers.pdf.weasyprint import writer
from contract_assembly.writers.pdf.weasyprint.writer import doubled_fonts, page_rule, printed
from tests.helpers.house import HOUSE
from tests.helpers.sample_tree import sample
from tests.writers.pdf.test_writer import several_pages

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


@pytest.mark.parametrize("document", [sample(), several_pages()], ids=["sample", "several pages"])
def test_a_page_needs_no_widths_but_those_of_its_columns(document, monkeypatch):
    lean, of = printed(document, HOUSE, NO_EXTRAS)[0], writer._columns
    asked = []
    monkeypatch.setattr(writer, "_columns", lambda widths: asked.extend(widths) or of(tuple(map(str, range(1, 101)))))
    assert printed(document, HOUSE, NO_EXTRAS)[0] == lean
    assert 0 < len(asked) < 30
