"""`build.py laws`."""

from tests.helpers import command_output
from tests.helpers.command_output import ACME, data, lines
from tests.helpers.corpus import change

root = command_output.root

RULE = """clauses/law/US-NY.yaml
+rules:
+  - id: NY-TEST
+    title: Notice
+    applies: "true"
+    requires: The notice is sent.
+    window: {before: decision_day, earliest: 30 days, latest: 15 days}
+    channels: [mail, email]
+    consequence: It is void.
+    severity: block
+    authority: Statute 1
"""


def test_rules_of_law_are_told_with_window_ways_and_authority(root):
    change(root, RULE)
    assert lines(root, "laws", *ACME) == [
        "NY-TEST: Notice - to be done (block)",
        "    The notice is sent.",
        "    from 2027-06-30 to 2027-07-15, by mail or email",
        "    otherwise: It is void. Statute 1; verified by: none; clauses/law/US-NY.yaml:5",
    ]
    (rule,) = data(root, "laws", *ACME)["rules"]
    assert (rule["rule"], rule["state"], rule["window"]) == ("NY-TEST", "to be done", ["2027-06-30", "2027-07-15"])
    assert rule["verified_by"] == "none"


def test_where_no_rule_applies_that_is_said(root):
    assert lines(root, "laws", *ACME) == ["no rule of law in clauses/law applies"]
    assert data(root, "laws", *ACME) == {"rules": [], "problems": []}
