from datetime import date
from decimal import Decimal

from contract_assembly.actions.client_import.places import place_of
from contract_assembly.actions.client_import.support_contract import (
    SIGNED_PDF,
    AgreedTerms,
    agreement_file,
    plan_file,
    record_of,
)
from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fields import located
from contract_assembly.facts.strict_yaml import load
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import own_source
from contract_assembly.repository.record_file import loaded

FILES = Repository(own_source())
TERMS = AgreedTerms(
    id="ES-7", first=date(2026, 4, 1), last=date(2027, 3, 31), signed_on=date(2026, 3, 20), renewal="automatic",
    renewal_length=Duration.parse("1 year"), notice=Duration.parse("60 days"), billing="quarterly", due=Duration.parse("14 days"), price=Decimal(1480), users=22, assets={"server": 1, "workstation": 0}, next_plan=None,
)  # fmt: skip


def read(model, data):
    return located(model, load(data.decode(), "file.yaml")).model


def test_the_agreement_is_signed_elsewhere_at_one_price_and_says_what_is_open():
    found = read(
        Agreement,
        agreement_file(TERMS, place_of(FILES, "US-NY"), ("jo", "al", "em"), ["Who signs"], "5 Elm Street, Troy"),
    )
    assert (found.origin, found.status, found.plan, found.fees.billing) == (
        "elsewhere",
        "signed",
        "as-agreed",
        "quarterly",
    )
    assert str(found.fees.prices[0].price.amount) == "1480.00"
    assert [each.kind for each in found.coverage.assets] == ["server"]
    assert (found.contacts.provider.primary, found.contacts.provider.deputy) == ("em", "jo")
    assert found.open == ("Who signs",)
    assert (found.term.renewal_length.text, found.fees.due.text) == ("1 year", "14 days")
    assert [each.address for each in found.coverage.sites] == ["5 Elm Street, Troy"]
    assert found.renewal is None


def test_a_firm_of_one_has_no_deputy():
    found = read(Agreement, agreement_file(TERMS, place_of(FILES, "GB-EW"), ("jo",), []))
    assert found.contacts.provider.deputy is None
    assert found.currency == "GBP"


def test_the_plan_of_such_contracts_promises_nothing(tmp_path):
    (tmp_path / "provider/plans").mkdir(parents=True)
    (tmp_path / "provider/plans/business.yaml").write_bytes(FILES.source.read("provider/plans/business.yaml"))
    (data,) = plan_file(Repository(tmp_path)).values()
    plan = read(Plan, data)
    assert (plan.services, plan.exclusions) == ((), ())
    assert {each.currency for each in plan.prices[0].price} == {"USD", "GBP", "EUR", "CAD", "AUD"}


def test_the_record_guards_the_signed_copy():
    found = loaded(record_of("agreements/elm/2026-support", date(2026, 3, 20), {SIGNED_PDF: b"%PDF"})).of("contract")
    assert found.signed.on == date(2026, 3, 20)
    assert list(found.signed.files) == [SIGNED_PDF]
    assert found.is_frozen
