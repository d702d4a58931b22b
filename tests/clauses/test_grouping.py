"""Blocks of a clause as sections: numbered subsections in a contract, plain headings in a letter."""

import pytest

from contract_assembly.clauses.grouping import GROUPINGS, in_subsections, under_headings
from contract_assembly.clauses.parse import parse
from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d

AT = Origin("clauses/x.md", 10)
CLAUSE = d.Section("fees", 1, (d.Text("Fees"),), (), "fees-standard", "", AT)


def grouped(grouping, text):
    """The sections as (id, level, heading, kinds of blocks), and the problems as (rule, line)."""
    found = parse(text, AT)
    assert not found.problems
    sections, problems = grouping(CLAUSE, found.blocks, ())
    return sections, [(each.rule, each.origin.line) for each in problems]


def shapes(sections):
    return [(each.id, d.plain(each.heading), [type(one).__name__ for one in each.children]) for each in sections]


def subsections(text):
    (clause,), problems = grouped(in_subsections, text)
    assert (clause.id, clause.level, clause.clause) == ("fees", 1, "fees-standard")
    assert {(each.level, each.clause) for each in clause.children} == {(2, "fees-standard")}
    return shapes(clause.children), problems


def test_before_any_caption_each_paragraph_is_a_subsection():
    assert subsections("One.\n\nTwo.") == ([("", "", ["Paragraph"])] * 2, [])


def test_a_list_belongs_to_the_paragraph_before_it():
    assert subsections("One:\n\n(a) x; and\n(b) y.\n\nTwo.") == (
        [("", "", ["Paragraph", "Items"]), ("", "", ["Paragraph"])],
        [],
    )


def test_definitions_stay_together_in_one_subsection():
    text = 'In this Agreement:\n\n**"Fee"** means x.\n\n**"Term"** means y.\n\nMore.'
    assert subsections(text) == (
        [("", "", ["Paragraph"]), ("", "", ["Paragraph", "Paragraph"]), ("", "", ["Paragraph"])], []
    )  # fmt: skip


def test_the_list_of_what_survives_belongs_to_the_paragraph_before_it():
    assert subsections("These survive:\n\n[](#survivors)") == ([("", "", ["Paragraph", "Paragraph"])], [])
    assert subsections("One.\n\n[](#fees)") == ([("", "", ["Paragraph"])] * 2, [])


def test_after_a_caption_all_blocks_belong_to_it_until_the_next():
    text = "## Due {#due}\n\nOne.\n\nTwo.\n\n## Late\n\nThree."
    assert subsections(text) == ([("due", "Due", ["Paragraph"] * 2), ("", "Late", ["Paragraph"])], [])


def test_words_after_a_list_below_a_caption_cannot_be_cited():
    _, problems = grouped(in_subsections, "## Due {#due}\n\nOne:\n\n(a) x; and\n(b) y.\n\nTwo.")
    assert [rule for rule, _ in problems] == ["text-after-list"]


@pytest.mark.parametrize("text", ["## Due {#due}", "## Due {#due}\n\n## Late\n\nx."])
@pytest.mark.parametrize("grouping", [in_subsections, under_headings])
def test_a_caption_without_words_is_refused_at_its_line(grouping, text):
    assert grouped(grouping, text)[1] == [("empty-section", 10)]


@pytest.mark.parametrize("grouping", [in_subsections, under_headings])
def test_a_clause_whose_conditions_left_nothing_is_not_in_the_document(grouping):
    assert grouped(grouping, "") == ((), [])


def test_a_letter_has_no_title_of_the_clause_and_its_captions_are_headings():
    sections, problems = grouped(under_headings, "One:\n\n(a) x; and\n(b) y.\n\nTwo.\n\n## Next {#next}\n\nThree.")
    assert shapes(sections) == [("fees", "", ["Paragraph", "Items", "Paragraph"]), ("next", "Next", ["Paragraph"])]
    assert problems == []


def test_a_letter_that_begins_with_a_heading_has_no_empty_section_before_it():
    sections, _ = grouped(under_headings, "## Next {#next}\n\nThree.")
    assert [each.id for each in sections] == ["next"]


def test_only_letters_are_unnumbered():
    assert {kind for kind, grouping in GROUPINGS.items() if grouping is under_headings} == {"letter"}
