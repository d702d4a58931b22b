"""Where whole paragraphs came in."""

import pytest

from contract_assembly.actions.negotiation.insertion_places import (
    InsertedParagraph,
    InsertionPlace,
    place_of,
    proposed,
    texts_of,
    title_of,
)
from tests.helpers.returned import LOSS, SENT, bare, changes, come, compared, control, paragraph, run, styled

SLOTS = {"fees": "fees", "liability-two": "liability"}
WORDS = InsertedParagraph("Words follow.", "", is_item=False)


@pytest.mark.parametrize(
    "place",
    [
        InsertionPlace("own clause after", "fees"),
        InsertionPlace("end of", "fees"),
        InsertionPlace("start of", "fees-2"),
    ],
)
def test_a_place_is_read_as_it_is_written(place):
    assert place_of(str(place)) == place


@pytest.mark.parametrize("text", ["", "fees", "after fees", "end of Fees", "end of fees and more"])
def test_anything_else_is_no_place(text):
    assert place_of(text) is None


def test_a_clause_with_a_title_follows_the_clause_before_it_and_a_paragraph_ends_that_clause():
    assert proposed(("fees", "liability-two"), "Publicity", SLOTS) == InsertionPlace("own clause after", "fees")
    assert proposed(("fees", "liability-two"), "", SLOTS) == InsertionPlace("end of", "fees")
    assert proposed(("", "liability-two"), "Publicity", SLOTS) == InsertionPlace("start of", "liability")
    assert proposed(("cover", ""), "", SLOTS) is None


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (InsertedParagraph("Publicity", "", is_item=False), "Publicity"),
        (InsertedParagraph("It ends.", "", is_item=False), ""),
        (InsertedParagraph("publicity", "", is_item=True), ""),
        (InsertedParagraph("A title in its style is one, however many words it may have.", "H", is_item=False),
         "A title in its style is one, however many words it may have"),
    ],
)  # fmt: skip
def test_a_title_is_in_the_style_of_titles_or_a_short_line_over_more_words(first, title):
    assert title_of([first, WORDS], frozenset("H")) == title
    assert title_of([first], frozenset("H")) == ""


TITLED = "".join(
    control(name, f'<w:p><w:pPr><w:pStyle w:val="Title2"/></w:pPr>{run(name)}</w:p>{inside}')
    for name, inside in (("fees", paragraph(run("The fee is due."))), ("liability", LOSS))
)


def new(title):
    return styled(title, "Title2") + styled("34.1 No names are named.", "InsertedParagraph")


def test_each_inserted_title_begins_a_clause_of_its_own():
    middle = control("liability", "").replace("</w:sdtContent></w:sdt>", "")
    back = TITLED.replace(middle, new("Publicity") + middle) + new("Notices") + new("Logos")
    assert [(each.kind, each.title, each.between) for each in changes(bare(back), TITLED)] == [
        ("inserted", "Publicity", ("fees", "liability")),
        ("inserted", "Notices", ("liability", "")),
        ("inserted", "Logos", ("liability", "")),
    ]


def test_an_insertion_in_the_place_of_words_that_went_has_no_place():
    paper = "".join(paragraph(come(f"Rule {each} of the buyer applies."), mark="ins") for each in ("one", "two"))
    back = paper + bare(SENT)[bare(SENT).index("<w:tbl>") :]
    assert {each.between for each in changes(back) if each.kind == "inserted"} == {("", "")}


def pressed_enter(after, text, style):
    """Enter at the end of a paragraph: its mark is new, and the new paragraph has the old mark, and a style of its own."""
    old = f"{run(after)}</w:p>"
    new = f'{run(after)}</w:p><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{come(text)}</w:p>'
    mark = f'<w:pPr><w:rPr><w:ins w:id="5" w:author="Them"/></w:rPr></w:pPr>{run(after)}</w:p>'
    return TITLED.replace(old, new).replace(f"{run(after)}</w:p>", mark, 1)


@pytest.mark.parametrize(("style", "is_item"), [("ClauseItem", True), ("ClauseContinued", False)])
def test_a_paragraph_has_the_style_in_which_it_came_back(style, is_item):
    found = compared(pressed_enter("The fee is due.", "It never rises.", style), TITLED)
    (change,) = found.changes
    assert texts_of(found.body, change.spots) == (InsertedParagraph("It never rises.", style, is_item),)


def test_a_number_that_is_typed_before_a_paragraph_is_its_own():
    found = compared(pressed_enter("The fee is due.", "1.2 It never rises.", "InsertedParagraph"), TITLED)
    assert texts_of(found.body, found.changes[0].spots) == (
        InsertedParagraph("It never rises.", "InsertedParagraph", False, True),
    )
