"""The agreement of a support contract, made from the file of the block that it replaces and from a proposal."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.actions.contract_from_block import Accepted, contract_from_block
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Money
from contract_assembly.facts import strict_yaml
from contract_assembly.letters.proposal import Proposal
from tests.helpers.block_firm import BLOCK
from tests.helpers.books import IN_TIME, book
from tests.helpers.corpus import REPOSITORY
from tests.helpers.used_blocks import ENVIRONMENT, usd

OWN = (REPOSITORY / BLOCK / "agreement.yaml").read_text("utf-8")
TERMS = {
    "length": "24 months",
    "renewal": "by-agreement",
    "renewal_length": "12 months",
    "notice": "60 days",
    "billing": "quarterly",
    "due": "14 days",
    "increase_cap": "5 %",
    "increase_notice": "90 days",
}
OFFER = {"plan": "business", "fee": "560.00 USD"}


def accepted(credit=None, offer=OFFER):
    proposal = Proposal.model_validate(
        {
            "document": "proposal",
            "date": "2026-11-23",
            "plans": [offer],
            "first_day": "2027-01-01",
            "valid_until": "2026-12-18",
            "terms": TERMS,
            "ledger": {"rows": "0"},
        }
    )
    return Accepted(
        proposal=proposal,
        plan="business",
        first_day=date(2027, 1, 1),
        signed=date(2026, 12, 10),
        credit=credit or usd("416.25"),
        hours=Decimal("4.625"),
    )


def written(text=OWN, environment=ENVIRONMENT, **more):
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "environment": environment}
    return contract_from_block(text, book(account), accepted(**more))


def made(*arguments, **more):
    """The facts of the contract."""
    return strict_yaml.plain(strict_yaml.load(written(*arguments, **more), "agreement.yaml"))


def test_it_is_a_draft_of_a_support_contract_that_names_the_block():
    found = made()
    assert [found[name] for name in ("id", "kind", "status", "version", "plan")] == [
        "NL-2026-B017-S",
        "support",
        "draft",
        "1",
        "business",
    ]
    assert found["converts"] == "2026-block"


def test_term_and_payment_are_those_of_the_proposal():
    found = made()
    assert found["term"] == {
        "first_day": "2027-01-01",
        **{k: TERMS[k] for k in ("length", "renewal", "renewal_length", "notice")},
    }
    assert {name: found["fees"][name] for name in ("billing", "due", "increase_cap", "increase_notice")} == {
        name: TERMS[name] for name in ("billing", "due", "increase_cap", "increase_notice")
    }


def test_the_scope_is_what_was_priced_and_classes_without_a_device_are_left_out():
    coverage = made(environment={**ENVIRONMENT, "assets": [*ENVIRONMENT["assets"], {"kind": "server", "count": "0"}]})[
        "coverage"
    ]
    assert coverage["users"] == "6"
    assert coverage["assets"] == [{"kind": "network-device", "count": "2"}, {"kind": "saas-tenant", "count": "1"}]


def test_without_places_the_office_of_the_client_is_the_only_site():
    (site,) = made()["coverage"]["sites"]
    assert site["name"] == "Office"
    assert site["address"].endswith("NY 12534")
    places = [{"name": "Studio", "address": "1 Mill Street, Hudson, NY 12534"}]
    assert made(environment={**ENVIRONMENT, "places": places})["coverage"]["sites"] == places


def test_unused_hours_are_a_credit_and_without_money_there_is_none():
    assert made()["fees"]["credit"] == {
        "amount": "416.25 USD",
        "hours": "4.625",
        "block": "NL-2026-B017",
        "as_of": "2026-12-10",
    }
    assert "credit" not in made(credit=Money(Decimal(0), "USD"))["fees"]


def test_a_commitment_is_taken_over_where_one_was_offered():
    assert "commitment" not in made()["fees"]
    assert made(offer={**OFFER, "commitment": "12 months"})["fees"]["commitment"] == "12 months"


def test_problems_go_up_from_the_deputies_to_those_who_sign():
    steps = [(each["provider"], each["client"], each["after"]) for each in made()["contacts"]["escalation"]]
    assert steps == [
        ("miguel-santos", "andre-baptiste", "1 business hour"),
        ("priya-raman", "claire-vandermeer", "2 business hours"),
        ("dana-whitfield", "claire-vandermeer", "4 business hours"),
    ]


def test_it_keeps_what_both_kinds_state_with_its_comments_and_nothing_of_the_block():
    own = OWN.replace("tax: {", "# Checked with the accountant.\ntax: {")
    own = own.replace("version: 1\n", "version: 3   # of the block\nopen:\n  - Who signs?\n")
    text = written(own)
    assert own[own.index("# Checked with") :] in text
    assert text.startswith("# yaml-language-server: $schema=../../../docs/schema/agreement.json\n# Made from")
    assert not {"block:", "open:"} & {line.split(" ")[0] for line in text.splitlines()}


def test_contacts_in_brackets_are_refused_because_nothing_can_be_added_to_them():
    head, _, rest = OWN.partition("contacts:\n")
    both = "client: {primary: andre-baptiste, approval_limit: 250.00 USD}, provider: {primary: priya-raman}"
    with pytest.raises(RefusedError) as refused:
        written(f"{head}contacts: {{{both}}}\n\n{rest[rest.index('tax:') :]}")
    assert [each.rule for each in refused.value.problems] == ["line-form"]
