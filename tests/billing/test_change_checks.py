"""What is refused in changes.yaml, each at its line and with its cure."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.change_checks import after, fewest_allowed, first_day_of_removal, floor, problems
from contract_assembly.billing.running import Limits
from contract_assembly.core.values import Duration, Percent
from contract_assembly.facts.changes import Change
from tests.helpers.inputs_base import inputs
from tests.helpers.running import change, removal, running, usd

DAY = date(2027, 1, 17)


def refused(*entries, **more):
    return [(each.rule, each.origin.line, each.what, each.hint) for each in problems(running(*entries, **more))]


def test_what_the_contract_allows_is_not_refused():
    more = change(DAY, "users", 34, 36, approved_by="dana")
    fewer = removal("2027-03-01", "users", 36, 35, asked="2027-01-30", asked_by="robert")
    counted = change("2027-04-01", "server", 3, 4, asked="2027-03-20", how="count")
    assert refused(more, fewer, counted) == []


def test_a_change_before_the_term_does_not_put_a_later_one_in_the_wrong():
    found = problems(running(change("2026-09-30", "users", 34, 37), change(DAY, "users", 34, 36)))
    assert [each.rule for each in found] == ["change-before-term"]


@pytest.mark.parametrize(
    ("entry", "rule", "says"),
    [
        (change("2026-09-30", "users", 34, 36), "change-before-term", "before the first day of the contract, 2026-10-01"),
        (change("2027-10-01", "users", 34, 36), "change-after-end", "after the last day of the contract, 2027-09-30"),
        (change(DAY, "users", 34, -1), "below-zero", "to: -1 is below zero"),
        (change(DAY, "users", 34, "many"), "ill-typed", "to: 'many' is not a whole number"),
        (change(DAY, "users", 33, 36), "change-from", "from: 33, but on 2027-01-17 it is 34"),
        (change(DAY, "users", 34, 36, asked_by="nobody"), "unknown-person", "nobody is not one of the client's people"),
        (change(DAY, "users", 34, 36, approved_by="nobody"), "unknown-person", "unknown person: nobody"),
        (change(DAY, "users", 34, 36, asked="2027-01-18"), "change-too-early", "charged from 2027-01-18"),
        (removal(DAY, "users", 34, 33, asked="2026-12-19"), "change-too-early", "30 days after the request of 2026-12-19"),
        (change(DAY, "users", 34, 36, asked="2026-12-30", how="count"), "change-too-early", "first day of a later month"),
        (removal("2027-03-01", "users", 34, 24, asked="2027-01-01"), "below-floor", "1928.00 USD a month, below 1950.40"),
        (change(DAY, "price", "62.00 USD", "60.00 USD", name="users"), "needs-amendment", "a price is not changed by a request"),
        (change(DAY, "line", "covered", "ended", name="users"), "needs-amendment", "a line is not changed by a request"),
        (change(DAY, "price", "62.00 USD", "60.00 EUR", name="users"), "mixed-currencies", "to is in EUR"),
        (change(DAY, "line", "covered", "ended", name="printers"), "unknown-subject", "unknown line of plan basic: printers"),
        (change(DAY, "price", "62.00 USD", "60.00 USD"), "unknown-subject", "which price?"),
        (change(DAY, "site", "none", "covered", name="Depot"), "unknown-subject", "a new site needs its address"),
        (change(DAY, "site", "covered", "gone", name="Depot"), "ill-typed", "'gone' is neither covered nor none"),
        (change(DAY, "users", 34, 36, how="amendment-1"), "unknown-amendment", "there is no signed amendment-1"),
        (change(DAY, "users", 34, 36, how="contract"), "unknown-amendment", "there is no signed contract"),
        (change(DAY, "users", 36, 34, reverses="yes"), "nothing-to-reverse", "no entry of 2027-01-17 changes users from 34 to 36"),
    ],
)  # fmt: skip
def test_a_change_is_refused_at_its_line(entry, rule, says):
    found = refused(change("2026-10-05", "server", 3, 4), entry, last=date(2027, 9, 30))
    assert (rule, 3) in [each[:2] for each in found]
    _, _, what, hint = next(each for each in found if each[0] == rule)
    assert says in what
    assert hint


def test_somebody_who_may_not_decide_on_counts_may_not_ask():
    people = inputs().client.model.people
    grace = people[0].model_copy(update={"id": "grace", "name": "Grace Liu"})
    found = refused(change(DAY, "users", 34, 36, asked_by="grace"), client__people=(*people, grace))
    assert [(rule, what) for rule, _, what, _ in found] == [
        ("may-not-ask", "Grace Liu may not change counts: only the contact, the deputy and the signatory may")
    ]
    assert found[0][3] == "clause contacts-authority: ask Lena Fischer or Robert Okafor"


def test_somebody_who_has_left_may_not_ask():
    robert, lena = inputs().client.model.people
    gone = lena.model_copy(update={"until": date(2026, 12, 31)})
    found = refused(change(DAY, "users", 34, 36), client__people=(robert, gone))
    assert [rule for rule, *_ in found] == ["person-left"]


def test_two_changes_of_one_thing_on_one_day_are_refused():
    found = refused(change(DAY, "users", 34, 36), change(DAY, "users", 36, 37))
    assert [(rule, line) for rule, line, *_ in found] == [("doubled-change", 3)]


def test_the_same_entry_twice_is_refused():
    found = refused(change(DAY, "users", 34, 36), change(DAY, "users", 34, 36))
    assert ("doubled-change", 3) in [each[:2] for each in found]


def test_a_request_for_what_an_amendment_changes_on_the_same_day_is_refused():
    later = [(DAY, {"agreement__coverage__users": 40})]
    found = refused(change("2026-11-01", "users", 34, 35), change(DAY, "users", 35, 36), later=later)
    assert [(rule, line) for rule, line, *_ in found] == [("doubled-change", 3)]


def test_a_line_that_ended_does_not_change_any_more():
    later = [(DAY, {"agreement__courts": "the courts of Kings County"})]
    end = change(DAY, "line", "covered", "ended", name="servers", how="amendment-1")
    assert refused(end, later=later) == []
    found = refused(end, change("2027-02-01", "server", 3, 4), later=later)
    assert [(rule, line) for rule, line, *_ in found] == [("change-of-ended-line", 3)]


def test_an_amendments_change_has_the_amendments_day():
    later = [(DAY, {"agreement__courts": "the courts of Kings County"})]
    found = refused(
        change("2027-01-18", "price", "62.00 USD", "60.00 USD", name="users", how="amendment-1"), later=later
    )
    assert [(rule, what) for rule, _, what, _ in found] == [
        ("change-of-amendment", "amendment-1 takes effect on 2027-01-17, not on 2027-01-18")
    ]


def test_an_entry_that_was_reversed_is_not_judged():
    wrong = change(DAY, "users", 34, 63, asked="2027-01-20")
    back = change(DAY, "users", 63, 34, reverses="yes", asked="2027-01-20")
    assert refused(wrong, back) == []


def test_the_floor_is_a_share_of_the_fee_on_the_first_day_of_the_current_term():
    found = running(change("2027-05-01", "users", 34, 44))
    assert floor(found, date(2027, 6, 1)) == usd("1950.40")  # 80 % of 2,438.00
    assert floor(found, date(2027, 11, 1)) == usd("2446.40")  # 80 % of 3,058.00


def test_the_hint_names_the_fewest_that_a_request_allows():
    entry = Change.model_validate(removal("2027-03-01", "users", 34, 20, asked="2027-01-01"))
    fewest = fewest_allowed(inputs(), entry, usd("1950.40"))
    assert fewest == 27  # 27 x 62.00 + 330.00 = 2,004.00; 26 would be 1,942.00


def test_notice_in_months_ends_with_the_month():
    found = running(limits=Limits(removal=Duration(1, "month")))
    assert first_day_of_removal(found, date(2027, 1, 15)) == date(2027, 2, 15)


END = date(2027, 9, 30)


def test_a_change_may_begin_on_the_first_day_of_the_contract_and_on_its_last():
    first, last = change("2026-10-01", "users", 34, 36), change(END, "users", 36, 37)
    assert refused(first, last, last=END) == []
    assert refused(first, last, change(END, "users", 37, 38), last=END)[0][0] == "doubled-change"


def test_somebody_may_ask_until_the_day_on_which_they_leave():
    robert, lena = inputs().client.model.people
    leaving = lena.model_copy(update={"until": DAY})
    assert refused(change(DAY, "users", 34, 36), client__people=(robert, leaving)) == []


@pytest.mark.parametrize(
    ("on", "asked", "earliest"),
    [
        ("2027-01-17", "2026-12-30", "2027-01-01"),
        ("2027-04-01", "2027-04-01", "2027-05-01"),  # not the month that has begun
        ("2027-03-01", "2027-03-31", "2027-04-01"),
    ],
)
def test_a_correction_that_is_too_early_is_told_the_first_day_of_the_next_month(on, asked, earliest):
    (found,) = refused(change(on, "users", 34, 36, asked=asked, how="count"))
    assert (found[0], found[3]) == ("change-too-early", f"clause changes: write on: {earliest}, or later")


def test_notice_in_weeks_is_seven_days_each():
    assert after(date(2027, 1, 15), Duration(2, "week")) == date(2027, 1, 29)


def test_what_was_added_may_be_removed_again_down_to_the_floor_itself():
    more, fewer = change(DAY, "users", 34, 36), removal("2027-03-01", "users", 36, 34, asked="2027-01-20")
    whole = Limits(floor=Percent(Decimal(100)))
    assert refused(more, fewer, limits=whole) == []
    below = removal("2027-03-01", "users", 36, 33, asked="2027-01-20")
    assert [each[0] for each in refused(more, below, limits=whole)] == ["below-floor"]


def test_the_fewest_bring_the_floor_to_the_cent():
    entry = Change.model_validate(removal("2027-03-01", "users", 34, 20, asked="2027-01-01"))
    assert fewest_allowed(inputs(), entry, usd("2004.00")) == 27
    assert fewest_allowed(inputs(), entry, usd("2004.01")) == 28


def test_a_change_to_the_same_count_is_no_removal_that_needs_notice():
    assert refused(change(DAY, "users", 34, 34)) == []
