import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.html import html
from contract_assembly.writers.pdf.weasyprint import setup
from tests.helpers.sample_tree import cells, item, p, sample, t, v

HOUSE = HouseStyle("", {}, {})
VOID = {"meta", "col", "br"}
BASE = (setup.HERE / "base.css").read_text("utf-8")


def page(*blocks: d.Block) -> str:
    """The markup of these blocks as the terms of a document without a cover."""
    return html(d.Document(sample().meta, (d.Part("terms", "terms", (), blocks),)), HOUSE)


def printed(document: d.Document) -> Iterator[str]:
    """The text of a document piece by piece and in order, except the table of contents."""
    for part in document.parts:
        yield d.plain(d.title(part))
        if part.kind == "cover":
            yield from (document.meta.subject, document.meta.author)
        for block in part.children:
            yield from _printed(block)


def _printed(node: d.Node) -> Iterator[str]:
    match node:
        case d.Section(level=level, heading=heading):
            yield f"{d.label(node)} {d.plain(heading)}{'.' if heading and level == 2 else ''} "
        case d.Item(number=number):
            yield f"{number} "
        case d.Paragraph(children=words) | d.Cell(children=words) | d.Signatures(lead=words) | d.Table(caption=words):
            yield d.plain(words)
        case d.Signatory():
            yield f"{node.role} {node.entity.text} By: Name: {node.name.text} Title: {node.title.text} Date: "
    for child in d.children(node):
        if isinstance(child, d.Block | d.Item | d.Cell | d.Signatory):
            yield from _printed(child)


