"""Placeholders that the program fills: the list of the clauses that survive an agreement, and blocks by name."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.placeholders import with_blocks, with_survivors
from contract_assembly.document.references import resolved

PLACE = Origin("clauses/end.md", 7)
ASKED = d.Paragraph((d.Reference("survivors", "", PLACE),), PLACE)


def section(name, *children):
    words = d.Paragraph((d.Text(f"Words of {name}."),))
    return d.Section(name, 1, (d.Text(name.title()),), (d.Section("", 2, (), (*children, words), name),), name)


def document(*schedules):
    terms = d.Part("terms", "terms", (d.Text("Terms"),), (section("end", ASKED), section("secrets"), section("money")))
    meta = d.Meta("Title", "Subject", "Author", "en-US", "Head", "Footer", "folder")
    return d.Document(meta, (terms, *schedules), d.NOWHERE)


def schedule(name, *sections):
    return d.Part("schedule", name, (d.Text(name.title()),), tuple(section(each) for each in sections))


def listed(tree, surviving):
    """The list as it is printed, line by line."""
    bound, problems = resolved(numbered(with_survivors(tree, surviving)), {})
    assert problems == ()
    block = bound.parts[0].children[0].children[0].children[0]
    blocks = [item.children[0] for item in block.items] if isinstance(block, d.Items) else [block]
    return [d.plain(each.children).replace("\u00a0", " ") for each in blocks]


def test_survivors_are_listed_in_the_order_of_the_document():
    assert listed(document(), {"money", "secrets", "end"}) == [
        "section 1 (End);",
        "section 2 (Secrets); and",
        "section 3 (Money).",
    ]


def test_what_does_not_survive_is_not_listed():
    assert listed(document(), {"end", "money", "elsewhere"}) == ["section 1 (End); and", "section 3 (Money)."]


def test_one_survivor_makes_a_sentence():
    assert listed(document(), {"secrets"}) == ["section 2 (Secrets)."]


def test_a_clause_of_a_schedule_is_named_with_its_schedule():
    tree = document(schedule("exit", "steps", "help"))
    assert listed(tree, {"end", "help"}) == ["section 1 (End); and", "Schedule A, paragraph 2 (Help)."]


def test_a_schedule_of_which_all_survives_is_named_once():
    tree = document(schedule("exit", "steps", "help"), schedule("data", "one"))
    assert listed(tree, {"end", "steps", "help"}) == ["section 1 (End); and", "Schedule A (Exit)."]


def test_a_schedule_with_one_clause_is_named_by_that_clause():
    assert listed(document(schedule("data", "one")), {"end", "one"}) == [
        "section 1 (End); and",
        "Schedule A, paragraph 1 (One).",
    ]


@pytest.mark.parametrize("children", [(d.Text("See "), d.Reference("survivors")), (d.Reference("money"),)])
def test_only_a_paragraph_that_is_the_mark_alone_becomes_the_list(children):
    paragraph = d.Paragraph(children)
    tree = d.Document(document().meta, (d.Part("terms", "terms", (), (section("end", paragraph),)),), d.NOWHERE)
    assert with_survivors(tree, {"end"}) == tree


def test_the_list_knows_the_line_that_asked_for_it():
    tree = with_survivors(document(), {"end", "money"})
    references = [node for node in d.walk(tree) if isinstance(node, d.Reference)]
    assert [node.target for node in references] == ["end", "money"]
    assert {node.origin for node in references} == {PLACE}


def test_a_subsection_that_is_only_a_reference_becomes_the_blocks_of_that_name():
    made, other = d.Paragraph((d.Text("Made."),)), d.Paragraph((d.Text("See "), d.Reference("changes", "")))
    asked = d.Section("", 2, (), (d.Paragraph((d.Reference("changes", ""),)),))
    tree = document(d.Part("terms", "terms", (), (d.Section("s", 1, (), (asked, d.Section("", 2, (), (other,)))),)))
    filled = with_blocks(tree, {"changes": (made, made)})
    assert filled.parts[-1].children[0].children == (made, made, d.Section("", 2, (), (other,)))
    assert with_blocks(tree, {"survivors": (made,)}) == tree
