"""The lines of the next term: what continues, at which price, and what ends."""

from datetime import date
from decimal import Decimal

from contract_assembly.core.values import Duration
from contract_assembly.facts.renewal_terms import Renewal
from contract_assembly.renewals.continued_lines import continued, missing, prices_at_end, special
from contract_assembly.renewals.increase import rise
from contract_assembly.renewals.next_prices import next_fees
from tests.helpers.fee_facts import ARCHIVE, READERS, TIERS, fees
from tests.helpers.inputs_base import inputs
from tests.helpers.running import usd

MOVE = {"id": "move", "name": "Move", "price": "900.00 USD", "every": "once"}
SHORT = {**READERS, "id": "short", "last_day": "2027-05-31"}
LATE = {**READERS, "id": "late", "first_day": "2027-02-15"}
DOMAINS = {"id": "domains", "name": "Domains", "price": "100.00 USD", "every": "year"}


def facts(renewal=None, **said):
    meant = Renewal.model_validate(renewal) if renewal else None
    return inputs(agreement__renewal=meant, **fees(add_ons=[ARCHIVE], **said))


def lines(found, percent="3"):
    return [
        (each.known_as, each.price and str(each.price.amount), each.first_day)
        for each in continued(found, Decimal(percent)).agreement.model.fees.lines
    ]


def test_one_off_lines_and_lines_that_have_ended_are_not_continued():
    assert lines(facts(lines=[READERS, MOVE, SHORT, LATE])) == [("readers", "4.64", None), ("late", "4.64", None)]


def test_an_add_on_keeps_its_list_price_unless_that_rises():
    assert lines(facts(lines=[{"add_on": "archive"}]), percent="0") == [("archive", None, None)]
    assert lines(facts(lines=[{"add_on": "archive"}]), percent="4") == [("archive", "2.60", None)]


def test_what_was_agreed_for_the_renewal_applies():
    meant = {"ended": ["late"], "prices": [{"line": "readers", "price": "4.00 USD"}]}
    assert lines(facts(renewal=meant, lines=[READERS, LATE])) == [("readers", "4.00", None)]


def test_the_price_at_the_end_has_all_steps_of_the_term():
    found = inputs(
        agreement__term__length=Duration(36, "month"),
        **fees(
            lines=[READERS],
            steps=[{"year": "2", "percent": "10 %"}, {"year": "3", "percent": "10 %", "lines": ["readers"]}],
        ),
    )
    assert prices_at_end(found) == {"users": usd("68.20"), "servers": usd("121.00"), "readers": usd("5.45")}


def test_lines_that_are_not_unit_prices_of_the_plan_are_known():
    tiered = [{"line": "users", "pricing": "graduated", "tiers": TIERS}]
    assert special(facts(lines=[READERS], prices=tiered)) == {"readers", "users"}


def test_what_is_missing_to_the_minimum_is_counted_again():
    assert missing(facts(minimum="2500.00 USD"), usd("2438.00")) == usd("62.00")
    assert missing(facts(minimum="2500.00 USD"), usd("2600.00")) == usd("0.00")
    assert missing(facts(), usd("1.00")) is None


def test_the_fees_of_the_next_term_have_every_line_once_and_add_up():
    found = facts(
        renewal={"increase": "4 %", "users": 52},
        lines=[READERS, MOVE, DOMAINS],
        prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}],
        discounts=[{"name": "Welcome", "percent": "10 %", "last_day": "2027-03-31"}],
        minimum="9000.00 USD",
    )
    plan = found.plan.model
    made = next_fees(found, plan, rise(found, date(2027, 10, 1), 12, None))
    assert [(each.id, each.old_quantity, each.new_quantity) for each in made.lines] == [
        ("users.1", 20, 20),
        ("users.2", 14, 30),
        ("users.3", 0, 2),
        ("servers", 3, 3),
        ("readers", 12, 12),
        ("minimum", 1, 1),
    ]
    assert (made.old, made.new) == (usd("9000.00"), usd("9000.00"))
    assert [(each.id, str(each.old_amount.amount), str(each.new_amount.amount)) for each in made.yearly] == [
        ("domains", "100.00", "104.00")
    ]
