"""What can be agreed in more than one form: the real clauses say each of them, and only what is true of it."""

from datetime import date, time
from functools import cache

import pytest
from msgspec.structs import replace

from contract_assembly.build.pipeline import draft
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.facts.catalogue import ClosedDay, OpenDay, ShortDay
from contract_assembly.facts.fields import Located
from contract_assembly.facts.price_index import Index
from contract_assembly.facts.renewal_terms import Increase
from contract_assembly.writers.markdown import review_text
from tests.helpers.combinations import ROOT, SAMPLES, SHARED, Given
from tests.helpers.inputs_base import _changed_files


def words(kind="support", **changes):
    """The contract of a sample with facts changed, as plain words; also `rules`, the problems of one that is refused."""
    index = changes.pop("index", None)
    found = _changed_files(_sample(kind), {"agreement__status": "draft", **changes})
    found = replace(found, index=index) if index else found
    repository = Given(ROOT, SHARED._bytes, _models=SHARED._models)
    repository.given = found
    made = draft(repository, *SAMPLES[kind])
    return " ".join(review_text(made.document).decode().replace("\u00a0", " ").split())


@cache
def _sample(kind):
    return SHARED.inputs(*SAMPLES[kind])


def rules(kind="support", **changes):
    with pytest.raises(RefusedError) as found:
        words(kind, **changes)
    return {each.rule for each in found.value.problems if each.level == "error"}


# ---- terms

CHOSEN = {
    "agreement__term__first_day": date(2026, 11, 16),
    "agreement__term__length": None,
    "agreement__term__last_day": date(2027, 9, 30),
    "agreement__notices": (),
}


def test_a_term_that_ends_with_another_agreement_says_how_long_it_lasts_and_when_it_ends():
    said = words(**CHOSEN)
    assert "10 months and 15 days: from November 16, 2026 (the “**Start Date**”) to September 30, 2027" in said
    assert "After September 30, 2027, and after each Renewal Term, this Agreement renews automatically" in said


def test_a_notice_in_months_is_counted_back_in_months():
    said = words(agreement__term__notice=Duration(3, "month"))
    assert "means the day 3 months before the current term ends or, if that is not" in said
    assert "by the Decision Day: for the first renewal, **Wednesday, June 30, 2027**." in said


def test_a_notice_to_the_end_of_a_month_says_how_many_full_months_remain():
    said = words(**{**CHOSEN, "agreement__term__last_day": date(2027, 11, 15), "agreement__term__notice": Duration(3, "month")},
        agreement__term__notice_to="month-end")  # fmt: skip
    assert (
        "means the last day of the latest calendar month after which at least three full calendar months of the current term "
        "remain or, if that is not a Business Day, the Business Day before."
    ) in said
    assert "by the Decision Day: for the first renewal, **Friday, July 30, 2027**." in said
    one = words(agreement__term__notice=Duration(1, "month"), agreement__term__notice_to="month-end")
    assert "at least one full calendar month of the current term remains or, if" in one


# ---- calendars


def test_a_public_holiday_on_which_the_desk_is_open_is_no_closed_day():
    assert "October 12, 2026" in words()
    said = words(calendar__open=(OpenDay(date=date(2026, 10, 12), name="Columbus Day"),))
    assert "October 12, 2026" not in said
    assert "November 11, 2026" in said


@pytest.mark.parametrize("kind", ["support", "time-block"])
def test_a_short_day_is_listed_with_its_hours(kind):
    assert "short day" not in words(kind).casefold()
    said = words(kind, calendar__short=(ShortDay(date=date(2026, 12, 24), name="Christmas Eve", closes=time(12)),))
    day = {"support": "December 24, 2026 (Christmas Eve)", "time-block": "Dec 24, 2026"}[kind]
    assert f"Short days | {day}, 8:00 AM to 12:00 PM |" in said.replace("*", "")
    assert "on a Business Day or, on a listed short day, between its times." in said


def test_a_desk_without_closed_days_says_so_and_shows_no_empty_table():
    said = words(calendar__holidays="none", calendar__closed=())
    assert (
        "The Service Desk is closed on no day of the Initial Term that would otherwise be a Business Day and, later, only"
        in said
    )
    assert "Closed days | None in the Initial Term |" in said.replace("*", "")


@pytest.mark.parametrize("kind", ["support", "time-block"])
def test_sundays_and_public_holidays_on_a_weekend_have_factors_of_their_own_where_the_rate_card_has_one(kind):
    assert "1.5 on a weekend, and" in words(kind)
    assert "Sunday" not in words(kind)
    said = words(kind, rates__sunday=_sample(kind).rates.model.holiday)
    by = "by " if kind == "support" else ""
    assert (
        f"{by}1.5 on a Saturday, {by}2.0 on a Sunday, and {by}2.0 on a closed day or a public holiday on a weekend."
        in said
    )
    assert "Public holidays on a weekend | " in said.replace("*", "")
    assert {"support": "July 4, 2027 (Independence Day)", "time-block": "Jul 4, 2027"}[kind] in said


