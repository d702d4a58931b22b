"""The sheet of a document: its markup cut at notes and pictures."""

import re

from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle, Logo
from contract_assembly.web.contract.places import Note, placed
from contract_assembly.web.contract.sheet import Markup, Picture, chart_markup, sheet
from contract_assembly.writers.html import body
from tests.helpers.sample_tree import cells, p, sample, t

HOUSE = HouseStyle("", {}, {})
SCRIPT = '<script>alert(1)</script><a href="#fact.1">x</a>'


def whole(found):
    return "".join(each.html for each in found.pieces if isinstance(each, Markup))


def test_the_sheet_has_the_markup_of_the_pdf_with_links_at_its_facts():
    found = whole(sheet(placed(sample()), HOUSE))
    bare = re.sub(r'<a class="fact"[^>]*>(.*?)</a>', r"\1", found)
    bare = re.sub(r'<div class="scroll"[^>]*>', "", bare).replace("</table></div>", "</table>")
    assert bare == body(sample(), HOUSE)
    assert 'title="Client · ' in found


def test_a_column_without_a_name_has_no_head():
    table = d.Table(("left", "right"), cells("", "Amount"), (cells("One", "2"),))
    part = d.Part("terms", "terms", t("Terms"), (table,))
    found = whole(sheet(placed(replace(sample(), parts=(part,))), HOUSE))
    assert '<tr><td></td><th scope="col" class="r">Amount</th></tr>' in found


def test_notes_are_cut_in_where_they_belong():
    origin = Origin("a.yaml", 3)
    part = d.Part("terms", "terms", t("Terms"), (p("Before"), p(d.Value("34", "coverage.users", origin))))
    wrong = Problem("x", "too many", origin)
    before, note, after = sheet(placed(replace(sample(), parts=(part,)), (wrong,)), HOUSE).pieces
    assert isinstance(note, Note)
    assert "Before" in before.html
    assert after.html.startswith('<p><a class="fact wrong" href="#fact.1" title="Users · a.yaml:3">34</a></p>')


def test_facts_and_clauses_cannot_make_markup_or_links_of_ours():
    words = (d.Text(SCRIPT), d.Value(SCRIPT, SCRIPT, Origin(f'{SCRIPT}"', 1)), d.Definition(SCRIPT))
    hostile = '<p><a href="#note.1">x</a></p>\n<img src="house:logo.svg" alt=""/>'
    table = d.Table(("left",), (), (cells(SCRIPT), cells(hostile)))
    found = sheet(placed(replace(sample(), parts=(d.Part("terms", "x", t(SCRIPT), (p(*words), table)),))), HOUSE)
    (only,) = found.pieces
    assert "<script" not in only.html
    assert only.html.count('<a class="fact" href="#fact.') == only.html.count("<a ") == 1
    assert only.html.count("&lt;script&gt;") >= 5
    assert "<img" not in only.html


def test_a_logo_is_a_picture_and_a_bar_is_drawn_in_place():
    house = replace(HOUSE, logo=Logo("logo.svg", b"", 3.0))
    assert Picture("logo.svg", "Northlight IT Services LLC") in sheet(placed(sample()), house).pieces
    chart = d.Chart(d.Table(("left", "right"), cells("Priority", "Share"), (cells('One "1"', "97.0 %"),), t("In time")))
    found = chart_markup(chart).html
    assert found.count("<svg") == 1
    assert 'role="img" aria-label="One &quot;1&quot;, Share 97.0 %"' in found
    assert "house:" not in found
