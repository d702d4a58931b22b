"""Recurring revenue: what recurs on a day, why it changed, and what is contracted. Amounts are counted by hand."""

import json

import pytest

from tests.helpers.corpus import REPOSITORY, run

# ---- the command, over the samples


def test_what_was_sent_and_not_signed_is_shown_apart():
    found = json.loads(run(REPOSITORY, "revenue", "--on", "2027-03-31", "--client", "acme", "--json").out)
    assert found["recurring"] == []
    assert found["sent_not_signed"] == [{"currency": "USD", "monthly": "2908.00", "yearly": "34896.00"}]


@pytest.mark.parametrize(
    "words",
    [
        ("--csv", "--table", "movements"),
        ("--table", "renewals"),
        ("--csv", "--by", "plan", "--table", "renewals"),
        ("--on", "2027-01-01", "--since", "2027-01-01"),
        ("--csv", "--json"),
        ("--on", "soon"),
    ],
)
def test_wrong_use_is_refused(words):
    assert run(REPOSITORY, "revenue", *words).code == 2
