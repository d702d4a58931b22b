"""The proposal of a support contract to a client with a prepaid block: its figures compared with each plan, and the
terms."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import Book, closed_on, used_by_day, within
from contract_assembly.blocks.loader import plans
from contract_assembly.blocks.plan_comparison import Comparison, PricedPlan
from contract_assembly.blocks.settlement import credit
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import Money
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fields import DateFact, DurationFact, Located, Model, MoneyFact, PercentFact, SlugFact
from contract_assembly.facts.template_context import ASSET_LABELS
from contract_assembly.facts.template_values import View, leaf, view
from contract_assembly.letters.choices_view import comparison_at, covered
from contract_assembly.letters.hours_view import even, in_hours, pace_view
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.letters.pinned_document import PinnedDocument, pinned_facts
from contract_assembly.repository.inputs import Repository

PILLARS = {
    "maintenance": "Prevention",
    "emergency": "Help when something fails",
    "planning": "Planning",
    "upgrades": "Upgrades",
}


class OfferedTerms(Model):
    """The terms of the support contract about its length and payment."""

    length: DurationFact
    renewal: Literal["automatic", "by-agreement"] = "automatic"
    renewal_length: DurationFact
    notice: DurationFact
    billing: Literal["monthly", "quarterly", "yearly"] = "monthly"
    due: DurationFact
    increase_cap: PercentFact
    increase_notice: DurationFact


class Offer(Model):
    """A plan, by id, and its monthly fee, which the contract will have."""

    plan: SlugFact
    fee: MoneyFact


class Proposal(PinnedDocument):
    """An offer of one or more plans, the recommended one first; open until `valid_until`, to begin on `first_day`."""

    document: Literal["proposal"]
    plans: tuple[Offer, ...]
    first_day: DateFact
    valid_until: DateFact
    terms: OfferedTerms


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[Proposal]) -> Content:
    asked = issued.model
    found = pinned_facts(repository, inputs, issued, asked.date)
    comparison = comparison_at(repository, found.book, asked.date)
    _check(found.book, issued, comparison)
    offered = [next(each for each in comparison.plans if each.plan == offer.plan) for offer in asked.plans]
    facts: dict[str, View] = {
        "use": leaf(use_view(found.book, asked.date, comparison), "use", issued.at("ledger")),
        "offer": leaf(offer_view(repository, found.book, issued, comparison, offered), "offer", issued.at("plans")),
    }
    sources = tuple(f"provider/plans/{name}.yaml" for name in repository.names("provider/plans", ".yaml"))
    return Content(facts, sources, pinned=found.pinned)


def _check(book: Book, issued: Located[Proposal], comparison: Comparison) -> None:
    """Raise RefusedError for a proposal that could not become a contract with a credit."""
    asked, problems, known = issued.model, list[Problem](), {each.plan: each for each in comparison.plans}
    for n, offer in enumerate(asked.plans):
        if offer.plan not in known:
            what, hint = (
                f"{offer.plan} is not a plan with a price for the whole scope",
                did_you_mean(offer.plan, known),
            )
            problems.append(Problem("unknown-plan", what, issued.at(f"plans.{n}.plan"), hint))
        elif (fee := known[offer.plan].fee) != offer.fee:
            what = f"{offer.plan} is offered for {offer.fee.amount} and costs {fee.amount} {fee.currency} a month"
            hint = "issue a new proposal; a sent one stays as it is"
            problems.append(Problem("price-changed", what, issued.at(f"plans.{n}.fee"), hint))
    if not asked.plans:
        problems.append(Problem("unknown-plan", "no plan is offered", issued.at("plans"), "name at least one"))
    if not asked.date < asked.valid_until <= asked.first_day:
        what = "the offer must end after its own day, and by the day on which the contract would begin"
        problems.append(Problem("offer-days", what, issued.at("valid_until"), "put the days in order"))
    if (closed := closed_on(book)) and asked.date >= closed:
        what = f"the block ended on {closed}: no hours are left to credit"
        problems.append(Problem("offer-days", what, issued.at("date"), "offer a support contract as to a new client"))
    window, expiry = book.block.conversion_window, state(book, asked.date).expiry
    if not within(asked.first_day, asked.valid_until, window):
        what = f"accepted on the last day, the contract would begin over {window.count} {window.unit}s later, without a credit"
        problems.append(
            Problem("offer-days", what, issued.at("first_day"), "begin earlier, or keep the offer open longer")
        )
    if expiry and asked.valid_until > expiry:
        what = f"hours expire on {expiry}, before the offer ends: a later acceptance brings no credit"
        problems.append(Problem("offer-days", what, issued.at("valid_until"), f"end the offer by {expiry}"))
    if problems:
        raise RefusedError(problems)


def use_view(book: Book, day: date, comparison: Comparison) -> dict[str, Any]:
    """The use of hours by calendar month, and in an average month."""
    months: dict[date, Decimal] = {}
    for each, minutes in used_by_day(book, day).items():
        first = each.replace(day=1)
        months[first] = months.get(first, Decimal(0)) + minutes
    now, quantum = state(book, day), even(months.values())
    hours = even(map(in_hours, months.values()), 4)
    rows = tuple(
        {"month": first, "minutes": each.quantize(quantum), "hours": in_hours(each).quantize(hours)}
        for first, each in sorted(months.items())
    )
    used = sum(months.values(), Decimal(0))
    return {
        "months": rows,
        "total": {"minutes": used.quantize(quantum), "hours": in_hours(used).quantize(hours)},
        "bought": in_hours(now.sum("bought")),
        "balance": in_hours(now.balance),
        "expiry": now.expiry,
        "pace": pace_view(comparison.pace, now),
        "average": comparison.hours,
        "rate": comparison.rate,
        "block_cost": comparison.block_cost,
        "beyond": comparison.hours_beyond,
        "list_rate": book.figures.list_rate,
        "beyond_cost": comparison.overage_cost,
        "cost": comparison.cost,
    }


def offer_view(
    repository: Repository, book: Book, issued: Located[Proposal], comparison: Comparison, offered: list[PricedPlan]
) -> dict[str, Any]:
    """The plans offered, each comparison the block; what it rests on; and what unused hours are worth."""
    found = {each.id: each for each in plans(repository)}
    now = state(book, issued.model.date)
    return {
        "terms": view(issued.model.terms, "offer.terms", issued.at, "terms"),
        "first_day": issued.model.first_day,
        "valid_until": issued.model.valid_until,
        "plans": tuple(_plan_view(repository, each, found[each.plan], n) for n, each in enumerate(offered)),
        "dearer": all(each.cheaper == "block" for each in offered),
        "covered": covered(book),
        "assets": _assets(book),
        "lacking": book.block.not_included,
        "credit": credit(book, now, "left"),
        "credit_any": bool(now.balance) and bool(credit(book, now, "left").amount),
        "early": comparison.pace.early,
    }


def _plan_view(repository: Repository, each: PricedPlan, plan: Plan, place: int) -> dict[str, Any]:
    file, key = repository.load(Plan, f"provider/plans/{plan.id}.yaml"), f"plan.{place}"
    levels = plan.service_levels.priorities
    return {
        "name": each.name,
        "lines": tuple(
            {"label": line.label, "quantity": line.quantity, "price": line.price, "amount": line.amount}
            for line in each.lines
        ),
        "fee": each.fee,
        "difference": Money(abs(each.difference.amount), each.difference.currency),
        "cheaper": each.cheaper,
        "breakeven": each.breakeven,
        "months_credited": each.months_credited,
        "pillars": tuple(
            {
                "name": name,
                "tasks": tuple(
                    view(task, f"{key}.services.{n}", file.at, f"services.{n}")
                    for n, task in enumerate(plan.services)
                    if task.pillar == pillar
                ),
            }
            for pillar, name in PILLARS.items()
        ),
        "priorities": tuple(
            {"name": f"Priority\u00a0{level.id[1:]}", "response": level.response, "target": level.target}
            for level in levels
        ),
        "exclusions": tuple(
            view(each.item, f"{key}.exclusions.{n}", file.at, f"exclusions.{n}.item")
            for n, each in enumerate(plan.exclusions)
        ),
    }


def _assets(book: Book) -> tuple[dict[str, Any], ...]:
    environment = book.account.model.environment
    return tuple(
        {"label": ASSET_LABELS[each.kind].lower(), "count": each.count}
        for each in (environment.assets if environment else ())
        if each.count
    )


KIND = Kind(Proposal, _content)
