"""Pages as HTML: what is printed is escaped, and what is missing is an error."""

import jinja2
import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.web import templates
from contract_assembly.web.page import Page


def test_every_value_is_escaped():
    problem = Problem("x", "<script>alert(1)</script>", Origin('a"><b>.yaml', 3), "</li><img src=x onerror=y>")
    found = templates.rendered(Page("problems.html", "<i>", {"problems": (problem,)}), str)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found
    assert not {"<script>", "<b>", "<img", "<i>"} & set(found.replace(">", ">\n").split())
    assert "<img" not in found


def test_a_missing_value_is_an_error_and_never_an_empty_place():
    with pytest.raises(jinja2.UndefinedError):
        templates.rendered(Page("problems.html", "X"), str)


def test_links_go_where_the_page_will_be():
    page = Page("wrong.html", "X", {"hint": ""})
    found = templates.rendered(page, lambda path: f"..{path}", sections={"Portfolio": "/"})
    assert 'href="../style.css"' in found
    assert 'href="../"' in found
    assert "live.js" not in found


def test_no_template_has_a_style_or_script_of_its_own_which_the_policy_forbids():
    for path in sorted(templates.PAGES.glob("*.html")):
        text = path.read_text("utf-8")
        assert " style=" not in text, path.name
        assert "<style" not in text, path.name
        assert " on" not in {part[:3] for part in text.split('="') if part.endswith(("onclick", "onload"))}, path.name
        assert text.count("<script") == text.count('<script src="'), path.name
        assert "|safe" not in text.replace(" ", ""), path.name


def test_the_style_sheet_is_in_the_colour_of_the_firm():
    assert b"--house: #802020" in templates.asset("style.css", "#802020")


@pytest.mark.parametrize("name", templates.ASSETS)
def test_each_file_that_pages_refer_to_is_there(name):
    assert len(templates.asset(name)) > 100


def test_no_line_ends_within_a_day_or_the_name_of_an_agreement():
    filled = templates.environment().from_string('{% import "parts.html" as parts %}{{ parts.unbroken(words) }}')
    assert filled.render(words="<b> renewed by 2026-support from 2026-10-01") == (
        '&lt;b&gt; renewed by <span class="when">2026-support</span> from <span class="when">2026-10-01</span>'
    )
