"""`build.py block notices`, for the sample hudson."""

from tests.helpers.block_commands import data
from tests.helpers.corpus import REPOSITORY, run

HUDSON = ("notices", "--client", "hudson")


def notices(*more):
    (found,) = data(REPOSITORY, *HUDSON, *more)["blocks"]
    return [(each["what"], each["due"], each["late"]) for each in found["notices"]]


def test_a_message_is_listed_with_its_reason_and_its_clause():
    said = run(REPOSITORY, "block", *HUDSON, "--on", "2026-11-23", "--by", "2026-12-10")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "2026-12-10  agreements/hudson/2026-block: statement for 2026-11: can be sent from 2026-12-01",
        "            the statement for 2026-11 is promised by day 10 of the month after (block-statements)",
    ]


def test_one_that_is_due_after_the_day_of_by_is_left_out():
    assert notices("--on", "2026-11-23", "--by", "2026-12-10") == [("statement", "2026-12-10", False)]
    assert notices("--on", "2026-11-23", "--by", "2026-12-09") == []


def test_after_its_day_a_message_is_late():
    assert ("statement", "2026-12-10", True) in notices("--on", "2026-12-11")


def test_with_all_those_that_were_sent_are_listed_too():
    assert [what for what, _, _ in notices("--on", "2026-11-23", "--all")] == ["statement", "low-balance"]
    assert run(REPOSITORY, "block", *HUDSON, "--on", "2026-11-23").out.endswith(": nothing is due\n")
