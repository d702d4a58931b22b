"""The notices that the clauses of a prepaid block promise."""

import re
from decimal import Decimal

import pytest

from tests.helpers import block_firm
from tests.helpers.block_firm import BLOCK, NOTIFY, account, done, log, refused, words

before = block_firm.before
root = block_firm.root


def test_a_low_balance_letter_states_all_that_the_clause_promises(root):
    done(root, *NOTIFY, "--apply")
    said = words(root, "low-balance-first")
    for promised in (
        "**4.625 hours** left",
        "when 5 hours or fewer remain",
        "run out around **Wednesday, December 9, 2026**",
        "| The same block | 20 hours at $90.00 | $1,800.00 |",
        "is good until **Wednesday, December 23, 2026**",
        "| A larger block | 40 hours at $87.00 | $3,480.00 |",
        "| Business Care, a support contract | Ongoing care, for a year or longer | $560.00 a month |",
        "with another block, ordered by October 4, 2027, they carry over to it",
        "today that would be $416.25",
        "continue for up to two hours. These hours come out of another block if you order it within 30 days",
        "| Telephones lose calls | 120.0 |",
        "Entry 20 reversed: Correction of our own fault",
        "The backup of the project archive has not been restored",
    ):
        assert promised in said, promised
    assert said.index("The backup of the project archive") < said.index("The router gets no updates")


def test_use_by_task_adds_up_to_what_the_balance_lacks(root):
    done(root, *NOTIFY, "--apply")
    table = words(root, "low-balance-first").split("Use since")[1].split("The latest entries")[0]
    *rows, total = [Decimal(each) for each in re.findall(r"\| \**([\d.,]+)\** \|", table)]
    assert (sum(rows), total) == (Decimal("922.5"), Decimal("922.5"))  # 15.375 of 20 hours


def test_a_message_says_nothing_that_is_not_so(root):
    done(root, *NOTIFY, "--apply", "--draft")
    facts = root / BLOCK / "documents/low-balance-first.yaml"
    facts.write_text(facts.read_text().replace("what: low-balance", "what: used-up"))
    said = refused(root, "--client", "hudson", "--format", "md")
    assert "on 2026-11-23 4.625 hours were left, so this message is not true [not-so]" in said


def test_what_a_message_must_state_and_cannot_is_told(root):
    (root / "provider/blocks.yaml").unlink()
    text = account(root).read_text()
    account(root).write_text(text[: text.index("# What a support contract would cover")])
    said = refused(root, *NOTIFY, "--apply")
    assert "there is none for sale [no-larger-block]" in said
    assert "the number of users and devices is missing [no-plan-price]" in said


@pytest.mark.parametrize(
    ("day", "what", "says"),
    [
        ("2027-08-05", "expiry-first", "this reminder, and another one 15 days before that day"),
        ("2027-09-17", "expiry-final", "this last reminder"),
    ],
)
def test_both_reminders_state_balance_day_and_what_becomes_of_the_hours(root, day, what, says):
    done(root, "block", "notify", "--client", "hudson", "--on", day, "--apply")
    said = words(root, f"{what}-first")
    assert "**4.625 hours** of your prepaid time expire at the end of **Monday, October 4, 2027**" in said
    assert says in said
    assert "with neither, they stay valid until the end of October 4, 2027 and then expire" in said


def test_a_late_last_reminder_states_the_day_to_which_it_moves_the_end(root):
    done(root, "block", "notify", "--client", "hudson", "--on", "2027-09-25", "--apply")
    assert "expire at the end of **Sunday, October 10, 2027**" in words(root, "expiry-final-first")  # 15 days later


def test_hours_that_are_used_up_are_told_on_that_day(root):
    approved = "overage: [{on: 2026-11-25, by: andre-baptiste, hours: 2}]\n"
    account(root).write_text(account(root).read_text() + approved)
    log(root, "2026-11-24", "2026-11-24", "4h30m")
    log(root, "2026-11-25", "2026-11-25", "30m")
    done(root, "block", "notify", "--client", "hudson", "--on", "2026-11-25", "--apply")
    assert "what: used-up, on: 2026-11-25, block: first" in account(root).read_text()
    said = words(root, "used-up-first")
    assert "Your prepaid hours are used up." in said
    assert "None are left, so your choice does not affect them." in said
