"""A clause of the agreement's own."""

import pytest

from contract_assembly.actions.negotiation.insertion_places import InsertedParagraph
from contract_assembly.actions.negotiation.own_clauses import id_of, in_clause, markdown_of


def test_paragraphs_and_items_become_markdown_that_means_nothing_but_itself():
    texts = [
        InsertedParagraph("A *party* may:", "", is_item=False),
        InsertedParagraph("stop; or", "", is_item=True),
        InsertedParagraph("go.", "", is_item=True),
        InsertedParagraph("See section 9.", "", is_item=False),
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


def test_a_numbered_paragraph_under_captions_is_a_subsection_with_a_caption_of_its_own():
    numbered = InsertedParagraph(
        "Budget. The Client may decline, too. See section 9.", "Clause2", is_item=False, is_numbered=True
    )
    plain = InsertedParagraph("Budget. It continues.", "ClauseContinued", is_item=False)
    own = "## Budget\n\nThe Client may decline, too. See section [](#end)."
    assert in_clause([numbered, plain], {"9": "end"}, captioned=True) == f"{own}\n\nBudget. It continues."
    assert in_clause([numbered], {}, captioned=False) == "Budget. The Client may decline, too. See section 9."
    long = InsertedParagraph(
        "No party may name the other one in public. It may do so here.", "Clause2", is_item=False, is_numbered=True
    )
    assert in_clause([long], {}, captioned=True) == long.words
