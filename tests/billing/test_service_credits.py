"""Service Credits, counted by hand: the base agreement costs 2,438.00 USD a month, 34 users and 3 servers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contract_assembly.billing.charges import charges, service_credits
from contract_assembly.billing.service_credits import CreditRule, Solved, achievement
from contract_assembly.core.values import Duration, Percent
from contract_assembly.facts.catalogue import CreditStep
from tests.helpers.months import miss, month, service
from tests.helpers.running import change, running, usd

SOLVED = Solved(Percent(Decimal(2)), Percent(Decimal(80)), 2)


STEPS = tuple(
    CreditStep(least=Percent(Decimal(least)), most=Percent(Decimal(most)), credit=Percent(Decimal(credit)))
    for least, most, credit in (("90", "94.99", "2"), ("80", "89.99", "5"), ("0", "79.99", "10"))
)
PLAIN = CreditRule()


def contract(*months, rule=PLAIN, missed=(), changes=(), **more):
    figures = service(*months, missed=missed)
    found = running(*changes, service=figures, plan__service_levels__credits=STEPS, **more)
    return replace(found, credit_rules=(rule,) * len(found.versions))


def due(*months, **more):
    return [(str(each.days.first), each.amount.amount) for each in service_credits(contract(*months, **more))]


@pytest.mark.parametrize(
    ("met", "credit"),
    [
        (40, []),  # all
        (38, []),  # 95.00 %, which is what was promised
        (37, ["48.76"]),  # 92.50 %: 2 % of 2,438.00
        (36, ["48.76"]),  # 90.00 %
        (35, ["121.90"]),  # 87.50 %: 5 %
        (31, ["243.80"]),  # 77.50 %: 10 %
        (0, ["243.80"]),
    ],
)
def test_a_month_below_its_service_level_reduces_the_fee_by_the_percentage_of_its_step(met, credit):
    assert [amount for _, amount in due(month("2027-03-01", P3=(40, met)))] == [Decimal(each) for each in credit]


def test_a_step_reaches_to_its_last_hundredth():
    assert due(month("2027-03-01", P3=(10000, 8999))) == [("2027-03-01", Decimal("121.90"))]


def test_the_working_names_the_tickets_the_share_and_the_fee():
    found = service_credits(contract(month("2027-03-01", P3=(41, 36))))[0]
    assert found.working == "P3, 36 of 41 answered in time (87.80 %): 5 % of 2438.00"
    assert str(found.origin) == "agreements/acme/2026-support/service.yaml:3"


def test_each_priority_counts_for_itself_up_to_the_cap_of_the_month():
    found = service_credits(contract(month("2027-03-01", P2=(20, 17), P3=(41, 30), P4=(10, 10))))[0]
    assert (found.uncapped, found.amount) == (usd("365.70"), usd("243.80"))  # 5 % and 10 %, of which 10 % are due
    assert found.working.endswith("; 365.70 before the cap of 10 % of the month's fee")


def test_credits_of_a_contract_year_stop_at_its_cap_and_begin_again_in_the_next():
    months = [month(f"2027-{n:02}-01", P3=(40, 0)) for n in range(1, 10)]
    yearly = due(*months)  # 8 % of 12 x 2,438.00 is 2,340.48
    assert sum(amount for _, amount in yearly) == Decimal(9) * Decimal("243.80")
    long = [month(f"{y}-{m:02}-01", P3=(40, 0)) for y, m in [(2026, 10), (2026, 11), (2026, 12)]]
    assert sum(amount for _, amount in due(*long, *months)) == Decimal("2340.48")
    by_hand = due(*long, *months, missed=[miss("2026-10-04", "100.00 USD", "task")])
    assert sum(amount for _, amount in by_hand) == Decimal("2240.48")
    again = due(*long, *months, month("2027-10-01", P3=(40, 0)))
    assert again[-1] == ("2027-10-01", Decimal("243.80"))


def test_a_single_late_response_is_excused_in_a_month_with_few_tickets_unless_the_month_before_had_one():
    few, late_before = month("2027-03-01", P1=(3, 2)), month("2027-02-01", P1=(4, 3))
    assert due(few) == []
    assert due(month("2027-03-01", P1=(10, 9))) == [("2027-03-01", Decimal("48.76"))]  # ten are not few
    assert due(month("2027-03-01", P1=(3, 1))) == [("2027-03-01", Decimal("243.80"))]
    assert due(late_before, few) == [("2027-03-01", Decimal("243.80"))]
    assert due(month("2027-02-01", P1=(4, 4)), few) == []


def test_the_month_before_may_belong_to_the_agreement_that_was_renewed():
    found = contract(month("2026-10-01", P1=(3, 2)))
    before = service(month("2026-09-01", P1=(4, 3)), term="2025-10-01").model
    assert service_credits(found) == ()
    assert [each.amount for each in service_credits(replace(found, service_before=before))] == [usd("243.80")]


def test_under_the_clause_on_every_call_few_tickets_do_not_excuse_priority_1():
    rule = CreditRule(every_call=True)
    assert due(month("2027-03-01", P1=(3, 2)), rule=rule) == [("2027-03-01", Decimal("243.80"))]
    assert due(month("2027-03-01", P2=(3, 2)), rule=rule) == []


@pytest.mark.parametrize(
    ("p1", "p2", "credit"),
    [
        ((3, 3, 3), (5, 5, 3), ["48.76"]),  # 6 of 8 is 75 %, and two were missed
        ((3, 3, 3), (7, 7, 5), []),  # 8 of 10 is not below 80 %
        ((0, 0, 0), (2, 2, 1), []),  # only one was missed
    ],
)
def test_late_resolutions_count_where_the_clause_says_so(p1, p2, credit):
    tickets = month("2027-03-01", P1=p1, P2=p2)
    found = service_credits(contract(tickets, rule=CreditRule(solved=SOLVED)))
    assert [each.amount.amount for each in found] == [Decimal(each) for each in credit]
    assert due(tickets) == []
    assert not found or found[0].working == "P1 and P2, 6 of 8 solved in time (75.00 %): 2 % of 2438.00"


def test_the_fee_is_that_of_the_month_as_it_was_charged():
    found = contract(month("2027-01-01", P3=(40, 35)), changes=[change("2027-01-17", "users", 34, 36)])
    assert service_credits(found)[0].fee == usd("2498.00")  # 2,438.00 and 124.00 x 15/31
    first = contract(month("2026-11-16", P3=(40, 35)), agreement__term__first_day=date(2026, 11, 16))
    assert service_credits(first)[0].fee == usd("1219.00")  # 15 of 30 days


def test_a_month_that_is_not_over_has_no_credit_yet():
    assert due(month("2027-03-01", "2027-03-30", P3=(40, 0))) == []
    ended = contract(month("2027-03-01", "2027-03-10", P3=(40, 35)), last=date(2027, 3, 10))
    assert [each.amount for each in service_credits(ended)] == [usd("39.32")]  # 5 % of 10/31, line by line


def test_where_the_clauses_have_words_of_their_own_nothing_is_worked_out():
    assert due(month("2027-03-01", P3=(40, 0)), rule=None) == []


def test_credits_given_by_hand_for_tasks_and_calls_count_towards_the_caps_and_goodwill_does_not():
    bad = month("2027-03-01", P3=(40, 0))
    for kind, left in (("task", "143.80"), ("call", "143.80"), ("goodwill", "243.80")):
        assert due(bad, missed=[miss("2027-03-04", "100.00 USD", kind)]) == [("2027-03-01", Decimal(left))]


def test_a_credit_comes_off_the_first_invoice_after_the_month():
    found = charges(contract(month("2027-03-01", P3=(41, 36))), date(2027, 3, 31))
    credit = next(each for each in found if each.key.sort == "service-credit")
    assert (credit.key.line, credit.amount, credit.label) == ("levels", usd("-121.90"), "Service Credit for March 2027")
    assert (credit.invoiced, credit.listed) == (date(2027, 4, 1), date(2027, 5, 1))
    assert not [
        each for each in charges(contract(month("2027-03-01", P3=(41, 36))), date(2027, 3, 30)) if each is credit
    ]


def test_a_credit_that_no_invoice_follows_is_paid_within_the_time_of_the_clause():
    rule = CreditRule(payout=Duration(45, "day"))
    found = charges(contract(month("2027-03-01", P3=(41, 36)), rule=rule, last=date(2027, 3, 31)), date(2027, 6, 30))
    credit = next(each for each in found if each.key.sort == "service-credit")
    assert (credit.listed, credit.due) == (date(2027, 3, 31), date(2027, 5, 15))
    assert credit.working.startswith("paid by 2027-05-15, because no invoice follows: P3, 36 of 41")


@given(st.integers(0, 500), st.integers(1, 500))
def test_achievement_is_a_percentage_to_two_decimals(met, of):
    met = min(met, of)
    found = achievement(met, of)
    assert abs(found - Decimal(100) * met / of) <= Decimal("0.005")
    assert -found.as_tuple().exponent == 2


counts = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda each: (max(each), min(each)))


@given(st.lists(st.fixed_dictionaries({"P1": counts, "P3": counts}), min_size=1, max_size=12))
def test_no_credit_is_above_the_cap_of_its_month_nor_all_of_them_above_that_of_the_year(rows):
    months = [month(f"{2026 + (n + 9) // 12}-{(n + 9) % 12 + 1:02}-01", **row) for n, row in enumerate(rows)]
    found = service_credits(contract(*months))
    assert all(Decimal(0) <= each.amount.amount <= Decimal("243.80") for each in found)
    assert sum((each.amount.amount for each in found), Decimal(0)) <= Decimal("2340.48")


def table(*rows):
    """The percentages of credits, as (from, to, credit)."""
    steps = [[Percent(Decimal(each)) for each in row] for row in rows]
    return {"plan__service_levels__credits": tuple(CreditStep(least=a, most=b, credit=c) for a, b, c in steps)}


def of_march(met, of, steps):
    found = replace(running(service=service(month("2027-03-01", P3=(of, met))), **steps), credit_rules=(PLAIN,))
    return [each.amount for each in service_credits(found)]


def test_the_level_that_was_promised_brings_no_credit_even_where_the_table_reaches_to_it():
    assert of_march(38, 40, table(("0", "100", "2"))) == []  # 95.00 %
    assert of_march(37, 40, table(("0", "100", "2"))) == [usd("48.76")]


def test_a_share_that_no_step_of_the_table_holds_brings_no_credit():
    assert of_march(37, 40, table(("0", "90", "2"))) == []  # 92.50 %


def test_half_of_a_hundredth_is_rounded_up():
    assert achievement(1, 800) == Decimal("0.13")


def test_the_second_contract_year_has_a_cap_of_its_own():
    months = [month(f"{2026 + n // 12}-{n % 12 + 1:02}-01", P3=(40, 0)) for n in range(9, 33)]
    credits_ = [amount for _, amount in due(*months)]
    assert (sum(credits_[:12]), sum(credits_[12:])) == (Decimal("2340.48"), Decimal("2340.48"))


def test_where_both_caps_leave_the_same_that_of_the_month_is_named():
    """7 x 243.80 and 390.08 by hand leave 243.80 of the 2,340.48 of the year, which is the cap of the month."""
    months = [month(f"{2026 + n // 12}-{n % 12 + 1:02}-01", P3=(40, 0)) for n in range(9, 16)]
    last = month("2027-06-01", P2=(40, 0), P3=(40, 0))
    found = service_credits(contract(*months, last, missed=[miss("2027-05-04", "390.08 USD", "task")]))[-1]
    assert found.amount == usd("243.80")
    assert found.working.endswith("; 487.60 before the cap of 10 % of the month's fee")
