"""`build.py facts`."""

import re

from tests.helpers import command_output
from tests.helpers.command_output import ACME, data, lines
from tests.helpers.corpus import AGREEMENT, change, run

root = command_output.root


def test_facts_are_listed_with_kind_and_place(root):
    (fee,) = [each for each in lines(root, "facts", *ACME) if each.startswith("fees.monthly ")]
    assert re.fullmatch(rf"fees\.monthly +money +{AGREEMENT}/agreement\.yaml:\d+", fee)
    assert {"name": "client.name", "kind": "text", "where": "agreements/acme/client.yaml:2"} in data(
        root, "facts", *ACME
    )["facts"]


def test_a_clause_can_name_every_fact_that_is_listed(root):
    """As text where it is text, and in a condition where it is not."""
    names = [
        each["name"] for each in data(root, "facts", *ACME)["facts"] if not re.search(r"\.\d+(\.|$)", each["name"])
    ]
    conditions = "".join(f"+{{% if {name} %}}\n+{{% endif %}}\n" for name in names if not name.startswith("laws"))
    change(root, f"clauses/notes.md\n{conditions}")
    said = run(root, "--client", "acme", "--format", "md")
    assert (said.code, said.err) == (0, "")
