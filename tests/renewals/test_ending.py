"""How an agreement ends, and what stays due until then, in every status and with a next term in every status."""

from datetime import date

import pytest
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.facts.renewal_terms import Ending, SentNotice
from contract_assembly.renewals.context import Successor
from contract_assembly.renewals.duties.of_agreement import duties
from contract_assembly.renewals.ending import End
from contract_assembly.renewals.plan import renewal
from tests.helpers.matters import matter


def d(text):
    return date.fromisoformat(text)


NEXT = d("2027-10-01")
ON, BY = d("2027-05-03"), d("2028-06-30")
DECLINED = SentNotice(says="decline", term=NEXT, sent=d("2027-07-30"), by="email", to="provider")
RENEWING = {"price notice", "statutory notice", "reminder", "decision", "renewal", "letter"}


def ended(last):
    return Ending(last_day=d(last), by="client", ground="Section 20.1")


def kinds(context, on=ON, by=BY):
    return {each.kind for each in duties(context, on, by)}


def next_term(status, *, before, **changes):
    """The agreement of the next term, after one that ended in some way."""
    found = matter(
        agreement__status=status, agreement__renews="2026-support", agreement__term__first_day=NEXT, **changes
    )
    return replace(
        found, name="2027-support", service=None, inputs=replace(found.inputs, before=before.inputs.agreement)
    )


# ---- the end


def test_an_agreement_without_an_end_goes_on():
    assert matter().end() is None
    late = DECLINED.model_copy(update={"sent": d("2027-07-31")})
    assert matter(agreement__notices=(late,)).end() is None


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"agreement__ended": ended("2027-02-28")}, ("ended", d("2027-02-28"), 0, "client")),
        ({"agreement__ended": ended("2028-02-28")}, ("ended", d("2028-02-28"), 1, "client")),
        ({"agreement__notices": (DECLINED,)}, ("declined", d("2027-09-30"), 0, "client")),
        (
            {"agreement__notices": (DECLINED.model_copy(update={"to": "client"}),)},
            ("declined", d("2027-09-30"), 0, "provider"),
        ),
        (
            {"agreement__notices": (DECLINED,), "agreement__ended": ended("2027-08-31")},
            ("ended", d("2027-08-31"), 0, "client"),
        ),
    ],
)
def test_the_earliest_end_counts(changes, end):
    found = matter(**changes).end()
    assert (found.kind, found.last_day, found.number, found.by) == end
    assert found.origin.path == "agreements/acme/2026-support/agreement.yaml"


def test_an_early_end_on_the_last_day_of_the_term_is_an_end():
    context = matter(agreement__ended=ended("2027-09-30"), agreement__status="ended")
    assert renewal(context, ON).state == "ended"
    assert not kinds(context) & RENEWING
    assert {"end", "restore test"} <= kinds(context)


@pytest.mark.parametrize("on", ["2027-08-02", "2027-11-02", "2029-01-08"])
def test_after_a_decline_no_further_term_is_planned(on):
    found = renewal(matter(agreement__notices=(DECLINED,)), d(on))
    assert (found.state, found.term.last, found.next_term) == ("declined", d("2027-09-30"), None)
    assert not kinds(matter(agreement__notices=(DECLINED,)), d(on), d("2029-12-31")) & RENEWING


# ---- the answer


def test_a_client_who_declined_gets_an_answer():
    context = matter(agreement__notices=(DECLINED,))
    found = renewal(context, d("2027-08-02"))
    assert [(each.name, each.kind, each.day) for each in found.letters] == [
        ("non-renewal-2027", "non-renewal", d("2027-08-02"))
    ]
    assert found.writes == ("agreements/acme/2026-support/non-renewal-2027",)
    (due,) = [each for each in duties(context, d("2027-08-02"), BY) if each.kind == "answer"]
    assert due.last == d("2027-08-06")
    assert "answer" in kinds(context, d("2027-08-09"))  # overdue


