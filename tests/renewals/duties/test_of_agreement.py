"""What comes up for an agreement and for the firm, until which day, and why."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from contract_assembly.core.values import Percent, days_before
from contract_assembly.facts.renewal_terms import Ending, Increase, Renewal, SentNotice
from contract_assembly.renewals.context import Successor
from contract_assembly.renewals.duties.of_agreement import DUE, NOTICE_DAYS, _running, duties
from contract_assembly.renewals.duties.of_block import BLOCK_DUE
from tests.helpers.matters import matter
from tests.helpers.next_fees import series


def percent(text):
    return Percent(Decimal(text))


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
        "Notice of new prices, if any is to rise: in person or by email until 2027-07-02, by courier until 2027-06-30, "
        "or by certified mail until 2027-06-25"
    )


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
    assert "price notice" not in kinds(matter(agreement__fees__increase=Increase(rule="fixed", percent=percent("0"))))
    assert "price notice" not in kinds(matter(agreement__renewal=Renewal(increase=percent("0"))))


def test_prices_that_are_meant_to_rise_need_a_notice():
    due = found(matter(agreement__renewal=Renewal(increase=percent("3"))))
    assert due["price notice", "0"].what.startswith("Notice of new prices: in person")


def test_an_index_that_fell_or_comes_too_late_needs_no_notice_and_one_that_is_not_known_yet_does():
    rule = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    fell = {"series": series(*["100"] * 16, "99")}  # May 2027 is published on 14 June
    assert "price notice" in kinds(matter(**rule, more=fell), on=d("2027-06-13"))
    assert "price notice" not in kinds(matter(**rule, more=fell), on=d("2027-06-14"))
    late = {"agreement__fees__increase": Increase(rule="index", series="x", lag=3)}
    assert "price notice" not in kinds(matter(**late, more=fell), on=d("2027-06-14"))


def test_what_renews_by_agreement_has_a_proposal():
    due = found(matter(agreement__term__renewal="by-agreement"))
    assert due["proposal", "0"].last == d("2027-07-30")
    assert ("decision", "0") not in due


def test_later_terms_come_up_too():
    due = found(by=d("2029-12-31"))
    assert due["decision", "1"].last == d("2028-08-01")
    assert due["decision", "2"].last == d("2029-08-01")


def test_a_longer_look_never_loses_a_duty():
    assert set(found(by=d("2027-08-31"))) <= set(found(by=d("2028-08-31")))


def test_the_tables_can_be_extended_by_name():
    assert {"price notice", "decision", "renewal", "licences"} <= set(DUE)
    assert "block" in BLOCK_DUE


def test_what_nobody_signed_comes_up_but_is_not_overdue():
    late = d("2027-09-01")
    assert any(each.last < late for each in duties(matter(agreement__status="signed"), late, BY))
    for status in ("draft", "sent"):
        ahead = [each.last for each in duties(matter(agreement__status=status), late, BY)]
        assert ahead
        assert min(ahead) >= late


def test_a_next_term_that_is_only_sent_has_what_is_overdue():
    sent = matter(agreement__status="sent", agreement__renews="2025-support")
    assert min(each.last for each in duties(sent, d("2027-09-01"), BY)) < d("2027-09-01")


ENDED = Ending(last_day=d("2027-02-28"), by="client", ground="Section 20.1")


def test_what_no_one_signed_comes_up_until_its_day_and_not_after():
    draft = matter(agreement__status="draft")
    assert ["decision" in kinds(draft, on=d(f"2027-07-{day}")) for day in (30, 31)] == [True, False]


def test_an_ended_agreement_has_its_duties_until_its_last_day():
    ended = matter(agreement__status="ended", agreement__ended=ENDED)
    assert ["end" in kinds(ended, on=d(day)) for day in ("2027-02-28", "2027-03-01")] == [True, False]
    (end,) = DUE["renewal"](ended, ended.term(0), ended.end())
    assert (end.key, end.last, end.why) == ("end", ENDED.last_day, "It was ended early")


def test_a_renewal_is_numbered_from_the_first():
    subject = matter()
    for number in (0, 1):
        (begins,) = DUE["renewal"](subject, subject.term(number), None)
        assert begins.what == f"Renewal {number + 1} begins"


def test_a_notice_of_prices_comes_up_before_its_earliest_way_and_is_due_by_its_latest():
    subject = matter(agreement__renewal=Renewal(increase=percent("4")))
    (duty,) = DUE["price notice"](subject, subject.term(0), None)
    days = [day.day for _, day in duty.ways]
    assert (duty.last, duty.first) == (max(days), days_before(min(days), NOTICE_DAYS))
    assert min(days) < max(days)


def test_a_term_runs_until_the_day_before_the_agreement_that_takes_its_place():
    subject = matter(more={"successor": Successor("2027-care", "signed", d("2027-05-01"))})
    assert _running(subject, subject.term(0), None).last == d("2027-04-30")


def test_a_next_term_that_never_began_is_due_for_signatures_and_says_how_the_one_before_ended():
    declined = SentNotice(says="decline", term=d("2027-10-01"), sent=d("2027-07-30"), by="email", to="provider")
    for before, verb in (
        ({"agreement__ended": ENDED}, "ended early"),
        ({"agreement__notices": (declined,)}, "was declined"),
    ):
        subject = matter(
            agreement__status="draft", agreement__renews="2026-support", agreement__term__first_day=d("2027-10-01")
        )
        subject = replace(subject, inputs=replace(subject.inputs, before=matter(**before).inputs.agreement))
        (duty,) = duties(subject, ON, BY)
        assert duty.why.startswith(f"2026-support {verb} and ends on ")
