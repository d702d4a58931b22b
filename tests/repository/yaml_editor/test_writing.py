"""Values written as YAML."""

import difflib

from contract_assembly.repository.yaml_editor import Changes, apply, flow

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


def test_what_looks_like_another_type_stays_as_it_was_written():
    found = changed(values={("when",): "2027-10-01", ("share",): "6 %", ("plain",): "no"})
    assert [each for each in found if each[0] == "+"] == ["+ when: 2027-10-01", "+ share: 6 %", "+ plain: no"]


def test_a_text_that_would_be_markup_is_quoted():
    assert "+ id: 'a: b # c'        # ours" in changed(values={("id",): "a: b # c"})


def test_an_entry_on_one_line_quotes_what_needs_it():
    assert flow({"line": "users", "price": "63.00 USD"}) == "{line: users, price: 63.00 USD}"
    assert flow({"line": "a, b"}) == "{line: 'a, b'}"
