"""YAML as people write it, and an edit of it that changes nothing else."""

import difflib

from contract_assembly.repository.yaml_editor import Changes, apply

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
