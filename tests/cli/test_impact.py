"""`build.py impact`."""

import json
import re

from tests.helpers import two_states
from tests.helpers.corpus import run
from tests.helpers.two_states import said

before = two_states.before
root = two_states.root
rates = two_states.rates


def test_an_agreement_that_was_sent_says_that_agreed_words_would_change(rates):
    text = run(rates, "impact").out
    assert re.search(
        r"^  \S+  acme/2026-support +\d+ clauses, \d+ facts \(sent: agreed words would change\)$", text, re.MULTILINE
    )
    assert "(draft)" in text


def test_facts_of_one_client_are_no_part_of_the_group(rates):
    found = json.loads(run(rates, "impact", "--json").out)
    (users,) = [each for each in found["facts"] if each["key"] == "coverage.users"]
    assert users["agreements"] == ["acme/2026-support"]


def test_nothing_changed_reaches_nobody(before):
    assert said(before, "impact").startswith("0 of 16 agreements change since HEAD")
