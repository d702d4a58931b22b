"""A clause of the agreement's own."""

import pytest

from contract_assembly.actions.negotiation.own_clauses import id_of, markdown_of
from contract_assembly.actions.negotiation.places import Text


def test_paragraphs_and_items_become_markdown_that_means_nothing_but_itself():
    texts = [
        Text("A *party* may:", "", is_item=False),
        Text("stop; or", "", is_item=True),
        Text("go.", "", is_item=True),
        Text("See section 9.", "", is_item=False),
    ]
    assert markdown_of(texts, {"9": "end"}) == "A \\*party\\* may:\n\n(a) stop; or\n(b) go.\n\nSee section [](#end)."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Publicity & Logos", "publicity-logos"),
        ("Publicity", "publicity-3"),
        ("24/7 cover", "point-24-7-cover"),
        ("条款", "point"),
    ],
)
def test_an_id_comes_from_the_title_and_is_unlike_all_that_are_taken(title, name):
    assert id_of(title, {"publicity", "publicity-2"}) == name