@pytest.mark.parametrize(
    "context",
    [
        matter(agreement__notices=(DECLINED,), more={"answered": True}),
        matter(agreement__notices=(DECLINED.model_copy(update={"to": "client"}),)),
        matter(agreement__ended=ended("2027-09-30")),
    ],
    ids=["answered already", "we declined", "ended early"],
)
def test_no_one_else_gets_one(context):
    assert renewal(context, d("2027-08-02")).letters == ()
    assert "answer" not in kinds(context, d("2027-08-02"))


# ---- the next term, once the one before ended


@pytest.mark.parametrize("status", ["draft", "sent"])
@pytest.mark.parametrize("end", [{"agreement__notices": (DECLINED,)}, {"agreement__ended": ended("2027-06-30")}])
def test_a_next_term_that_does_not_begin_has_one_duty_and_blocks_nothing(status, end):
    context = next_term(status, before=matter(**end))
    (due,) = duties(context, ON, BY)
    assert (due.kind, due.last, due.status) == ("unsigned", d("2027-09-30"), status)
    assert list(duties(context, d("2027-11-01"), BY)) == [due]  # overdue until somebody decides
    found = renewal(context, d("2028-05-02"))
    assert (found.state, [each.level for each in found.problems]) == ("does not renew", ["info"])


def test_a_next_term_that_both_signed_runs_whatever_came_before():
    context = next_term("signed", before=matter(agreement__notices=(DECLINED,)))
    assert {"review", "restore test", "letter"} <= kinds(context)
    assert renewal(context, d("2028-05-02")).state == "to do"


def test_a_contract_that_replaces_one_that_ended_early_is_not_a_leftover():
    before = matter(agreement__ended=ended("2027-09-30"))
    assert next_term("draft", before=before).end_before() is None


@pytest.mark.parametrize("status", ["draft", "sent", "signed", "ended"])
def test_after_a_decline_the_old_agreement_runs_to_its_end_whatever_follows(status):
    follows = {"successor": Successor("2027-support", status, NEXT)}
    context = matter(agreement__notices=(DECLINED,), more=follows)
    assert not kinds(context) & RENEWING
    (end,) = [each for each in duties(context, ON, BY) if each.kind == "end"]
    real = status in {"signed", "ended"}
    assert (end.last, end.why) == (
        d("2027-09-30"),
        "2027-support follows" if real else "The client declined the renewal",
    )


# ---- nothing falls silent


@pytest.mark.parametrize("status", ["draft", "sent", "signed", "ended"])
def test_an_agreement_has_its_duties_in_every_status(status):
    assert {"decision", "review", "restore test", "renewal"} <= kinds(matter(agreement__status=status))


@pytest.mark.parametrize(
    ("status", "still_open"), [("draft", True), ("sent", False), ("signed", False), ("ended", False)]
)
def test_a_draft_of_the_next_term_ends_no_duty_of_the_renewal(status, still_open):
    context = matter(more={"successor": Successor("2027-support", status, NEXT)})
    assert (kinds(context, d("2027-04-01"), d("2027-12-31")) >= RENEWING) is still_open
    assert {"review", "restore test"} <= kinds(context)
    late = [each.last for each in duties(context, ON, BY) if each.kind in {"review", "restore test"}]
    assert max(late) <= d("2027-09-30")  # what comes later is the next agreement's


@pytest.mark.parametrize(
    ("kind", "first_day", "prevented"),
    [
        ("ended", "2027-09-30", False),
        ("ended", "2027-10-01", False),  # on the day after: it replaces the one that ended
        ("ended", "2027-10-02", True),
        ("declined", "2027-09-30", False),
        ("declined", "2027-10-01", True),
    ],
)
def test_an_end_prevents_a_renewal_that_does_not_follow_at_once_and_a_declined_one_at_all(kind, first_day, prevented):
    found = End(kind, d("2027-09-30"), 0, "client", Origin("agreement.yaml"))
    assert found.prevents(d(first_day)) == prevented


def test_a_notice_that_declined_this_very_term_is_no_end_of_it():
    before = DECLINED.model_copy(update={"term": d("2026-10-01"), "sent": d("2026-07-30")})
    assert matter(agreement__notices=(before,)).end() is None
