"""What comes up for an agreement and for the firm, until which day, and why."""

from dataclasses import replace
from datetime import date

import pytest

from contract_assembly.facts.account import Message
from contract_assembly.facts.fields import Located
from contract_assembly.facts.registers import Licence
from contract_assembly.facts.renewal_terms import Ending, Increase, SentNotice
from contract_assembly.renewals.context import Successor
from contract_assembly.renewals.duties.of_agreement import DUE, duties
from contract_assembly.renewals.duties.of_block import BLOCK_DUE
from tests.helpers.books import IN_TIME, with_work, work
from tests.helpers.books import book as a_book
from tests.helpers.matters import block_matter, matter


def d(text):
    return date.fromisoformat(text)


ON, BY = d("2027-05-03"), d("2027-12-31")


def found(subject=None, on=ON, by=BY):
    return {(each.kind, each.key): each for each in duties(subject or matter(), on, by)}


def kinds(subject=None, on=ON, by=BY):
    return {each.kind for each in duties(subject or matter(), on, by)}


def test_the_end_of_a_term_has_its_days():
    due = found()
    assert due["decision", "0"].last == d("2027-07-30")
    assert due["statutory notice", "0 AR-NY"].first == d("2027-07-02")
    assert due["renewal", "0"].last == d("2027-10-01")


def ways(duty):
    return {way: day.day for way, day in duty.ways}


def test_a_notice_has_one_last_day_for_each_way_of_delivery():
    due = found()
    by_post = {"in-person": d("2027-07-15"), "certified-mail": d("2027-07-08")}
    assert ways(due["statutory notice", "0 AR-NY"]) == by_post
    assert ways(due["reminder", "0 contract"]) == by_post
    assert due["statutory notice", "0 AR-NY"].what == (
        "Renewal reminder (AR-NY): in person from 2027-07-02 to 2027-07-15 or by certified mail from 2027-07-02 to 2027-07-08"
    )
    assert ways(due["price notice", "0"]) == {
        "in-person": d("2027-07-02"),
        "email": d("2027-07-02"),
        "courier": d("2027-06-30"),
        "certified-mail": d("2027-06-25"),
    }
    assert due["price notice", "0"].what == (
        "Notice of new prices: in person or by email until 2027-07-02, by courier until 2027-06-30, "
        "or by certified mail until 2027-06-25"
    )


def test_a_notice_is_due_on_the_first_day_on_which_a_way_closes_that_is_still_open():
    notice = ("statutory notice", "0 AR-NY")
    assert found(on=d("2027-07-08"))[notice].last == d("2027-07-08")
    assert found(on=d("2027-07-09"))[notice].last == d("2027-07-15")
    assert found(on=d("2027-07-09"))[notice].way.steps[-1].name == "send in person by"
    assert found(on=d("2027-07-16"))[notice].last == d("2027-07-15")  # overdue, and listed all the same
    assert found(by=d("2027-06-25"))["price notice", "0"].last == d("2027-06-25")
    assert ("price notice", "0") not in found(by=d("2027-06-24"))


def test_every_dated_step_is_explained():
    assert all(each.way.day == each.last for each in found().values() if each.way)
    assert found()["decision", "0"].way


def test_what_is_recorded_is_not_due_any_more():
    sent = SentNotice(says="increase", term=d("2027-10-01"), sent=d("2027-06-01"), by="email")
    assert ("price notice", "0") not in found(matter(agreement__notices=(sent,)))


def test_reviews_and_tests_that_were_held_are_not_due_and_missed_ones_are_overdue():
    due = found()
    assert ("review", "Business review 2027-01-01") not in due
    assert due["review", "Business review 2027-04-01"].last == d("2027-06-30")
    assert ("restore test", "Restore test of sample files 2026-12-01") not in due
    without = found(matter(more={"service": None}))
    assert without["restore test", "Restore test of sample files 2026-12-01"].last == d("2026-12-31")


def test_what_passes_by_itself_is_never_overdue():
    assert not kinds(on=d("2027-08-02")) & {"letter", "decision"}
    assert ("price notice", "0") in found(on=d("2027-08-02"))


def test_declined_ended_and_renewed_agreements_have_no_renewal_to_do():
    declined = SentNotice(says="decline", term=d("2027-10-01"), sent=d("2027-06-01"), by="email", to="provider")
    ended = Ending(last_day=d("2027-06-30"), by="client", ground="Section 20.1")
    after = Successor("2027-support", "signed", d("2027-10-01"))
    for subject in (
        matter(agreement__notices=(declined,)),
        matter(agreement__ended=ended),
        matter(more={"successor": after}),
    ):
        assert not kinds(subject) & {"price notice", "statutory notice", "reminder", "decision", "renewal", "letter"}
        assert "end" in kinds(subject)
    assert all(
        each.last <= d("2027-06-30")
        for each in duties(matter(agreement__ended=ended), ON, BY)
        if each.kind == "restore test"
    )


def test_prices_that_never_rise_need_no_notice():
    assert "price notice" not in kinds(matter(agreement__fees__increase=Increase(rule="none")))


def test_what_renews_by_agreement_has_a_proposal():
    due = found(matter(agreement__term__renewal="by-agreement"))
    assert due["proposal", "0"].last == d("2027-07-30")
    assert ("decision", "0") not in due


def test_licences_end_and_are_accepted():
    open_ = Licence(product="X", vendor="Y", metric="user", quantity=3, holder="provider-tenant", first_day=d("2027-06-01"), last_day=d("2027-11-30"), renewal="Yearly")  # fmt: skip
    due = found(matter(agreement__licences=(open_,)))
    assert due["acceptance", "X 2027-06-01"].last == d("2027-06-01")
    assert due["licence", "X 2027-06-01"].last == d("2027-11-30")


def test_who_leaves_is_told():
    people = matter().inputs.client.model.people
    gone = tuple(
        each.model_copy(update={"until": d("2027-08-31")}) if each.id == "lena-fischer" else each for each in people
    )
    assert found(matter(client__people=gone))["person", "client lena-fischer"].last == d("2027-08-31")


def test_a_block_expires_after_two_reminders():
    due = found(block_matter())
    assert due["block end", "end"].last == d("2027-10-04")
    assert due["block reminder", "expiry_warning"].last == d("2027-08-05")
    assert due["block reminder", "final_warning"].last == d("2027-09-17")  # 19 September is a Sunday


def test_later_terms_come_up_too():
    due = found(by=d("2029-12-31"))
    assert due["decision", "1"].last == d("2028-08-01")
    assert due["decision", "2"].last == d("2029-08-01")


def test_a_longer_look_never_loses_a_duty():
    assert set(found(by=d("2027-08-31"))) <= set(found(by=d("2028-08-31")))


def test_the_tables_can_be_extended_by_name():
    assert {"price notice", "decision", "reviews", "licences"} <= set(DUE)
    assert "block" in BLOCK_DUE


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
