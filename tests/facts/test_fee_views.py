"""Fees as clauses print them: what adds up, what is empty, and the fee through time."""

from decimal import Decimal

import pytest

from contract_assembly.core.values import Duration
from contract_assembly.facts.price_views import fees_view
from contract_assembly.facts.renewal_terms import Increase
from contract_assembly.facts.template_values import bare
from tests.helpers.fee_facts import READERS, TIERS, fees
from tests.helpers.inputs_base import inputs

MOVE = {"id": "move", "name": "Move", "price": "900.00 USD", "every": "once", "instalments": "3"}
DOMAINS = {"id": "domains", "name": "Domains", "what": "four names", "price": "100.00 USD", "every": "year"}
LATE = {**READERS, "first_day": "2027-02-15"}
WELCOME = {"name": "Welcome", "percent": "10 %", "last_day": "2027-03-31"}


def shown(name, facts=None, **said):
    found = fees_view(inputs(**(facts or {}), **fees(**said))).entries[name]
    return found if hasattr(found, "items") else bare(found)


def rows(name, *keys, facts=None, **said):
    return [tuple(str(bare(each.entries[key])) for key in keys) for each in shown(name, facts, **said)]


def test_without_more_than_the_plan_everything_is_empty():
    for name in ("part_lines", "yearly_lines", "once_lines", "tiers", "usage", "discounts", "steps", "stages"):
        assert not list(shown(name)), name
    assert [shown(name) for name in ("per_year", "once", "fixed_until", "setup_parts")] == [None] * 4


def test_lines_by_the_year_and_once_have_their_totals():
    said = {"lines": [MOVE, DOMAINS, {**DOMAINS, "id": "more"}]}
    assert rows("yearly_lines", "label", "amount", **said)[0][0] == "Domains: four names"
    assert (shown("per_year", **said).amount, shown("once", **said).amount) == (Decimal("200.00"), Decimal("900.00"))
    assert rows("once_lines", "first", "instalments", **said) == [("2026-10-01", "3")]
    assert shown("in_parts", **said) is True


def test_a_line_for_part_of_the_term_is_not_in_the_fee_of_the_start_date():
    assert rows("part_lines", "first", "last", lines=[LATE]) == [("2027-02-15", "None")]
    assert "Door readers" not in [label for (label,) in rows("lines", "label", lines=[LATE])]


def test_the_stages_follow_each_other_and_have_the_fee_of_their_days():
    assert rows("stages", "first", "last", "monthly", lines=[LATE], discounts=[WELCOME]) == [
        ("2026-10-01", "2027-02-14", "Money(amount=Decimal('2194.20'), currency='USD')"),
        ("2027-02-15", "2027-03-31", "Money(amount=Decimal('2242.80'), currency='USD')"),
        ("2027-04-01", "2027-09-30", "Money(amount=Decimal('2492.00'), currency='USD')"),
    ]
    assert shown("few_stages", lines=[LATE], discounts=[WELCOME]) is True


def test_stages_end_where_the_index_decides():
    facts = {
        "agreement__fees__increase": Increase.model_validate({"rule": "index", "series": "cpi"}),
        "agreement__term__length": Duration(24, "month"),
    }
    said = {"discounts": [WELCOME], "steps": [{"year": "2", "index": "yes"}]}
    assert rows("stages", "first", "last", facts=facts, **said)[-1] == ("2027-04-01", "2027-09-30")
    assert str(shown("fixed_until", facts, **said)) == "2027-10-01"


def test_tiers_are_printed_with_the_numbers_that_they_cover():
    tiered = [{"line": "users", "pricing": "graduated", "tiers": TIERS}]
    assert rows("tiers", "pricing", "units", prices=tiered) == [
        ("graduated", "1 to 20"),
        ("graduated", "21 to 50"),
        ("graduated", "51 and more"),
    ]


def test_a_discount_says_for_which_items_and_until_when():
    free = {"name": "Free", "free": "2 months", "lines": ["servers"]}
    assert rows("discounts", "items", "first_day", "last_day", discounts=[free, WELCOME]) == [
        ("Server care", "2026-10-01", "2026-11-30"),
        ("None", "2026-10-01", "2027-03-31"),
    ]


def test_few_stages_are_one_to_three():
    whole = {**WELCOME, "last_day": "2027-09-30"}
    parts = [{**WELCOME, "first_day": f"2027-0{n}-01", "last_day": f"2027-0{n}-28"} for n in (2, 4)]
    assert [len(shown("stages", discounts=each)) for each in ([], [whole], [WELCOME], parts[:1], parts)] == [
        0,
        1,
        2,
        3,
        5,
    ]
    assert [shown("few_stages", discounts=each) for each in ([], [whole], parts[:1], parts)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_stage_goes_on_where_one_line_takes_the_place_of_another():
    ends = {**READERS, "id": "old", "last_day": "2027-02-14"}
    assert rows("stages", "first", "last", lines=[ends, LATE], discounts=[WELCOME]) == [
        ("2026-10-01", "2027-03-31"),
        ("2027-04-01", "2027-09-30"),
    ]


def test_two_stages_are_shown_even_where_the_first_is_the_fee_of_the_start_date():
    assert len(rows("stages", "first", lines=[LATE])) == 2


@pytest.mark.parametrize(
    ("setup", "parts", "setup_parts", "in_parts"),
    [("1", "1", None, False), ("2", "1", 2, True), ("1", "2", None, True), ("1", "3", None, True)],
)
def test_what_is_paid_in_parts_has_two_or_more(setup, parts, setup_parts, in_parts):
    facts, once = {"agreement__fees__setup_instalments": int(setup)}, [{**MOVE, "instalments": parts}]
    assert (shown("setup_parts", facts, lines=once), shown("in_parts", facts, lines=once)) == (setup_parts, in_parts)
    assert rows("once_lines", "instalments", facts=facts, lines=once) == [("None" if parts == "1" else parts,)]


def test_every_row_has_a_key_of_its_own():
    tiered = [{"line": "users", "pricing": "volume", "tiers": TIERS}]
    assert [each.key for each in shown("tiers", prices=tiered)] == ["fees.tiers.0", "fees.tiers.1", "fees.tiers.2"]
    later = [LATE, {**LATE, "id": "cameras"}]
    assert [each.key for each in shown("part_lines", lines=later)] == ["fees.part_lines.0", "fees.part_lines.1"]


@pytest.mark.parametrize(
    ("step", "falls"),
    [
        ({"amount": "-1.00 USD"}, True),
        ({"amount": "0.50 USD"}, False),
        ({"amount": "0.00 USD"}, False),
        ({"percent": "-3 %"}, True),
        ({"percent": "0.5 %"}, False),
        ({"percent": "0 %"}, False),
    ],
)
def test_a_step_falls_where_it_takes_something_off(step, falls):
    assert rows("steps", "falls", steps=[{"year": "2", **step}]) == [(str(falls),)]


def test_the_fee_is_fixed_until_the_first_of_the_years_that_the_index_decides_on():
    facts = {"agreement__fees__increase": Increase.model_validate({"rule": "index", "series": "cpi"})}
    years = [{"year": each, "index": "yes"} for each in ("3", "2")]
    assert str(shown("fixed_until", facts, steps=years)) == "2027-10-01"
