"""The proposal of a support contract to a client with a prepaid block: its figures compared with each plan, and the
terms."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from msgspec.structs import asdict

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import Book, closed_on, used_by_day, within
from contract_assembly.blocks.forecast import MONTH, Pace
from contract_assembly.blocks.loader import plans
from contract_assembly.blocks.outside_work import OutsideWork, wrong_plans
from contract_assembly.blocks.plan_comparison import PlanComparison, PricedPlan, plan_lines
from contract_assembly.blocks.settlement import credit
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import Duration, Money, Percent, total
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fees import discount_for
from contract_assembly.facts.fields import DateFact, DurationFact, Located, Model, MoneyFact, PercentFact, SlugFact
from contract_assembly.facts.labels import asset_words
from contract_assembly.facts.savings import longer
from contract_assembly.facts.template_values import View, bare, leaf, view
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
    """A plan, by id, and its monthly fee, which will be that of the contract; with the discount of the rate card for
    `commitment`."""

    plan: SlugFact
    fee: MoneyFact
    commitment: DurationFact | None = None


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
    comparison = comparison_at(repository, found.book, asked.date, commitments(asked))
    _check(found.book, issued, comparison, wrong_plans(found.book, plans(repository)))
    offered = [next(each for each in comparison.plans if each.plan == offer.plan) for offer in asked.plans]
    facts: dict[str, View] = {
        "use": leaf(use_view(found.book, asked.date, comparison), "use", issued.at("ledger")),
        "offer": leaf(offer_view(repository, found.book, issued, comparison, offered), "offer", issued.at("plans")),
    }
    sources = tuple(f"provider/plans/{name}.yaml" for name in repository.names("provider/plans", ".yaml"))
    return Content(facts, sources, pinned=found.pinned)


def commitments(asked: Proposal) -> dict[str, Duration | None]:
    """The commitments that a proposal offers, by plan."""
    return {each.plan: each.commitment for each in asked.plans}


def _check(book: Book, issued: Located[Proposal], comparison: PlanComparison, slips: Iterable[Problem]) -> None:
    """Raise RefusedError if a proposal could not become a contract with a credit, or compares different work."""
    if problems := [*slips, *_plans(book, issued, comparison), *_unsorted(book, comparison), *_days(book, issued)]:
        raise RefusedError(problems)


def _plans(book: Book, issued: Located[Proposal], comparison: PlanComparison) -> Iterator[Problem]:
    """Problems with plans that are not sold for the whole scope at the offered fee."""
    known = {each.plan: each for each in comparison.plans}
    for n, offer in enumerate(issued.model.plans):
        yield from _commitment(book, issued, n)
        if offer.plan not in known:
            what = f"{offer.plan} is not a plan with a price for the whole scope"
            yield Problem("unknown-plan", what, issued.at(f"plans.{n}.plan"), did_you_mean(offer.plan, known))
        elif (fee := known[offer.plan].fee) != offer.fee:
            what = f"{offer.plan} is offered for {offer.fee.amount} and costs {fee.amount} {fee.currency} a month"
            hint = "issue a new proposal; a sent one stays as it is"
            yield Problem("price-changed", what, issued.at(f"plans.{n}.fee"), hint)
    if not issued.model.plans:
        yield Problem("unknown-plan", "no plan is offered", issued.at("plans"), "name at least one")


def _unsorted(book: Book, comparison: PlanComparison) -> Iterator[Problem]:
    """Problems with unsorted tasks. A comparison that counts work as covered although a plan leaves it out would
    promise a saving that does not exist."""
    if comparison.unsorted:
        what = f"not sorted into what a plan covers and what it leaves out: {'; '.join(comparison.unsorted)}"
        hint = "write each task below outside: or inside: in account.yaml"
        yield Problem("unsorted-work", what, book.account.at("outside"), hint)


def _days(book: Book, issued: Located[Proposal]) -> Iterator[Problem]:
    """Problems with an offer or a contract outside the time in which there are hours to credit."""
    asked, at = issued.model, issued.at
    if not asked.date < asked.valid_until <= asked.first_day:
        what = "the offer must end after its own day, and by the day on which the contract would begin"
        yield Problem("offer-days", what, at("valid_until"), "put the days in order")
    if (closed := closed_on(book)) and asked.date >= closed:
        what = f"the block ended on {closed}: no hours are left to credit"
        yield Problem("offer-days", what, at("date"), "offer a support contract as to a new client")
    window, expiry = book.block.conversion_window, state(book, asked.date).expiry
    if not within(asked.first_day, asked.valid_until, window):
        what = f"accepted on the last day, the contract would begin over {window.count} {window.unit}s later, without a credit"
        yield Problem("offer-days", what, at("first_day"), "begin earlier, or keep the offer open longer")
    if expiry and asked.valid_until > expiry:
        what = f"hours expire on {expiry}, before the offer ends: a later acceptance brings no credit"
        yield Problem("offer-days", what, at("valid_until"), f"end the offer by {expiry}")


def _commitment(book: Book, issued: Located[Proposal], n: int) -> Iterator[Problem]:
    """Problems with a discount for a commitment that is not on the rate card or longer than the term."""
    length, terms, rates = issued.model.plans[n].commitment, issued.model.terms, book.inputs.rates.model
    if length is None:
        return
    at = issued.at(f"plans.{n}.commitment")
    if discount_for(rates, length) is None:
        what = f"the rate card has no discount for {length.count} {length.unit}s"
        known = ", ".join(f"{each.length.count} {each.length.unit}s" for each in rates.commitments) or "none"
        yield Problem("unknown-commitment", what, at, f"known here: {known}; see {book.inputs.rates.at().path}")
    elif terms.length.months < length.months:
        what = f"a commitment of {length.count} {length.unit}s, and a term of {terms.length.count} {terms.length.unit}s"
        yield Problem("commitment-term", what, at, "make terms: length: as long as the commitment")


def use_view(book: Book, day: date, comparison: PlanComparison) -> dict[str, Any]:
    """The use of hours by calendar month, and in an average month; what was used before the ledger began is in neither."""
    months: dict[date, Decimal] = {}
    began = book.ledger.opened or date.min
    for each, minutes in used_by_day(book, day).items():
        if each <= began:
            continue
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
    repository: Repository, book: Book, issued: Located[Proposal], comparison: PlanComparison, offered: list[PricedPlan]
) -> dict[str, Any]:
    """The plans offered, each compared with the block; the basis of the comparison; and the value of unused hours."""
    found = {each.id: each for each in plans(repository)}
    now, worth = state(book, issued.model.date), credit(book, state(book, issued.model.date), "left")
    views = [
        {
            **_plan_view(repository, each, found[each.plan], n),
            "commitments": _longer(book, issued, each, found[each.plan]),
        }
        for n, each in enumerate(offered)
    ]
    first = {each.item for each in found[offered[0].plan].exclusions}
    for each in views:
        items = {str(bare(one)): one for one in each["exclusions"]}
        each |= _other_work(found[offered[0].plan], found[each["id"]])
        said = {task.casefold() for task in each["not_done"]}
        each["also_out"] = tuple(e for text, e in items.items() if text not in first and text.casefold() not in said)
        each["in_again"] = tuple(sorted(first - items.keys()))
    return {
        "terms": view(issued.model.terms, "offer.terms", issued.at, "terms"),
        "first_day": issued.model.first_day,
        "valid_until": issued.model.valid_until,
        "plans": tuple(views),
        "dearer": all(each.cheaper == "block" for each in offered),
        "commitments": any(each["commitments"] for each in views),
        "outside": _outside(offered),
        "covered": covered(book),
        "assets": _assets(book),
        "lacking": book.block.not_included,
        "credit": worth,
        "credit_any": bool(now.balance) and bool(worth.amount),
        "credit_expected": _expected(worth, comparison.pace, now, issued.model.first_day - timedelta(days=1)),
        "early": comparison.pace.early,
    }


def _other_work(first: Plan, plan: Plan) -> dict[str, Any]:
    """The work of a plan compared with that of the plan listed first: by task, not by how often it is done."""
    before, after = ([each.task for each in one.services] for one in (first, plan))
    lost, gained = (tuple(e for e in a if e not in b) for a, b in ((before, after), (after, before)))
    return {"not_done": lost, "also_done": gained}


def _outside(offered: list[PricedPlan]) -> tuple[dict[str, Any], ...]:
    """The work that plans leave out, by what of their exclusions it falls under, with the names of those plans."""
    names: dict[OutsideWork, list[str]] = {}
    for plan in offered:
        for each in plan.outside:
            names.setdefault(each, []).append(plan.name)
    groups: dict[tuple[str, tuple[str, ...]], list[OutsideWork]] = {}
    for each, found in names.items():
        groups.setdefault((each.item, tuple(found)), []).append(each)
    return tuple(
        {
            "item": item,
            "plans": found,
            "everywhere": len(offered) > 1 and len(found) == len(offered),
            "tasks": tuple({**asdict(each), "same": each.task.casefold() == item.casefold()} for each in tasks),
            "hours": sum((each.hours for each in tasks), Decimal(0)),
            "cost": total((each.cost for each in tasks), tasks[0].cost.currency),
        }
        for (item, found), tasks in groups.items()
    )


def _expected(worth: Money, rhythm: Pace, now: BookState, day: date) -> Money:
    """The credit for the hours that will be left on a day at the current pace, in proportion to today's credit and
    balance."""
    left = max(now.balance - rhythm.month / MONTH * (day - now.on).days, Decimal(0))
    return Money(worth.amount * left / now.balance, worth.currency).rounded() if now.balance else worth


def _longer(book: Book, issued: Located[Proposal], each: PricedPlan, plan: Plan) -> tuple[dict[str, Any], ...]:
    """The price of the plan with each longer commitment."""
    terms = issued.model.terms

    def fee(length: Duration, _discount: Percent) -> Money:
        return total((line.amount for line in plan_lines(book, plan, length)), each.fee.currency)

    return tuple(map(asdict, longer(book.inputs.rates.model, terms.length.months, each.fee, fee)))


def _plan_view(repository: Repository, each: PricedPlan, plan: Plan, place: int) -> dict[str, Any]:
    file, key = repository.load(Plan, f"provider/plans/{plan.id}.yaml"), f"plan.{place}"
    levels = plan.service_levels.priorities
    return {
        "id": each.plan,
        "name": each.name,
        "lines": tuple(
            {name: getattr(line, name) for name in ("label", "quantity", "price", "discount", "amount")}
            for line in each.lines
        ),
        "fee": each.fee,
        "difference": Money(abs(each.difference.amount), each.difference.currency),
        "cheaper": each.cheaper,
        "breakeven": each.breakeven,
        "outside_hours": each.outside_hours,
        "outside_cost": each.outside_cost,
        "total": each.total,
        "discount": next((line.discount for line in each.lines if line.discount), None),
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
        {"label": asset_words(each.kind, each.count), "count": each.count}
        for each in (environment.assets if environment else ())
        if each.count
    )


KIND = Kind(Proposal, _content)
