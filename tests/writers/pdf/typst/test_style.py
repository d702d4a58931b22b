import json
import re

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.writers.pdf.typst.setup import HERE
from contract_assembly.writers.pdf.typst.style import FACES, NEEDED, style_data
from tests.helpers.house import STYLE

PAGE = "".join(each.read_text("utf-8") for each in sorted(HERE.glob("*.typ")))


def test_lengths_are_points():
    made = json.loads(style_data(STYLE))
    assert made["lengths"]["body-size"] == 11
    assert made["lengths"]["indent"] == 33.75
    assert made["lengths"]["page-end"] == pytest.approx(76.535, abs=0.001)


def test_colours_and_fonts_have_the_names_that_the_page_uses():
    made = json.loads(style_data(STYLE))
    assert (made["colours"]["colour"], made["colours"]["quiet"]) == ("#1f3a5f", "#5b6470")
    assert made["fonts"] == {"text": "Caladea", "head": "Carlito"}


def test_every_name_of_the_house_style_is_used_by_the_page_and_no_other_is_asked_for():
    assert set(NEEDED) == set(STYLE)


def test_every_length_and_size_of_the_page_is_among_those_that_it_needs():
    lengths = set(re.findall(r"measures\.([a-z0-9-]+)", PAGE)) - {"at"}
    assert lengths <= set(NEEDED)
    assert set(re.findall(r'face\("(?:head|text)", "([a-z0-9-]+)"', PAGE)) <= set(FACES)
    assert {f"colour-{each}" for each in re.findall(r"colour\.([a-z]+)\b", PAGE)} - {
        "colour-colour",
        "colour-mark",
    } <= set(NEEDED)


def test_what_an_older_house_style_lacks_is_listed_with_the_cure():
    with pytest.raises(RefusedError) as refused:
        style_data({name: value for name, value in STYLE.items() if name not in {"gap", "h1-size"}})
    (problem,) = refused.value.problems
    assert problem.rule == "unknown-style"
    assert "gap, h1-size" in problem.what
    assert "library --update" in problem.hint