class Reader(HTMLParser):
    """Collects the text of a page and checks that every tag is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.open += [] if tag in VOID else [tag]
        self.words += [" "] if tag == "br" else []

    def handle_startendtag(self, tag, attrs):
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "head" not in self.open and "nav" not in self.open:
            self.words.append(data)


def read(markup: str) -> str:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == []
    return "".join(reader.words)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_word_of_the_tree_is_on_the_page_in_order_and_no_other():
    assert squeezed(read(html(sample(), HOUSE))) == squeezed("".join(printed(sample())))


@pytest.mark.parametrize(
    "fact", ["<b>", "&lt;", "![x](http://example.com/x.png)", '"><script>', "</p></td>", "&#10;", "a\tb"]
)
def test_a_fact_is_never_markup(fact):
    assert fact in read(page(p("Pay ", v(fact), ".")))
    assert fact in read(page(d.Table(("left",), cells(v(fact)), (cells(v(fact)),), t(v(fact)))))


def test_a_page_is_xml_too():
    assert ET.XML(html(sample(), HOUSE)).tag == "html"


def test_every_element_is_one_of_the_base_sheet():
    named = set(re.findall(r"[a-z]+[12]?", re.sub(r"/\*.*?\*/|\{.*?\}", " ", BASE, flags=re.DOTALL)))
    page = ET.XML(html(sample(), HOUSE))
    assert {each.tag for each in page.iter()} - {"span"} <= named  # a span has no style of its own


def test_a_fact_in_the_meta_stays_inside_its_attribute():
    hostile = '"><img src="http://example.com/x.png">'
    meta = replace(sample().meta, title=hostile, subject=hostile, author=hostile, head=hostile, footer=hostile)
    assert "<img" not in html(replace(sample(), meta=meta), HOUSE)


def test_a_page_has_no_style_and_refers_to_no_other_file():
    assert not re.search(r"style=|<style|<link|<script|src=|http", html(sample(), HOUSE))


def test_a_clause_has_its_number_in_a_span_before_its_heading():
    assert '<h2><span class="n" id="services">1.\t</span>Services</h2>' in html(sample(), HOUSE)


def test_a_caption_is_run_into_the_first_paragraph():
    assert "1.1\t</span><b>Scope.</b> The Provider shall" in html(sample(), HOUSE)


def test_a_caption_before_anything_but_a_paragraph_is_a_paragraph_kept_with_it():
    section = d.Section("x", 2, t("Rates"), (d.Table(("left",), cells("Rate"), (cells("90"),)),), "x", "1.1")
    assert '<p class="l k"><span class="n" id="x">1.1\t</span><b>Rates.</b></p>\n<table>' in page(section)


def test_a_subsection_without_a_number_is_a_plain_paragraph():
    assert "<p>Only words.</p>" in page(d.Section("", 2, (), (p("Only words."),)))


def test_a_clause_without_a_heading_shows_its_number_before_its_words():
    section = d.Section("x", 1, (), (p("Words."),), "x", "3")
    assert '<p class="l"><span class="n" id="x">3.\t</span>Words.</p>' in page(section)


def test_a_section_without_heading_number_or_paragraph_can_still_be_a_link_target():
    section = d.Section("x", 2, (), (d.Table(("left",), cells("Rate"), (cells("90"),)),))
    assert 'id="x"' in page(section)


def test_a_section_without_id_has_no_id_attribute():
    assert "id=" not in page(d.Section("", 1, t("Fees"), (p("None."),))).split("<h2")[1]


def test_a_lead_in_is_kept_with_the_list_that_follows():
    items = d.Items((item("(a)", p("one; and")), item("(b)", p("two."))))
    assert '<p class="k">They are:</p>\n<ol>' in page(p("They are:"), items)
    assert "<p>They are:</p>" in page(p("They are:"), p("this."))


def test_a_definition_is_bold_inside_curly_quotes():
    assert "<p>“<strong>Fees</strong>” means" in html(sample(), HOUSE)


def test_a_reference_is_a_link_to_its_target():
    assert '<a href="#fees">2 (Fees)</a>' in html(sample(), HOUSE)


def test_a_table_has_a_head_of_column_names():
    markup = page(d.Table(("left", "right"), cells("Item", "Fee"), (cells("One", "1.00"),)))
    assert '<thead>\n<tr><th scope="col">Item</th><th scope="col" class="r">Fee</th></tr>\n</thead>' in markup
    assert '<tr><td>One</td><td class="r">1.00</td></tr>' in markup


def test_a_table_without_head_names_its_rows():
    markup = page(d.Table(("left", "left"), (), (cells("Client", "Acme"),)))
    assert "<thead>" not in markup
    assert '<tr><th scope="row">Client</th><td>Acme</td></tr>' in markup


def test_only_the_last_row_of_a_sum_is_marked_as_total():
    rows = (cells("One", "1"), cells("Sum", "1"))
    assert page(d.Table(("left", "right"), (), rows, total=True)).count('class="total"') == 1
    assert 'class="total"' not in page(d.Table(("left", "right"), (), rows))
    assert '<tr class="total"><th scope="row">Sum' in page(d.Table(("left", "right"), (), rows, total=True))


def test_the_columns_of_a_table_fill_its_width():
    shares = re.findall(r'<col class="w(\d+)"/>', page(d.Table(("left",) * 3, (), (cells("a", "b", "c"),))))
    assert len(shares) == 3
    assert sum(map(int, shares)) == 100


def test_contents_list_the_clauses_of_the_terms_and_the_schedules():
    contents = html(sample(), HOUSE).split("<nav>")[1].split("</nav>")[0]
    assert re.findall('href="#(.*?)"', contents) == ["services", "fees", "schedule-fees", "schedule-contacts"]
    assert ">Schedule\u00a0A – Fees</span>" in contents


def test_the_contents_are_between_the_cover_and_the_terms():
    markup = html(sample(), HOUSE)
    assert markup.index('class="cover"') < markup.index("<nav>") < markup.index('class="terms"')


@pytest.mark.parametrize("kept", [slice(0, 1), slice(1, 2)])
def test_a_document_of_one_part_has_no_contents(kept):
    assert "<nav>" not in html(replace(sample(), parts=sample().parts[kept]), HOUSE)
