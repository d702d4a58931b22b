"""What comes up for a prepaid block."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from contract_assembly.facts.account import Message
from contract_assembly.facts.fields import Located
from contract_assembly.facts.registers import Licence
from contract_assembly.renewals.duties.of_agreement import duties
from contract_assembly.renewals.duties.of_block import block_duties
from contract_assembly.renewals.ending import EXIT
from tests.helpers.books import IN_TIME, with_work, work
from tests.helpers.books import book as a_book
from tests.helpers.matters import block_matter, matter


def d(text):
    return date.fromisoformat(text)


ON, BY = d("2027-05-03"), d("2027-12-31")


def found(subject=None, on=ON, by=BY):
    return {(each.kind, each.key): each for each in duties(subject or matter(), on, by)}


def used_up(**account):
    """The sample block, of which more is used in each of three months than the cheapest plan costs."""
    sample = block_matter()
    said = {"paid": "2026-10-02", "messages": [IN_TIME], "environment": {"users": "6"}, **account}
    found = with_work(
        a_book(said),
        *(work(d(f"2026-{month}-12"), 390, f"Task {month}") for month in (11, 12)),
        work(d("2027-01-12"), 390),
    )
    return replace(sample, book=found, proposed=())


def proposals(subject, on="2027-02-01", by="2027-04-30"):
    return [each for each in duties(subject, d(on), d(by)) if each.kind == "proposal"]


def test_a_block_expires_after_two_reminders():
    due = found(block_matter())
    assert due["block end", "end"].last == d("2027-10-04")
    assert due["block reminder", "expiry_warning"].last == d("2027-08-05")
    assert due["block reminder", "final_warning"].last == d("2027-09-17")  # 19 September is a Sunday


def test_a_block_has_the_messages_that_its_clauses_promise_until_they_are_noted_as_sent():
    sample, book = block_matter(), block_matter().book
    fresh = tuple(each for each in book.account.model.messages if each.what == "statement")
    unsent = Located(book.account.model.model_copy(update={"messages": fresh}), book.account.origins)
    sample = replace(sample, book=replace(book, account=unsent))
    before = [each.key for each in duties(sample, d("2026-11-23"), d("2026-12-31")) if each.kind == "block message"]
    assert before == ["low-balance first", "statement 2026-11-30"]
    sent = Message(what="low-balance", block="first", on=d("2026-11-23"))
    account = sample.book.account
    noted = Located(account.model.model_copy(update={"messages": (*account.model.messages, sent)}), account.origins)
    after = replace(sample, book=replace(sample.book, account=noted))
    assert [e.key for e in duties(after, d("2026-11-23"), d("2026-12-31")) if e.kind == "block message"] == before[1:]


def test_a_support_contract_is_proposed_after_three_months_above_break_even():
    (due,) = proposals(used_up())
    assert (due.key, due.first, due.last) == (
        "2027-01-31",
        d("2027-02-01"),
        d("2027-02-10"),
    )  # with the statement of January
    assert due.what == "Propose a support contract"
    assert due.why.startswith(
        "6.50 h in 2026-11, 6.50 h in 2026-12, 6.50 h in 2027-01; from 3.5 h a month Essential Care costs less"
    )
    assert proposals(used_up(), on="2027-01-30") == []


@pytest.mark.parametrize(("proposed", "still"), [("2026-10-31", 1), ("2026-11-01", 0), ("2027-02-01", 0)])
def test_a_proposal_since_the_first_of_them_is_enough(proposed, still):
    assert len(proposals(replace(used_up(), proposed=(d(proposed),)))) == still


def test_nothing_is_proposed_to_who_converts_or_has_ended():
    assert proposals(used_up(ended={"on": "2027-01-20", "because": "returned"})) == []
    signed = {"signed": "2027-01-20", "first_day": "2027-03-01", "agreement": "2027-support"}
    assert proposals(used_up(conversion=signed)) == []


def test_the_sample_block_knows_its_proposal():
    assert block_matter().proposed == (d("2026-11-23"),)
    assert {"essential", "business"} <= set(block_matter().plans)


def test_licences_of_a_block_that_became_a_contract_come_up_with_the_contract():
    licence = Licence(product="X", vendor="Y", metric="user", quantity=3, holder="client", first_day=d("2026-12-01"), last_day=d("2027-11-30"), renewal="Yearly")  # fmt: skip
    signed = {"signed": "2027-01-20", "first_day": "2027-03-01", "agreement": "2027-support"}
    kept = block_matter(agreement__licences=(licence,))
    assert ("licence", "X 2026-12-01") in found(kept)
    assert ("licence", "X 2026-12-01") not in found(replace(kept, book=used_up(conversion=signed).book))


# ---- a block that ended before its hours expired


def block_ended(on, status="sent"):
    said = {"paid": "2026-10-02", "messages": [IN_TIME], "ended": {"on": on, "because": "returned"}}
    return replace(block_matter(agreement__status=status), book=a_book(said))


def listed(subject, on):
    return {(each.kind, each.key) for each in block_duties(subject, d(on), BY)}


STEPS = {("block reminder", "expiry_warning"), ("block reminder", "final_warning"), ("block end", "end")}


@pytest.mark.parametrize(
    ("ended", "left"),
    [
        ("2027-08-05", set()),  # the first reminder is due on the day of the end
        ("2027-08-06", {("block reminder", "expiry_warning")}),
        ("2027-10-04", {("block reminder", "expiry_warning"), ("block reminder", "final_warning")}),
        ("2027-10-05", STEPS),
    ],
)
def test_steps_of_the_expiry_are_due_before_the_day_on_which_a_block_ends(ended, left):
    assert listed(block_ended(ended), "2027-05-03") & STEPS == left


def test_from_the_day_of_the_end_on_no_step_of_the_expiry_is_left():
    subject = block_ended("2027-10-05")
    assert [len(listed(subject, day) & STEPS) for day in ("2027-10-04", "2027-10-05")] == [3, 0]


def test_a_block_that_is_over_has_its_steps_until_its_last_day():
    over = block_ended("2027-03-10", "ended")
    kinds = [{kind for kind, _ in listed(over, day)} for day in ("2027-03-10", "2027-03-11")]
    assert kinds[1] < kinds[0]
    running = block_ended("2027-03-10", "sent")
    assert {kind for kind, _ in listed(running, "2027-03-11")} == {kind for kind, _ in listed(running, "2027-03-10")}


def test_what_follows_the_end_is_due_until_a_year_after_it():
    over, year_later = block_ended("2026-12-10", "ended"), d("2026-12-10") + EXIT
    kinds = [{kind for kind, _ in listed(over, str(year_later + timedelta(days=n)))} for n in (0, 1)]
    assert kinds == [{"block message", "exit"}, {"block message"}]
