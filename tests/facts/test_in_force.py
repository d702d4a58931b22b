"""Facts with dated changes carried out."""

from datetime import date

import pytest

from contract_assembly.core.values import Money, Percent
from contract_assembly.facts.catalogue import Commitment
from contract_assembly.facts.changes import Change
from contract_assembly.facts.fees import fee_lines
from contract_assembly.facts.in_force import UnknownSubjectError, in_force, standing, value_of, with_value
from tests.helpers.fee_facts import READERS, TIERS, fees
from tests.helpers.inputs_base import inputs
from tests.helpers.running import change, usd

DAY = date(2027, 1, 17)


def of(*entries):
    return tuple(Change.model_validate(each) for each in entries)


def lines(*entries, on=DAY, **facts):
    return {
        each.id: (each.quantity, each.price, each.amount)
        for each in fee_lines(in_force(inputs(**facts), of(*entries), on))
    }


def test_a_count_changes_on_its_day_and_not_before():
    more = change(DAY, "users", 34, 36)
    assert lines(more, on=date(2027, 1, 16))["users"] == (34, usd("62.00"), usd("2108.00"))
    assert lines(more)["users"] == (36, usd("62.00"), usd("2232.00"))


def test_a_class_that_was_not_covered_comes_in():
    found = in_force(inputs(), of(change(DAY, "firewall", 0, 2)), DAY)
    assert [(each.kind, each.count) for each in found.agreement.model.coverage.assets] == [
        ("server", 3),
        ("firewall", 2),
    ]


def test_a_site_comes_and_goes():
    new = change(DAY, "site", "none", "covered", name="Depot", address="1 Quay")
    old = change(DAY, "site", "covered", "none", name="Head office")
    found = in_force(inputs(), of(new, old), DAY)
    assert [(each.name, each.address) for each in found.agreement.model.coverage.sites] == [("Depot", "1 Quay")]


def test_a_line_ends_and_the_others_keep_their_places():
    end = change(DAY, "line", "covered", "ended", name="users")
    assert list(lines(end)) == ["servers"]
    before, after = inputs(), in_force(inputs(), of(end), DAY)
    assert after.plan.at("prices.0") == before.plan.at("prices.1")
    assert value_of(after, of(end)[0]) == "ended"


def test_a_price_of_its_own_takes_the_place_of_the_plans():
    assert lines(change(DAY, "price", "110.00 USD", "99.00 USD", name="servers"))["servers"][1:] == (
        usd("99.00"),
        usd("297.00"),
    )


def test_a_line_that_bore_the_discount_for_commitment_goes_on_bearing_it():
    year = inputs().agreement.model.term.length
    facts = {
        "agreement__fees__commitment": year,
        "rates__commitments": (Commitment(length=year, discount=Percent.parse("10 %")),),
    }
    assert lines(**facts)["servers"][2] == usd("297.00")
    assert lines(change(DAY, "price", "110.00 USD", "100.00 USD", name="servers"), **facts)["servers"][2] == usd(
        "270.00"
    )


def test_an_unknown_line_is_named_with_those_that_are_known():
    with pytest.raises(UnknownSubjectError) as refused:
        value_of(inputs(), of(change(DAY, "line", "covered", "ended", name="printers"))[0])
    assert refused.value.known == ("users", "servers")


def test_an_entry_that_takes_another_back_removes_both():
    wrong, right = change(DAY, "users", 34, 63), change(DAY, "users", 34, 36)
    back = change(DAY, "users", 63, 34, reverses="yes", because="A slip of the pen")
    assert standing(of(wrong, back, right)) == of(right)


def test_the_order_of_entry_does_not_matter():
    first, second = change(DAY, "users", 34, 36), change(date(2027, 3, 1), "users", 36, 40)
    later = date(2027, 4, 1)
    assert lines(first, second, on=later) == lines(second, first, on=later)


# ---- lines of the agreement's own


def own(what, before, to, **more):
    said = {"on": "2027-01-17", "what": what, "name": "readers", "from": before, "to": to}
    return Change.model_validate({**said, "asked": "2027-01-12", "asked_by": "lena", **more})


def test_the_quantity_of_an_own_line_changes():
    facts, change = inputs(**fees(lines=[READERS])), own("quantity", "12", "14")
    assert value_of(facts, change) == 12
    after = with_value(facts, change, 14)
    assert [(each.id, each.quantity) for each in fee_lines(after)][-1] == ("readers", 14)
    assert value_of(after, change) == 14


def test_an_own_line_that_ended_is_known_as_ended():
    facts, change = inputs(**fees(lines=[READERS])), own("line", "covered", "ended")
    after = with_value(facts, change, "ended")
    assert "readers" not in [each.id for each in fee_lines(after)]
    assert (value_of(facts, change), value_of(after, change)) == ("covered", "ended")


def test_a_price_with_tiers_is_not_changed_as_one_price():
    tiered = fees(prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}])
    with pytest.raises(UnknownSubjectError, match="users has tiers"):
        value_of(inputs(**tiered), own("price", "62.00 USD", "60.00 USD", name="users"))


def test_a_new_price_of_an_own_line_keeps_the_steps_that_come():
    steps = [{"year": "2", "percent": "10 %"}]
    facts = inputs(**fees(lines=[READERS], steps=steps))
    change = own("price", "4.50 USD", "4.00 USD")
    after = with_value(facts, change, Money.parse("4.00 USD"))
    prices = [
        next(each for each in fee_lines(after, day) if each.id == "readers").price.amount
        for day in (date(2027, 1, 17), date(2027, 10, 1))
    ]
    assert [str(each) for each in prices] == ["4.00", "4.40"]


def test_what_is_not_covered_counts_none():
    assert value_of(inputs(), of(change(DAY, "firewall", 0, 2))[0]) == 0
    (empty,) = of(change(DAY, "quantity", 0, 5, name="readers"))
    assert value_of(inputs(**fees(lines=[{**READERS, "quantity": "0"}])), empty) == 0


@pytest.mark.parametrize(("name", "price"), [("readers", "5.40"), ("cameras", "6.00")])
def test_only_a_line_that_bore_the_discount_for_commitment_bears_it_at_its_new_price(name, price):
    cameras = {**READERS, "id": "cameras", "name": "Cameras"}
    year = inputs().agreement.model.term.length
    facts = {
        **fees(lines=[{**READERS, "discounted": "yes"}, cameras]),
        "agreement__fees__commitment": year,
        "rates__commitments": (Commitment(length=year, discount=Percent.parse("10 %")),),
    }
    found = lines(change(DAY, "price", "4.50 USD", "6.00 USD", name=name), **facts)
    assert found[name][2] == usd(price) * 12
