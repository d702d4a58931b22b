"""`build.py laws`."""

import json

import pytest

from tests.helpers.corpus import based, change, run

ACME = ("acme/2026-support",)
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


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def lines(root, *arguments):
    said = run(root, *arguments)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def data(root, *arguments):
    said = run(root, *arguments, "--json")
    assert said.err == ""
    return json.loads(said.out)


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
