"""YAML edited line by line."""

import difflib

from contract_assembly.repository.yaml_editor import Changes, apply, indent_of, is_in_brackets

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


def test_lines_are_put_below_a_key_before_what_was_there():
    assert changed(lines={("id",): ["renews: 2025"], ("fees", "prices"): ["    - {line: a}"]}) == [
        "+ renews: 2025",
        "+     - {line: a}",
    ]


def test_how_far_entries_are_indented_is_read_from_the_file():
    assert indent_of(TEXT, ("fees", "prices")) == 4
    assert indent_of(TEXT, ("fees",)) == 2
    assert indent_of("a:\n- b\n", ("a",)) == 0
    assert indent_of(TEXT, ("nothing", "here")) == 4
    assert not is_in_brackets(TEXT, ("fees", "prices"))
    assert is_in_brackets("a: [b]\n", ("a",))
