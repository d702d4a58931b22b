"""The agreed lines in one shape: of the plan, add-ons, bundles, and the agreement's own."""

from datetime import date

import pytest

from contract_assembly.facts.agreed_lines import agreed_lines, first_day_of, tiers_on
from contract_assembly.facts.fee_terms import PriceStep
from tests.helpers.fee_facts import ARCHIVE, BUNDLE, DRILLS, READERS, TIERS, fees
from tests.helpers.inputs_base import inputs

START = date(2026, 10, 1)


def lines(**said):
    return {each.id: each for each in agreed_lines(inputs(**fees(**said)), None)}


def test_the_lines_of_the_plan_come_first():
    assert list(lines(lines=[READERS])) == ["users", "servers", "readers"]


def test_a_line_of_its_own_counts_its_units():
    found = lines(lines=[{**READERS, "what": "Twelve readers at the gates"}])["readers"]
    assert (found.label, found.what, found.unit, found.quantity) == (
        "Door readers", "Twelve readers at the gates", "reader", 12,
    )  # fmt: skip


def test_a_line_without_a_unit_is_one():
    found = lines(lines=[{"id": "watch", "name": "Night watch", "price": "180.00 USD"}])["watch"]
    assert (found.unit, found.counted, found.quantity) == ("", False, 1)


def test_an_add_on_counts_its_class_unless_it_has_a_quantity():
    found = lines(add_ons=[ARCHIVE], lines=[{"add_on": "archive"}])["archive"]
    assert (found.label, found.quantity, found.unit) == ("Email archive", 34, "user")
    assert lines(add_ons=[ARCHIVE], lines=[{"add_on": "archive", "quantity": "20"}])["archive"].quantity == 20


def test_a_bundle_says_what_it_includes():
    found = lines(add_ons=[ARCHIVE, DRILLS, BUNDLE], lines=[{"add_on": "safe-start"}])["safe-start"]
    assert found.what == "Email archive and Phishing drills"


def test_a_price_of_the_agreement_may_have_tiers():
    found = lines(prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}])["users"]
    assert (found.pricing, len(found.tiers)) == ("graduated", 3)


@pytest.mark.parametrize(
    ("day", "runs"), [("2027-02-14", False), ("2027-02-15", True), ("2027-08-31", True), ("2027-09-01", False)]
)
def test_a_line_runs_from_its_first_day_to_its_last(day, runs):
    days = {"first_day": "2027-02-15", "last_day": "2027-08-31"}
    assert lines(lines=[{**READERS, **days}])["readers"].runs_on(date.fromisoformat(day)) is runs


def test_a_contract_year_begins_on_the_day_of_the_start_date():
    assert [first_day_of(START, each) for each in (1, 2, 3)] == [START, date(2027, 10, 1), date(2028, 10, 1)]
    assert first_day_of(date(2028, 2, 29), 2) == date(2029, 2, 28)


STEPS = tuple(
    PriceStep.model_validate(each)
    for each in ({"year": "3", "percent": "10 %"}, {"year": "2", "price": "5.00 USD", "lines": ["readers"]})
)


@pytest.mark.parametrize(
    ("day", "price"),
    [("2027-09-30", "4.50"), ("2027-10-01", "5.00"), ("2028-09-30", "5.00"), ("2028-10-01", "5.50")],
)
def test_steps_apply_in_the_order_of_their_years_from_their_first_day(day, price):
    line = lines(lines=[READERS])["readers"]
    (tier,) = tiers_on(line, STEPS, START, date.fromisoformat(day))
    assert str(tier.price.amount) == price


def test_a_step_up_to_the_first_day_of_a_price_is_in_it():
    line = lines(lines=[{**READERS, "since": "2027-10-01"}])["readers"]
    assert [
        str(tiers_on(line, STEPS, START, day)[0].price.amount) for day in (date(2027, 10, 1), date(2028, 10, 1))
    ] == [
        "4.50",
        "4.95",
    ]


def test_a_step_for_all_does_not_touch_what_is_charged_once():
    line = lines(lines=[{"id": "move", "name": "Move", "price": "900.00 USD", "every": "once"}])["move"]
    assert str(tiers_on(line, STEPS, START, date(2028, 12, 1))[0].price.amount) == "900.00"


def test_a_line_for_a_class_that_is_not_covered_counts_nothing():
    probe = {"id": "probes", "name": "Probes", "per": "firewall", "price": "9.00 USD"}
    assert "probes" not in [each.id for each in agreed_lines(inputs(**fees(lines=[probe])), None)]
