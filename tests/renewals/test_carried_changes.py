"""A renewal starts from what is in force at the end of the term: the changes made while the contract ran are carried over."""

from datetime import date

import pytest
from msgspec.structs import replace

from contract_assembly.core.problems import RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.fields import located
from contract_assembly.renewals.carried_changes import carried, carried_into
from contract_assembly.renewals.next_term import next_agreement
from contract_assembly.renewals.plan import renewal
from tests.helpers.firms import as_signed
from tests.helpers.inputs_base import ROOT
from tests.helpers.matters import matter
from tests.helpers.running import change, changes_file, usd

ON = date(2027, 5, 3)
DAY = date(2027, 1, 17)
PATH = "agreements/acme/2026-support/agreement.yaml"
TEXT = as_signed((ROOT / PATH).read_text("utf-8"))


def ran(*entries, **changes):
    """Acme's contract at its renewal, after these changes; nothing else is meant for the next term."""
    subject = matter(agreement__renewal=None, **changes)
    inputs = carried(subject.inputs, changes_file(entries))
    return replace(subject, inputs=inputs, filed=subject.agreed)


def following(*entries, text=TEXT):
    subject = ran(*entries)
    plan = renewal(subject, ON)
    return plan, located(Agreement, strict_yaml.load(next_agreement(text, subject, plan), PATH)).model


def test_the_next_term_has_the_counts_of_the_last_day():
    plan, agreed = following(change(DAY, "users", 34, 36), change(DAY, "server", 3, 2), change(DAY, "printer", 0, 4))
    assert agreed.coverage.users == 36
    found = {each.kind: each.count for each in agreed.coverage.assets}
    assert (found["server"], found["printer"], found["workstation"]) == (2, 4, 38)
    assert plan.fees.old == plan.fees.new == usd("2922.00")  # 2,908.00 and 2 x 62.00, less 110.00


def test_growth_during_the_term_is_no_rise_of_the_renewal():
    plan, _ = following(change(DAY, "users", 34, 36))
    assert [(each.old_quantity, each.new_quantity) for each in plan.fees.lines if each.id == "users"] == [(36, 36)]
    assert plan.fees.difference == usd("0.00")


def test_a_price_that_an_amendment_set_is_carried_over():
    changes = (
        change(DAY, "price", "62.00 USD", "60.00 USD", name="users"),
        change(DAY, "price", "110.00 USD", "99.00 USD", name="servers"),
    )
    _, agreed = following(*changes)
    assert {each.line: each.price for each in agreed.fees.prices} == {"users": usd("60.00"), "servers": usd("99.00")}


def test_sites_that_came_and_went_are_carried_over():
    new = change(DAY, "site", "none", "covered", name="Depot", address="9 Mill Road, Utica, NY 13501")
    gone = change(DAY, "site", "covered", "none", name="Sales office")
    _, agreed = following(new, gone)
    assert {each.name for each in agreed.coverage.sites} == {"Depot", "Head office", "Assembly plant"}


def test_without_changes_the_file_is_left_as_it_is():
    subject = matter()
    assert carried_into(TEXT, subject) == (TEXT, subject)


def test_a_change_that_cannot_be_carried_out_is_refused_at_its_file():
    with pytest.raises(RefusedError) as refused:
        carried(matter().inputs, changes_file([change(DAY, "users", 34, "many")]))
    assert [(each.rule, each.origin.path) for each in refused.value.problems] == [
        ("wrong-change", "agreements/acme/2026-support/changes.yaml")
    ]


def test_only_a_price_that_changed_is_written_into_the_file():
    price = change(DAY, "price", "62.00 USD", "60.00 USD", name="users")
    text, _ = carried_into(TEXT, ran(price))
    assert "price: 60.00 USD" in text
    assert "price: 62.00 USD" not in text
    text, _ = carried_into(TEXT, ran(change(DAY, "users", 34, 36)))
    assert "price: 62.00 USD" in text
