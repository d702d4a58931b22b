"""A YAML file changed: what was meant, and nothing else."""

from pathlib import Path

import pytest

from contract_assembly.repository.yaml_editor import Changes, apply
from tests.helpers.yaml_texts import TEXT, changed

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("path", sorted(ROOT.glob("agreements/*/*/agreement.yaml")), ids=lambda path: path.parts[-3])
def test_a_sample_that_is_not_changed_keeps_every_byte(path):
    text = path.read_text("utf-8")
    assert apply(text, Changes()) == text


def test_a_value_is_set_and_its_comment_stays():
    assert changed(values={("id",): "NL-2027-0042", ("fees", "prices", 0, "price"): "65.10 USD"}) == [
        "- id: NL-2026-0042      # ours",
        "+ id: NL-2027-0042      # ours",
        "-     - {line: users, price: 62.00 USD}      # the list price is 65.00",
        "+     - {line: users, price: 65.10 USD}      # the list price is 65.00",
    ]


def test_an_entry_goes_with_its_own_comment_and_leaves_that_of_the_next():
    assert changed(dropped=[("notices",)]) == [
        "- # What was sent",
        "- notices:",
        "-   - {says: increase}",
        "-   # of the second",
        "-   - says: reminder",
        "-     by: email",
        "- ",
    ]


def test_items_of_a_list_go_alone():
    assert changed(dropped=[("fees", "prices", 1), ("notices", 1)]) == [
        "-     - {line: servers, price: 10.00 USD}",
        "-   # of the second",
        "-   - says: reminder",
        "-     by: email",
    ]


def test_a_list_that_is_not_indented_goes_whole():
    assert changed(text="a:\n- b\n- c\nd: e\n", dropped=[("a",)]) == ["- a:", "- - b", "- - c"]


def test_what_is_not_there_is_passed_over_and_what_is_in_brackets_goes_too():
    assert changed(dropped=[("nothing", "here"), ("fees", "nothing")]) == []
    assert apply("a: {b: c, d: e}\n", Changes(dropped=[("a", "b")])) == "a: {d: e}\n"


def test_a_value_whose_place_is_not_there_is_our_fault():
    with pytest.raises(KeyError):
        apply(TEXT, Changes(values={("nothing", "here"): "1"}))


def test_entries_go_to_the_end_written_like_those_before_them():
    assert changed(
        added={
            ("fees", "prices"): [{"line": "printers", "price": "1.00 USD"}],
            ("fees",): {"debit": "yes"},
            ("notices",): [{"says": "decline", "by": "mail, courier"}],
        }
    ) == [
        "+     - {line: printers, price: 1.00 USD}",
        "+   debit: yes",
        "+   - says: decline",
        '+     by: "mail, courier"',
    ]


def test_an_entry_is_added_where_others_go_in_the_same_list():
    assert changed(
        dropped=[("fees", "prices", 1)], added={("fees", "prices"): [{"line": "x", "price": "1.00 USD"}]}
    ) == [
        "-     - {line: servers, price: 10.00 USD}",
        "+     - {line: x, price: 1.00 USD}",
    ]
    text = "a:\n  - {b: [c]}\n  - b:\n      - d\n"
    assert (
        apply(text, Changes(dropped=[("a", 0)], added={("a", 1, "b"): ["e"]})) == "a:\n  - b:\n      - d\n      - e\n"
    )


def test_a_new_section_is_set_apart_at_the_end_of_the_file():
    text = "a: b\n\n# the end\n"
    assert apply(text, Changes(added={(): {"c": ["d", "e: f"]}})) == 'a: b\n\nc:\n  - d\n  - "e: f"\n\n# the end\n'
    assert apply(text, Changes(added={(): {"c": "d"}})) == "a: b\nc: d\n\n# the end\n"


def test_what_is_added_in_brackets_stays_there_and_an_empty_list_becomes_a_block():
    assert apply("a: {b: c}\n", Changes(added={("a",): {"d": "e"}})) == "a: {b: c, d: e}\n"
    assert apply("a: []  # none\n", Changes(added={("a",): ["b"]})) == "a:     # none\n  - b\n"


def test_a_value_keeps_the_quotes_of_the_one_before():
    assert apply("a: \"1\"\nb: '2'\n", Changes(values={("a",): "3", ("b",): "4"})) == "a: \"3\"\nb: '4'\n"
