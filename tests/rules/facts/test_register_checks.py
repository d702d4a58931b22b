"""What can be wrong with the records of an agreement: commitments, licences, personal data, backups, shares."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.agreement import Asset
from contract_assembly.facts.catalogue import BlockPrices, BlockSize, Commitment
from contract_assembly.facts.fields import Located
from contract_assembly.facts.law import Law
from contract_assembly.facts.registers import Backup, Confirmation, Licence, PersonalData
from contract_assembly.facts.renewal_terms import Renewal
from contract_assembly.rules.facts import of_final, problems
from tests.helpers.inputs_base import block_inputs, inputs

HERE = Origin("agreement.yaml", 1)
OFFERED = (
    Commitment(length="12 months", discount="3 %"),
    Commitment(length="2 years", discount="5 %"),
)
DATA = {"nature": "Storage", "purpose": "Recovery", "categories": ["Names"], "subjects": ["Staff"]}


def told(made=inputs, **changes):
    return [(each.rule, each.level) for each in problems(made(**changes))]


def licence(**changes):
    said = {
        "product": "Halden Office",
        "vendor": "Halden",
        "metric": "named user",
        "quantity": "34",
        "holder": "client",
        "first_day": "2026-10-01",
        "renewal": "Yearly",
    }
    return Licence.model_validate(said | changes)


def under(law, within=(), regime=None, sectors=(), made=inputs):
    """An agreement under a law, with personal data under a regime."""
    files = made(
        agreement__data=PersonalData(regime=regime, **DATA) if regime else None,
        client__sectors=sectors,
    )
    place = files.law.at()
    changed = Located(Law(id=law, name="Somewhere", full="Somewhere", within=within), {"": place})
    return [(each.rule, each.level) for each in problems(replace(files, law=changed))]


# ---- commitments


@pytest.mark.parametrize(
    ("length", "found"),
    [
        ("12 months", []),
        ("2 years", []),
        ("24 months", [("unknown-commitment", "error")]),
        ("13 months", [("unknown-commitment", "error")]),
    ],
)
def test_a_commitment_is_one_of_the_rate_card(length, found):
    assert told(rates__commitments=OFFERED, agreement__fees__commitment=Duration.parse(length)) == found


def test_a_commitment_meant_for_the_next_term_is_one_of_the_rate_card_too():
    def meant(text):
        return told(rates__commitments=OFFERED, agreement__renewal=Renewal(commitment=text))

    assert (meant("2 years"), meant("18 months")) == ([], [("unknown-commitment", "error")])


def test_a_commitment_is_counted_in_months():
    assert told(rates__commitments=(Commitment(length="90 days", discount="3 %"),)) == [("period", "error")]


# ---- blocks beside the contract


def sold(*rates, role="Support technician", discount="20 %"):
    """The base, whose only role costs 125.00 an hour, beside blocks of ten, twenty … hours at these rates."""
    sizes = tuple(BlockSize(hours=10 * n, rate=(each,)) for n, each in enumerate(rates, 1))
    files = inputs(rates__support_discount=Percent.parse(discount))
    blocks = Located(BlockPrices(role=role, sizes=sizes), {"": Origin("provider/blocks.yaml")})
    return list(problems(replace(files, blocks=blocks)))


@pytest.mark.parametrize("rates", [("110.00 USD", "100.00 USD"), ("100.01 USD",), ("90.00 EUR",), ()])
def test_a_contract_rate_no_higher_than_the_best_block_is_accepted(rates):
    assert sold(*rates) == []


def test_a_block_that_undercuts_the_contract_is_refused():
    (found,) = sold("110.00 USD", "99.99 USD")
    assert (found.rule, found.level) == ("contract-rate", "error")
    assert found.what == (
        "Support technician: an hour costs 100.00 USD with a support contract, and 99.99 with a block of 20 hours"
    )
    assert [each.rule for each in sold("110.00 USD", discount="0 %")] == ["contract-rate"]


def test_blocks_of_a_role_without_a_rate_are_refused():
    (found,) = sold("90.00 USD", role="Suport technician")
    assert (found.rule, found.hint) == ("unknown-role", "did you mean Support technician?")


def test_without_a_commitment_the_rate_card_may_offer_any_or_none():
    assert told(rates__commitments=OFFERED) == told() == []


def test_an_unknown_commitment_is_told_with_those_there_are():
    (found,) = problems(inputs(rates__commitments=OFFERED, agreement__fees__commitment=Duration(6, "month")))
    assert found.origin == inputs().agreement.at("fees.commitment")
    assert "12 months, 2 years" in found.hint


@pytest.mark.parametrize(("discount", "found"), [("0", []), ("100", []), ("100.01", 1), ("-1", 1)])
def test_a_discount_is_a_share(discount, found):
    offered = (Commitment(length="12 months", discount=Percent(Decimal(discount))),)
    assert told(rates__commitments=offered) == ([("share", "error")] if found else [])
    assert told(block_inputs, rates__commitments=offered) == ([("share", "error")] if found else [])


@pytest.mark.parametrize(("cap", "found"), [("0", []), ("100", []), ("-0.01", [("share", "error")])])
def test_a_cap_on_rises_is_a_share(cap, found):
    assert told(agreement__fees__increase_cap=Percent(Decimal(cap))) == found


# ---- licences


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"last_day": "2026-10-01"}, []),
        ({"last_day": "2026-09-30"}, [("licence-days", "error")]),
        ({"accepted_by": "R", "accepted_on": "2026-10-01"}, []),
        ({"accepted_by": "R", "accepted_on": "2026-10-02"}, [("accepted-late", "error")]),
        ({"holder": "provider"}, []),
        ({"holder": "provider-tenant"}, [("no-acceptance", "error")]),
        ({"holder": "provider-tenant", "accepted_by": "R"}, [("no-acceptance", "error")]),
        ({"holder": "provider-tenant", "accepted_on": "2026-09-01"}, [("no-acceptance", "error")]),
        ({"holder": "provider-tenant", "accepted_by": "R", "accepted_on": "2026-09-01"}, []),
    ],
)
@pytest.mark.parametrize("made", [inputs, block_inputs])
def test_a_licence_has_days_in_order_and_an_acceptance_where_it_is_in_our_tenant(made, changes, found):
    assert told(made, agreement__licences=(licence(**changes),)) == found


def test_each_licence_is_told_by_itself():
    wrong = licence(last_day="2026-01-01", accepted_on="2027-01-01", holder="provider-tenant")
    assert [rule for rule, _ in told(agreement__licences=(wrong, licence(), wrong))] == [
        "licence-days", "accepted-late", "no-acceptance",
    ] * 2  # fmt: skip


# ---- personal data


@pytest.mark.parametrize(
    ("law", "within", "regime", "fits"),
    [
        ("US-NY", ("US",), "us-state", True),
        ("US-NY", (), "us-state", True),
        ("US-NY", ("US",), "eu", False),
        ("US-NY", ("US",), "uk", False),
        ("GB-EW", (), "uk", True),
        ("GB-SCT", (), "uk", True),
        ("GB-EW", (), "eu", False),
        ("IE", ("EU",), "eu", True),
        ("IE", ("EU",), "uk", False),
        ("FR", ("EU",), "eu", True),
        ("FR", ("EU",), "us-state", False),
        ("CH", (), "eu", True),  # no law that we know a regime of
        ("US-NY", ("US",), None, True),
    ],
)
def test_the_regime_of_personal_data_is_that_of_the_law(law, within, regime, fits):
    assert under(law, within, regime) == ([] if fits else [("regime", "error")])


def test_a_block_has_the_regime_of_its_law_too():
    assert under("GB-EW", regime="eu", made=block_inputs) == [("regime", "error")]


@pytest.mark.parametrize(
    ("law", "sectors", "regime", "found"),
    [
        ("US-NY", ("health",), None, [("health-without-data", "warning")]),
        ("US-NY", ("finance", "health"), None, [("health-without-data", "warning")]),
        ("US-NY", ("health",), "us-state", []),
        ("US-NY", ("finance",), None, []),
        ("GB-EW", ("health",), None, []),
    ],
)
@pytest.mark.parametrize("made", [inputs, block_inputs])
def test_a_client_in_health_care_has_personal_data_under_american_law(made, law, sectors, regime, found):
    assert under(law, (), regime, sectors, made) == found


# ---- confirmations


@pytest.mark.parametrize(("gate", "found"), [("sent", []), ("snet", [("unknown-gate", "warning")])])
def test_a_confirmation_closes_a_gate_that_some_rule_has(gate, found):
    rule = {"id": "A", "title": "A", "applies": "true", "requires": "A.", "consequence": "B.", "severity": "warn"}
    model = Law.model_validate(
        {"id": "US-NY", "name": "X", "full": "X", "rules": [rule | {"authority": "C", "confirm": "sent"}]}
    )
    confirmed = (Confirmation(gate=gate, by="Dana", on=date(2026, 9, 1)),)
    files = inputs(agreement__confirmations=confirmed)
    files = replace(files, laws=(Located(model, {"": files.law.at()}),))
    assert [(each.rule, each.level) for each in problems(files)] == found


# ---- backups

PROMISED, NOTHING = ("backup-promised", "warning"), ("no-backup", "warning")


def backing_up(task):
    first, *rest = inputs().plan.model.services
    return (first.model_copy(update={"task": task}), *rest)


@pytest.mark.parametrize(
    ("task", "found"),
    [("Backup of covered servers", [PROMISED]), ("Check of each BACKUP job", [PROMISED]), ("Care", [])],
)
def test_a_plan_that_promises_backups_has_sets_of_them_in_the_agreement(task, found):
    changes = {"plan__services": backing_up(task), "agreement__coverage__assets": ()}
    assert told(**changes) == []
    assert told(**changes, agreement__backup=None) == found
    assert told(**changes, agreement__backup=Backup(sets=())) == found


CHARGED, WITHOUT_SET = ("backup-charged", "warning"), ("backup-without-set", "warning")


def charging(per, status="draft", **more):
    """An agreement with two assets of a class, for whose backup the plan has a price."""
    users, servers = inputs().plan.model.prices
    line = servers.model_copy(update={"id": "copies", "per": per, "nature": "backup"})
    assets = (Asset(kind=per, count=2),) if per != "user" else ()
    changes = {"plan__prices": (users, line), "agreement__coverage__assets": assets, "agreement__status": status}
    return told(**changes | more)


def sets(*names):
    (one, *_) = inputs().agreement.model.backup.sets
    return Backup(sets=[one.model_copy(update={"name": each, "method": "Copy"}) for each in names])


@pytest.mark.parametrize(
    ("status", "found"),
    [("draft", [CHARGED]), ("sent", [CHARGED]), ("signed", [NOTHING]), ("ended", [NOTHING])],
)
def test_who_pays_for_a_backup_has_a_backup_set_unless_it_is_signed_without(status, found):
    assert charging("saas-tenant", status, agreement__backup=None) == found


def test_a_contract_that_charges_for_a_backup_and_has_none_is_never_final():
    warnings = (Problem("backup-charged", "w", HERE, "", "warning"), Problem("no-backup", "w", HERE, "", "warning"))
    assert [each.level for each in of_final(warnings)] == ["error", "warning"]


def test_a_plan_that_promises_and_charges_a_backup_is_told_of_the_charge_alone():
    assert charging("server", agreement__backup=None, plan__services=backing_up("Backup")) == [CHARGED]


@pytest.mark.parametrize(
    ("per", "names", "found"),
    [
        ("server", ["Servers"], []),
        ("virtual-server", ["All servers"], []),
        ("saas-tenant", ["Server", "Cloud tenant"], []),
        ("saas-tenant", ["Mailboxes and files"], []),
        ("saas-tenant", ["Server"], [WITHOUT_SET]),
        ("server", ["Cloud tenant"], [WITHOUT_SET]),
        ("user", ["Server"], []),  # nothing is said of what is backed up
    ],
)
def test_each_backup_that_is_paid_for_is_in_a_set(per, names, found):
    assert charging(per, agreement__backup=sets(*names)) == found


def test_a_backup_that_costs_nothing_needs_no_set_of_its_own():
    users, servers = inputs().plan.model.prices
    line = servers.model_copy(update={"per": "saas-tenant", "nature": "backup", "price": (Money(Decimal(0), "USD"),)})
    assets = (Asset(kind="saas-tenant", count=1),)
    changes = {"plan__prices": (users, line), "agreement__coverage__assets": assets}
    assert told(**changes, agreement__backup=sets("Server")) == []


@pytest.mark.parametrize(
    ("kind", "count", "found"),
    [
        ("server", 1, [NOTHING]),
        ("virtual-server", 2, [NOTHING]),
        ("saas-tenant", 1, [NOTHING]),
        ("server", 0, []),
        ("workstation", 30, []),
    ],
)
def test_what_holds_data_is_backed_up(kind, count, found):
    assets = (Asset(kind=kind, count=count),)
    assert told(agreement__coverage__assets=assets) == []
    assert told(agreement__coverage__assets=assets, agreement__backup=None) == found


def test_all_that_is_not_backed_up_is_told_once():
    assets = (Asset(kind="server", count=2), Asset(kind="printer", count=9), Asset(kind="saas-tenant", count=1))
    (found,) = problems(inputs(agreement__coverage__assets=assets, agreement__backup=None))
    assert found.what.endswith("no backup is listed for 2 servers and 1 cloud tenant")


# ---- blocks


@pytest.mark.parametrize(
    ("rate", "found"), [("0.01", []), ("0", [("below-zero", "error")]), ("-1", [("below-zero", "error")])]
)
def test_an_hour_of_a_block_costs_something(rate, found):
    assert told(block_inputs, agreement__block__rate=Money(Decimal(rate), "USD")) == found


def test_what_the_contact_may_approve_is_in_the_currency_of_the_block():
    changes = {"agreement__contacts__client__approval_limit": Money(Decimal(1), "EUR")}
    assert told(block_inputs, **changes) == [("mixed-currencies", "error")]


@pytest.mark.parametrize("name", ["low_percent", "rollover_percent", "conversion_percent"])
@pytest.mark.parametrize(("share", "found"), [("0", []), ("100", []), ("101", 1), ("-1", 1)])
def test_a_share_of_a_block_is_one(name, share, found):
    changes = {f"agreement__block__{name}": Percent(Decimal(share))}
    assert told(block_inputs, **changes) == ([("share", "error")] if found else [])


def test_the_samples_of_both_kinds_are_sound():
    assert told() == told(block_inputs) == []
