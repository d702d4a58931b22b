"""A contract as it runs: what its parts say of a day."""

from datetime import date

from msgspec.structs import replace

from contract_assembly.billing.service_credits import CreditRule
from tests.helpers.running import FIRST, change, running


def test_its_days_and_folder_are_those_of_what_was_signed():
    found = running()
    assert (found.first, found.folder, found.currency) == (FIRST, "agreements/acme/2026-support", "USD")


def test_an_entry_that_was_reversed_does_not_stand():
    more, fewer = change("2027-01-17", "users", 34, 36), change("2027-03-01", "users", 34, 35)
    back = change("2027-01-17", "users", 36, 34, reverses="yes", because="It was 35")
    assert [each.to for each in running(fewer, more).standing] == ["36", "35"]  # by their days
    assert [each.to for each in running(more, back, fewer).standing] == ["35"]


def test_the_facts_agreed_on_a_day_are_those_of_the_last_signature_that_applies_then():
    later = [
        (date(2027, 3, 1), {"agreement__coverage__users": 36}),
        (date(2027, 3, 1), {"agreement__coverage__users": 38}),
    ]
    found = running(later=[*later, (date(2027, 1, 1), {"agreement__coverage__users": 40})])
    days = (date(2026, 9, 1), date(2027, 2, 28), date(2027, 3, 1))
    assert [found.agreed_on(each).agreement.model.coverage.users for each in days] == [34, 40, 38]


def test_the_rule_for_service_credits_is_that_of_the_signature_in_force():
    before, after = CreditRule(), None
    found = replace(running(later=[(date(2027, 3, 1), {})]), credit_rules=(before, after))
    assert found.credit_rule_on(date(2027, 2, 28)) == before
    assert found.credit_rule_on(date(2027, 3, 1)) is None


def test_what_was_known_on_a_day_has_no_amendment_that_was_signed_later():
    first, second = date(2027, 1, 10), date(2027, 2, 20)
    later = [
        (date(2027, 3, 1), {"agreement__coverage__users": 36}),
        (date(2027, 1, 1), {"agreement__coverage__users": 38}),
    ]
    found = running(later=later)
    signed = zip(found.versions, (date(2026, 9, 20), first, second), strict=True)
    found = replace(found, versions=tuple(replace(each, signed_on=on) for each, on in signed))
    assert [each.document for each in found.known_by(date(2027, 2, 19)).versions] == ["contract", "amendment-1"]
    assert found.known_by(second) == found
    assert found.known_by(date(2026, 9, 1)).versions == found.versions[:1]  # the contract itself is always known
    rule = CreditRule()
    assert replace(found, credit_rules=(None, rule, None)).known_by(first).credit_rules == (None, rule)