@pytest.mark.parametrize(
    ("calendar", "rule"),
    [
        ({"calendar__open": (OpenDay(date=date(2026, 10, 13), name="A Tuesday"),)}, "open-day"),
        ({"calendar__short": (ShortDay(date=date(2026, 12, 25), name="Christmas Day", closes=time(12)),)}, "short-day"),
        ({"calendar__short": (ShortDay(date=date(2026, 12, 24), name="x", closes=time(7)),)}, "short-day"),
        ({"calendar__short": (ShortDay(date=date(2026, 12, 24), name="x", closes=time(20)),)}, "short-day"),
        (
            {
                "calendar__open": (OpenDay(date=date(2026, 10, 12), name="Columbus Day"),),
                "calendar__closed": (ClosedDay(date=date(2026, 10, 12), name="Columbus Day"),),
            },
            "open-day",
        ),
    ],
)
def test_days_of_a_calendar_that_say_nothing_or_contradict_each_other_are_refused(calendar, rule):
    assert rules(**calendar) == {rule}


# ---- small firms and remote clients


def _one_person(side, kind="support"):
    """A side of one person, without a deputy; the ladder goes with it."""
    sample = _sample(kind)
    contacts = getattr(sample.agreement.model.contacts, side)
    (alone,) = [each for each in getattr(sample, side).model.people if each.id == contacts.primary]
    changes = {
        f"{side}__people": (alone,),
        f"agreement__contacts__{side}": contacts.model_copy(update={"deputy": None}),
        f"agreement__signatories__{side}": alone.id,
    }
    if kind == "support":
        steps = sample.agreement.model.contacts.escalation
        changes["agreement__contacts__escalation"] = tuple(
            each.model_copy(update={side: alone.id}) for each in steps[:1]
        )
    return changes


@pytest.mark.parametrize("kind", ["support", "time-block"])
def test_a_firm_of_one_person_promises_no_deputy(kind):
    assert "Provider's deputy" in words(kind).replace("\u2019", "'")
    said = words(kind, **_one_person("provider", kind)).replace("\u2019", "'")
    assert "Provider's deputy" not in said
    assert "Client's deputy" in said
    assert "or, in that person's absence, the deputy." in said
    assert said.count("in that person's absence") == 1
    if kind == "support":
        assert "each party shall have one contact, and the Client also one deputy." in said


@pytest.mark.parametrize("kind", ["support", "time-block"])
def test_two_parties_of_one_person_each_promise_no_deputy_at_all(kind):
    both = {**_one_person("client", kind), **_one_person("provider", kind)}
    if kind == "support":
        both["agreement__contacts__escalation"] = ()
    said = words(kind, **both)
    assert "deputy" not in said.casefold()
    assert "ladder" not in said.casefold()


def test_the_contact_may_be_named_as_its_own_deputy_only_where_there_is_nobody_else():
    alone = _one_person("provider")
    pair = alone["agreement__contacts__provider"]
    same = {"agreement__contacts__provider": pair.model_copy(update={"deputy": pair.primary})}
    assert "Provider\u2019s deputy" not in words(**alone | same)
    assert rules(**same) == {"same-contact"}


def test_a_client_without_sites_is_served_remotely():
    said = words(agreement__coverage__sites=())
    assert "The Provider supplies the Services remotely. There are no “**Covered Sites**”." in said
    assert "zero" not in said.casefold()
    assert "safety and security rules at Covered Sites" not in said
    assert "safe place to work" not in said
    assert "for 34 Users, supplied remotely" in said
    assert "A visit that the Client Contact asks for is Out-of-Scope Work." in said


def test_an_agreement_of_servers_only_counts_no_users():
    said = words(agreement__coverage__users=0, agreement__fees__prices=(), agreement__renewal=None)
    assert "zero" not in said.casefold()
    assert (
        "the Services cover the following “**Covered Assets**” at the “**Covered Sites**” in this table, and no Users:"
        in said
    )
    assert "for the Covered Assets at three Covered Sites" in said
    assert "cover an average of" in words()
    assert "cover an average of" not in said


# ---- what follows from other facts


def test_no_restore_test_is_promised_where_nothing_is_backed_up():
    assert "Restore test of sample files" in words()
    said = words(agreement__backup=None)
    assert "Restore test" not in said
    assert "The Services include no backup of Client Data." in said


def test_direct_debit_is_on_the_cover_and_in_the_section_on_payment():
    due = "due by the first day of each month or, if later, 30 days after receipt of the invoice."
    assert f"Monthly in advance, {due}" in words()
    said = words(agreement__fees__debit=True)
    assert f"Monthly in advance by ACH debit, {due}" in said
    assert "The Client shall pay by ACH debit" in said


def test_invoices_of_a_term_from_the_fifteenth_are_for_calendar_months():
    assert "Invoices are for calendar months" not in words()
    said = words(agreement__term__first_day=date(2026, 10, 15), agreement__notices=())
    assert (
        "Invoices are for calendar months, and the first and the last cover only the days of their month in the Term."
        in said
    )


def test_a_part_of_a_month_counts_as_a_month_where_an_index_compares_months():
    rule = {
        "agreement__fees__increase": Increase(rule="index", series="example-cpi", lag=5),
        "agreement__renewal": None,
    }
    index = Located(SHARED.load(Index, "provider/indices/example-cpi.yaml").model, {"": Origin("x")})
    counted = "precedes it by the length of the term that ends"
    assert f"{counted}, in which a part of a month counts as a month." in words(index=index, **rule, **CHOSEN)
    assert f"{counted}. The change" in words(index=index, **rule)
