"""A YAML file changed: what was meant, and nothing else."""

import difflib
from pathlib import Path

import pytest

from contract_assembly.repository.yaml_editor import Changes, apply, flow, indent_of, is_in_brackets

ROOT = Path(__file__).parents[2]
TEXT = """\
# Head
id: NL-2026-0042      # ours
when: 2026-10-01
share: 5 %
plain: yes

# About fees
fees:
  setup: 1500.00 USD
  # why
  prices:
    - {line: users, price: 62.00 USD}      # the list price is 65.00
    - {line: servers, price: 10.00 USD}
  due: "30 days"

# What was sent
notices:
  - {says: increase}
  # of the second
  - says: reminder
    by: email

# Who signs
signatories:
  provider: ann
"""


def changed(*, text=TEXT, **kinds):
    """Lines taken out and put in, as a diff shows them."""
    after = apply(text, Changes(**kinds))
    return [each for each in difflib.ndiff(text.splitlines(), after.splitlines()) if each[0] in "+-"]


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


def test_what_looks_like_another_type_stays_as_it_was_written():
    found = changed(values={("when",): "2027-10-01", ("share",): "6 %", ("plain",): "no"})
    assert [each for each in found if each[0] == "+"] == ["+ when: 2027-10-01", "+ share: 6 %", "+ plain: no"]


def test_a_text_that_would_be_markup_is_quoted():
    assert "+ id: 'a: b # c'        # ours" in changed(values={("id",): "a: b # c"})


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


def test_lines_are_put_below_a_key_before_what_was_there():
    assert changed(lines={("id",): ["renews: 2025"], ("fees", "prices"): ["    - {line: a}"]}) == [
        "+ renews: 2025",
        "+     - {line: a}",
    ]


def test_a_value_whose_place_is_not_there_is_our_fault():
    with pytest.raises(KeyError):
        apply(TEXT, Changes(values={("nothing", "here"): "1"}))


def test_how_far_entries_are_indented_is_read_from_the_file():
    assert indent_of(TEXT, ("fees", "prices")) == 4
    assert indent_of(TEXT, ("fees",)) == 2
    assert indent_of("a:\n- b\n", ("a",)) == 0
    assert indent_of(TEXT, ("nothing", "here")) == 4
    assert not is_in_brackets(TEXT, ("fees", "prices"))
    assert is_in_brackets("a: [b]\n", ("a",))


def test_an_entry_on_one_line_quotes_what_needs_it():
    assert flow({"line": "users", "price": "63.00 USD"}) == "{line: users, price: 63.00 USD}"
    assert flow({"line": "a, b"}) == "{line: 'a, b'}"
