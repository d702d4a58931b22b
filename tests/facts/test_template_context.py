"""What follows from the facts of an agreement, worked out once for every face of it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.problems import RefusedError
from contract_assembly.core.problems import errors as errors_of
from contract_assembly.core.values import Duration, Money, total
from contract_assembly.facts.agreement import Asset
from contract_assembly.facts.catalogue import Price
from contract_assembly.facts.fee_terms import OwnPrice
from contract_assembly.facts.template_context import template_context
from contract_assembly.facts.template_values import Record, Series, bare, leaves
from contract_assembly.rules.facts import checked, problems
from tests.helpers.inputs_base import block_inputs, inputs


def usd(text):
    return Money(Decimal(text), "USD")


def at(view, path):
    for step in path.split("."):
        view = view.items[int(step)] if isinstance(view, Series) else view.entries[step]
    return view


def fact(path, **changes):
    return bare(at(template_context(inputs(**changes)), path))


def term(first_day, length="12 months", notice="60 days"):
    return {
        "agreement__term__first_day": date.fromisoformat(first_day),
        "agreement__term__length": Duration.parse(length),
        "agreement__term__notice": Duration.parse(notice),
    }


# ---- dates


@pytest.mark.parametrize(
    ("first_day", "last_day", "renewal", "decision"),
    [
        ("2025-10-01", "2026-09-30", "2026-10-01", "2026-07-31"),  # 60 days before is Saturday, 1 August
        ("2026-10-01", "2027-09-30", "2027-10-01", "2027-07-30"),
        ("2024-02-29", "2025-02-28", "2025-03-01", "2024-12-30"),
        ("2026-09-03", "2027-09-02", "2027-09-03", "2027-07-02"),  # 4 July is a Sunday: observed on Monday, 5 July
    ],
)
def test_the_days_of_a_term_follow_from_its_first_day(first_day, last_day, renewal, decision):
    facts = template_context(inputs(**term(first_day)))
    days = [bare(at(facts, f"term.{name}")) for name in ("last_day", "renewal_first_day", "decision_day")]
    assert [day.isoformat() for day in days] == [last_day, renewal, decision]


def test_the_closed_days_are_those_of_the_term():
    days = [
        bare(each.entries["date"]) for each in at(template_context(inputs(**term("2026-10-01"))), "calendar.holidays")
    ]
    assert days == sorted(days)
    assert date(2026, 11, 26) in days
    assert date(2026, 11, 27) in days  # our own closing day
    assert date(2026, 7, 3) not in days
    assert all(date(2026, 10, 1) <= day <= date(2027, 9, 30) and day.weekday() < 5 for day in days)


# ---- money


def test_a_line_is_price_times_count_and_the_totals_are_made_of_lines():
    facts = template_context(inputs())
    lines = at(facts, "fees.lines")
    printed = [tuple(bare(line.entries[n]) for n in ("label", "quantity", "price", "amount")) for line in lines]
    assert printed == [
        ("User support", 34, usd("62.00"), usd("2108.00")),
        ("Server care", 3, usd("110.00"), usd("330.00")),
    ]
    assert bare(at(facts, "fees.monthly")) == usd("2438.00")
    assert bare(at(facts, "fees.yearly")) == usd("29256.00")


@pytest.mark.parametrize(("billing", "months"), [("monthly", 1), ("quarterly", 3), ("yearly", 12)])
def test_an_invoice_is_a_multiple_of_the_printed_month(billing, months):
    assert fact("fees.invoice", agreement__fees__billing=billing) == usd("2438.00") * months


def test_a_due_time_in_days_can_be_counted_on():
    assert fact("fees.due_days", agreement__fees__due=Duration(30, "day")) == 30
    assert fact("fees.due_days", agreement__fees__due=Duration(1, "month")) is None


def test_an_own_price_stands_in_place_of_the_plans_and_knows_its_line():
    line = at(template_context(inputs()), "fees.lines.0")
    assert line.origin.path.endswith("agreement.yaml")
    assert at(template_context(inputs()), "fees.lines.1").origin.path.endswith("basic.yaml")
    assert fact("fees.lines.0.price", agreement__fees__prices=()) == usd("65.00")


def test_what_is_not_covered_is_not_printed():
    lines = at(template_context(inputs(agreement__coverage__assets=())), "fees.lines")
    assert [bare(line.entries["label"]) for line in lines] == ["User support"]


def test_a_price_for_the_agreement_as_a_whole_counts_once():
    price = Price(id="base", label="Base", per="agreement", price=(usd("99.00"),))
    lines = at(template_context(inputs(plan__prices=(price,), agreement__fees__prices=())), "fees.lines")
    assert [bare(line.entries[n]) for line in lines for n in ("basis", "quantity", "amount")] == [
        "fixed",
        1,
        usd("99.00"),
    ]


@given(
    st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 5000)), min_size=1, max_size=5).filter(
        lambda lines: any(count for _, count in lines)
    )
)
def test_printed_lines_add_up_to_the_printed_month_and_twelve_months_to_the_year(lines):
    kinds = ("server", "firewall", "printer", "mobile", "mailbox")[: len(lines)]
    prices = tuple(
        Price(id=kind, label=kind, per=kind, price=(usd(str(Decimal(cents).scaleb(-2))),))
        for kind, (cents, _) in zip(kinds, lines, strict=True)
    )
    assets = tuple(Asset(kind=kind, count=count) for kind, (_, count) in zip(kinds, lines, strict=True))
    facts = template_context(
        inputs(plan__prices=prices, agreement__coverage__assets=assets, agreement__fees__prices=())
    )
    printed = [bare(line.entries["amount"]) for line in at(facts, "fees.lines")]
    month = bare(at(facts, "fees.monthly"))
    assert total(printed, "USD") == month
    assert month.amount * 100 == sum(cents * count for cents, count in lines)
    assert bare(at(facts, "fees.yearly")) == month * 12


# ---- people and names


def test_contacts_are_the_people_themselves():
    facts = template_context(inputs())
    assert at(facts, "contacts.client.primary.id").value == "lena"
    assert at(facts, "contacts.client.primary.email").origin.path == "agreements/acme/client.yaml"
    assert at(facts, "contacts.escalation.0.provider.id").value == "dana"
    assert at(facts, "signatories.client.id").value == "robert"


def test_every_fact_knows_its_key_and_a_place_in_a_file():
    facts = template_context(inputs())
    found = list(leaves(facts))
    assert len(found) > 150
    assert all(leaf.key and leaf.origin.path and leaf.origin.line for leaf in found)


def test_a_key_leads_to_its_fact():
    facts = template_context(inputs())
    for leaf in leaves(facts):
        if not leaf.key.startswith(("calendar.holidays", "laws")):
            assert bare(at(facts, leaf.key)) == leaf.value, leaf.key


def test_services_are_sorted_by_pillar():
    one, *_ = inputs().plan.model.services
    pillars = ("upgrades", "maintenance", "emergency", "maintenance", "planning")
    tasks = tuple(one.model_copy(update={"pillar": pillar}) for pillar in pillars)
    services = at(template_context(inputs(plan__services=tasks)), "plan.services")
    assert isinstance(services, Record)
    assert [len(services.entries[name]) for name in ("maintenance", "emergency", "planning", "upgrades")] == [
        2,
        1,
        1,
        1,
    ]


def test_the_same_inputs_give_the_same_facts():
    assert template_context(inputs()) == template_context(inputs())


# ---- what is wrong between the files


def refused(**changes):
    with pytest.raises(RefusedError) as caught:
        checked(inputs(**changes))
    assert all(problem.hint and problem.origin for problem in caught.value.problems)
    return {problem.rule for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"agreement__contacts__client__primary": "nobody"}, "unknown-person"),
        ({"agreement__signatories__provider": "lena"}, "unknown-person"),
        ({"agreement__contacts__client__deputy": "lena"}, "same-contact"),
        ({"agreement__contacts__client__approval_limit": Money(Decimal(1), "EUR")}, "mixed-currencies"),
        ({"agreement__fees__setup": Money(Decimal(1), "EUR")}, "mixed-currencies"),
        ({"agreement__fees__prices": (OwnPrice(line="user", price=usd("1")),)}, "unknown-price"),
        ({"agreement__currency": "GBP"}, "no-price"),
        ({"agreement__coverage__users": 0, "agreement__coverage__assets": ()}, "no-price"),
        ({"agreement__coverage__assets": (Asset(kind="server", count=1),) * 2}, "doubled-fact"),
        ({"agreement__coverage__assets": (Asset(kind="user", count=1),)}, "doubled-fact"),
        ({"client__party__name": "Northlight IT Services LLC"}, "same-party"),
        (term("2026-10-01", length="52 weeks"), "period"),
        (term("2026-10-01", length="0 months"), "period"),
        (term("2026-10-01", notice="2 hours"), "period"),
        ({**term("2026-10-01"), "agreement__term__notice_to": "month-end"}, "period"),
        (term("2026-10-01", notice="400 days"), "period"),
        (term("2999-10-01"), "period"),
        (term("0001-01-01", notice="9999 days"), "period"),
        ({"calendar__holidays": "XX"}, "period"),
    ],
)
def test_files_that_contradict_each_other_are_refused(changes, rule):
    assert rule in refused(**changes)


def test_a_person_who_left_before_the_term_cannot_be_named():
    people = tuple(
        each.model_copy(update={"until": date(2026, 9, 30)}) if each.id == "lena" else each
        for each in inputs().client.model.people
    )
    assert refused(client__people=people) == {"person-left"}
    assert template_context(inputs(client__people=people, **term("2026-09-01")))


@pytest.mark.parametrize(("notice", "fits"), [("363 days", True), ("364 days", False)])
def test_the_last_day_to_decline_comes_after_the_first_day(notice, fits):
    changes = term("2026-10-05", notice=notice)  # a Monday; 363 days before the end is Tuesday
    found = refused(**changes) if not fits else {each.rule for each in errors_of(checked(inputs(**changes)))}
    assert found == (set() if fits else {"period"})


# ---- blocks


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"agreement__block__hours": 0}, "block"),
        ({"agreement__block__role": "Astronaut"}, "block"),
        ({"agreement__block__statement_day": 0}, "block"),
        ({"agreement__block__statement_day": 29}, "block"),
        ({"agreement__block__rate": usd("9999.00")}, "no-discount"),
        ({"agreement__currency": "GBP"}, "mixed-currencies"),
    ],
)
def test_a_block_whose_figures_do_not_follow_is_refused(changes, rule):
    with pytest.raises(RefusedError) as caught:
        checked(block_inputs(**changes))
    assert rule in {problem.rule for problem in caught.value.problems}


@pytest.mark.parametrize("day", [1, 28])
def test_a_block_is_stated_on_a_day_that_every_month_has(day):
    facts = template_context(block_inputs(agreement__block__statement_day=day))
    assert bare(at(facts, "block.statement_day")) == day


def test_a_block_knows_its_price_and_its_last_day():
    facts = template_context(block_inputs())
    hours, rate = bare(at(facts, "block.hours")), bare(at(facts, "block.rate"))
    assert bare(at(facts, "block.price")) == (rate * hours).rounded()
    assert bare(at(facts, "block.last_day")) > bare(at(facts, "block.first_day"))


def test_a_warning_refuses_nothing():
    changes = {"agreement__fees__increase_notice": Duration(30, "day")}
    assert [(each.rule, each.level) for each in problems(inputs(**changes))] == [("late-announcement", "warning")]
    assert template_context(inputs(**changes))


def test_all_contradictions_are_told_at_once():
    changes = {"agreement__contacts__client__primary": "nobody", "client__party__name": "Northlight IT Services LLC"}
    assert refused(**changes, **term("2026-10-01", length="52 weeks")) >= {"unknown-person", "same-party", "period"}


def test_the_steps_of_escalation_are_numbered_from_one():
    facts = template_context(inputs())
    assert at(facts, "contacts.escalation.0.level").value == 1
