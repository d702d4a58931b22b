"""Numbers of parts, sections and items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.document import tree as d
from contract_assembly.document.numbering import letter, numbered, roman
from tests.helpers.sample_tree import p, sample, t

META = sample().meta


def section(*children, heading=(), level=2, id=""):  # noqa: A002
    return d.Section(id, level, heading, children)


def clause(*children):
    return section(*children, heading=t("Clause"), level=1)


def numbers(*parts):
    return [node.number for node in d.walk(numbered(d.Document(META, parts))) if isinstance(node, d.Section)]


def items(*inside):
    return d.Items(tuple(d.Item(blocks) for blocks in inside))


def test_letters_go_on_after_z():
    assert [letter(n) for n in (1, 2, 26, 27, 28, 52, 53)] == ["a", "b", "z", "aa", "bb", "zz", "aaa"]


def test_small_roman_numbers():
    assert [roman(n) for n in (1, 4, 5, 9, 10, 14, 19, 39)] == ["i", "iv", "v", "ix", "x", "xiv", "xix", "xxxix"]


def test_clauses_count_on_and_their_subsections_start_anew():
    part = d.Part("terms", "terms", t("Terms"), (clause(section(), section()), clause(section(), section())))
    assert numbers(part) == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


def test_each_part_counts_for_itself():
    parts = [d.Part(kind, kind, (), (clause(section(), section()),)) for kind in ("terms", "schedule", "schedule")]
    assert numbers(*parts) == ["1", "1.1", "1.2"] * 3


def test_a_cover_has_no_numbers():
    assert numbers(d.Part("cover", "cover", (), (clause(section(), section()),))) == ["", "", ""]


def test_a_lone_subsection_without_caption_has_no_number_of_its_own():
    assert numbers(d.Part("terms", "t", (), (clause(section()),))) == ["1", ""]
    assert numbers(d.Part("terms", "t", (), (clause(section(heading=t("Scope"))),))) == ["1", "1.1"]


def test_schedules_bear_letters_in_their_order_past_z():
    kinds = ("cover", "schedule", "terms", *["schedule"] * 26)
    parts = numbered(d.Document(META, tuple(d.Part(kind, f"p{n}", (), ()) for n, kind in enumerate(kinds)))).parts
    assert [part.number for part in parts][:4] == ["", "A", "", "B"]
    assert [part.number for part in parts][-2:] == ["Z", "AA"]


def test_items_bear_letters_and_items_within_items_small_roman_numbers():
    listed = items((p("one"), items((p("x"),), (p("y"),))), (p("two"),))
    tree = numbered(d.Document(META, (d.Part("terms", "t", (), (clause(section(listed)),)),)))
    assert [node.number for node in d.walk(tree) if isinstance(node, d.Item)] == ["(a)", "(i)", "(ii)", "(b)"]


def test_items_in_a_box_are_numbered_too():
    tree = numbered(d.Document(META, (d.Part("cover", "c", (), (d.Box((items((p("x"),), (p("y"),)),)),)),)))
    assert [node.number for node in d.walk(tree) if isinstance(node, d.Item)] == ["(a)", "(b)"]


@pytest.mark.parametrize("document", [sample()])
def test_numbering_twice_is_numbering_once(document):
    assert numbered(numbered(document)) == numbered(document)


@given(st.lists(st.lists(st.booleans(), max_size=5), max_size=6))
def test_no_two_sections_of_a_part_share_a_number(shape):
    clauses = [clause(*(section(heading=t("c") if captioned else ()) for captioned in each)) for each in shape]
    given_numbers = [number for number in numbers(d.Part("terms", "t", (), tuple(clauses))) if number]
    assert len(set(given_numbers)) == len(given_numbers)
