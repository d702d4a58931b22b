from datetime import date
from decimal import Decimal

from contract_assembly.actions.contract_elsewhere import (
    SIGNED_PDF,
    Terms,
    agreement_file,
    client_file,
    place_of,
    plan_file,
    record_of,
)
from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fields import located
from contract_assembly.facts.parties import Client
from contract_assembly.facts.strict_yaml import load
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import own_source
from contract_assembly.repository.record_file import loaded

FILES = Repository(own_source())
TERMS = Terms(
    id="ES-7", first=date(2026, 4, 1), last=date(2027, 3, 31), signed_on=date(2026, 3, 20), renewal="automatic",
    notice=Duration.parse("60 days"), billing="quarterly", price=Decimal(1480), users=22, assets={"server": 1, "workstation": 0}, next_plan=None,
)  # fmt: skip


def read(model, data):
    return located(model, load(data.decode(), "file.yaml")).model


def test_the_agreement_is_signed_elsewhere_at_one_price_and_says_what_is_open():
    found = read(Agreement, agreement_file(TERMS, {"city": "Troy"}, place_of(FILES, "US-NY"), ("jo", "al", "em")))
    assert (found.origin, found.status, found.plan, found.fees.billing) == (
        "elsewhere",
        "signed",
        "as-agreed",
        "quarterly",
    )
    assert str(found.fees.prices[0].price.amount) == "1480.00"
    assert [each.kind for each in found.coverage.assets] == ["server"]
    assert (found.contacts.provider.primary, found.contacts.provider.deputy) == ("em", "jo")
    assert "city" not in found.open[0]
    assert "street" in found.open[0]
    assert found.renewal is None


def test_a_firm_of_one_has_no_deputy():
    found = read(Agreement, agreement_file(TERMS, {}, place_of(FILES, "GB-EW"), ("jo",)))
    assert found.contacts.provider.deputy is None
    assert found.currency == "GBP"


def test_the_client_has_what_the_table_says_and_placeholders_for_the_rest():
    found = read(Client, client_file("elm", {"company": "Elm: Street", "postcode": "02134"}, place_of(FILES, "US-NY")))
    assert (found.party.name, found.party.short, found.party.address.postcode) == (
        "Elm: Street",
        "Elm: Street",
        "02134",
    )
    assert found.people[0].email == "contact@elm.example"


def test_the_plan_of_such_contracts_promises_nothing():
    (data,) = plan_file(FILES).values()
    plan = read(Plan, data)
    assert (plan.services, plan.exclusions) == ((), ())
    assert {each.currency for each in plan.prices[0].price} == {"USD", "GBP", "EUR", "CAD", "AUD"}


def test_the_record_guards_the_signed_copy():
    found = loaded(record_of("agreements/elm/2026-support", date(2026, 3, 20), {SIGNED_PDF: b"%PDF"})).of("contract")
    assert found.signed.on == date(2026, 3, 20)
    assert list(found.signed.files) == [SIGNED_PDF]
    assert found.is_frozen
