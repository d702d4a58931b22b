"""The choices of a client at a renewal: the same, what we propose, more, less, or to leave; each with its price and
with what it changes according to the two plans. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.text import did_you_mean, mid_sentence, with_count
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.fields import Model, ProseFact, SlugFact, WholeFact
from contract_assembly.facts.labels import asset_words
from contract_assembly.facts.plan_difference import ABSENT, PlanDifference, differences, sold_again
from contract_assembly.facts.renewal_terms import NextCount, Renewal
from contract_assembly.facts.savings import LongerCommitment, longer
from contract_assembly.facts.template_values import View, leaf
from contract_assembly.letters.renewal_case import RenewalCase
from contract_assembly.letters.year_view import added, chosen
from contract_assembly.renewals.next_prices import NextFees

LETTERS = "ABCDEFG"
SHOWN = 2  # points of a plan, on each side, that the letter itself shows


class Alternative(Model):
    """Another scope that the letter offers: `what` is its name, `effect` a remark by the writer. The other fields are
    its differences from the current scope: a plan, counts, lines that end, and recommendations of service.yaml by id,
    whose monthly price is added."""

    what: ProseFact
    effect: ProseFact | None = None
    plan: SlugFact | None = None
    users: WholeFact | None = None
    assets: tuple[NextCount, ...] = ()
    ended: tuple[SlugFact, ...] = ()
    recommendations: tuple[SlugFact, ...] = ()


def as_it_is(case: RenewalCase) -> NextFees:
    """The fees of the renewal under the same plan and lines, with the numbers planned for it. Raises RefusedError if it
    has no price."""
    meant = case.agreed.renewal
    if meant is None or not _proposes(meant):
        return _priced(case.plan.fees, case)
    return _priced(case.fees_meaning(plan=None, ended=(), commitment=None), case)


def same_scope(case: RenewalCase) -> Money:
    """The fee of the renewal if nothing is done: the present plan, lines and numbers at the new prices. Users and
    devices are added only on request (clause changes). Raises RefusedError if it has no price."""
    return _priced(case.fees_meaning(plan=None, ended=(), users=None, assets=(), commitment=None), case).new


def longer_commitments(case: RenewalCase, base: NextFees) -> tuple[LongerCommitment, ...]:
    """The price of each longer commitment of the rate card, for the same scope and numbers in the next term."""
    agreed = case.agreed.fees.commitment
    months = max(case.agreed.term.renewal_length.months, agreed.months if agreed else 0)

    def fee(length: Duration, _discount: Percent) -> Money:
        return _priced(case.fees_meaning(plan=None, ended=(), commitment=length), case).new

    return tuple(longer(case.inputs.rates.model, months, base.new, fee))


def _proposes(meant: Renewal) -> bool:
    """Whether something is planned for the next term that needs a signature."""
    return bool(meant.plan or meant.ended or meant.commitment)


def options(case: RenewalCase, base: NextFees, alternatives: Mapping[str, Alternative | None]) -> tuple[View, ...]:
    """Every option with its letter: same, proposed, those offered, leave. Raises RefusedError with every problem."""
    problems: list[Problem] = []
    found: list[dict[str, Any]] = [_option("same", base.new)]
    meant = case.agreed.renewal
    if meant and _proposes(meant):
        new = _priced(case.plan.fees, case).new
        found.append({**_option("proposed", new), **_changed(case), **_points(case, meant.plan), **_own(new, base)})
    for name, each in alternatives.items():
        if each:
            problems += _unknown(case, name, each)
            problems += _sold_again(case, name, each)
            found += [] if problems else [_alternative(case, name, each, base, problems)]
    if problems:
        raise RefusedError(problems)
    found.append(_option("leave", None))
    return tuple(
        leaf({**each, "letter": LETTERS[n]}, f"options.{n}", case.issued.at(str(each["kind"])))
        for n, each in enumerate(found)
    )


def _option(kind: str, monthly: Money | None, once: Money | None = None) -> dict[str, Any]:
    yearly = monthly * 12 if monthly else None
    return {"kind": kind, "monthly": monthly, "yearly": yearly, "once": once if once and once.amount else None}


def _changed(case: RenewalCase) -> dict[str, Any]:
    meant, plans = case.agreed.renewal, case.context.plans
    labels = {line.id: line.label for line in case.inputs.plan.model.prices}
    ended = tuple(labels.get(each, each) for each in meant.ended) if meant else ()
    plan = plans[meant.plan].name if meant and meant.plan else None
    return {"plan": plan, "ended": ended, "commitment": meant.commitment if meant else None}


def plan_differences(case: RenewalCase, alternatives: Mapping[str, Alternative | None]) -> dict[str, Any]:
    """Every point in which the other plans that are offered differ from the client's own. `plans` are their names, with the work
    that comes (`adds`) and goes (`drops`); each of `points` has what the client has now, and what it would have with each of
    them, except of work that they all have alike or not at all. Points of one family share a row."""
    meant = case.agreed.renewal
    asked = [meant.plan if meant else None, *(each.plan for each in alternatives.values() if each)]
    known = [name for name in asked if name and name in case.context.plans]
    found = {case.context.plans[name].name: _differences(case, name) for name in known}
    offered = {name: {each.what: each for each in points} for name, points in found.items() if points}
    now = {each.what: each.now for points in offered.values() for each in points.values()}
    cells = {what: (has, *(p[what].then if what in p else has for p in offered.values())) for what, has in now.items()}
    binary = {what for what, row in cells.items() if ABSENT in row and len(set(row)) == 2}  # it or nothing
    plans = tuple(_added_and_dropped(name, tuple(points.values())) for name, points in offered.items())
    rest = {what: row for what, row in cells.items() if what not in binary}
    return {"plans": plans, "points": tuple(_rows(rest, {w: e for p in offered.values() for w, e in p.items()}))}


def _added_and_dropped(name: str, points: tuple[PlanDifference, ...]) -> dict[str, Any]:
    return {
        "name": name,
        "adds": tuple(mid_sentence(each.what) for each in points if each.now == ABSENT),
        "drops": tuple(mid_sentence(each.what) for each in points if each.then == ABSENT),
    }


def _rows(cells: Mapping[str, tuple[str, ...]], points: Mapping[str, PlanDifference]) -> Iterator[dict[str, Any]]:
    """The rows of the table; those of a family as one, at the place of its first."""
    families: dict[str, list[str]] = {}
    for what in cells:
        families.setdefault(points[what].family or what, []).append(what)
    for family, members in families.items():
        alone = len(members) == 1
        columns = [
            "; ".join((column[0], *map(mid_sentence, column[1:])))
            for column in zip(*(cells[what] for what in members), strict=True)
        ]
        what = members[0] if alone else f"{family}: {'; '.join(points[each].member for each in members)}"
        yield {"what": what, "now": columns[0], "then": tuple(columns[1:])}


def _differences(case: RenewalCase, name: str | None) -> tuple[PlanDifference, ...]:
    """None from a contract on other paper: what it promises is in its PDF, not in the plan."""
    own, plans = case.inputs.plan.model, case.context.plans
    if case.agreed.origin == "elsewhere":
        return ()
    return differences(own, plans[name], case.context.calendar) if name and name in plans else ()


def _points(case: RenewalCase, name: str | None) -> dict[str, Any]:
    """What a plan adds and removes, in the words of the two plans; points that merely differ are in neither list."""
    found = _differences(case, name)
    sides = {side: tuple(each.phrase for each in found if each.side == side) for side in ("more", "less")}
    return {**sides, **{f"{side}_left": max(0, len(sides[side]) - SHOWN) for side in sides}, "compared": bool(found)}


def _own(price: Money | None, base: NextFees) -> dict[str, Any]:
    """How much more or less an option costs than renewing."""
    change = price.amount - base.new.amount if price else Decimal(0)
    return {
        "own_direction": "up" if change > 0 else "down" if change < 0 else "same",
        "own_difference": Money(abs(change), base.new.currency),
    }


def _sold_again(case: RenewalCase, name: str, each: Alternative) -> Iterator[Problem]:
    """The writer's remark may only offer what the client does not have yet."""
    own, plans = case.inputs.plan.model, case.context.plans
    new = plans.get(each.plan or case.agreed.plan)
    found = sold_again(each.effect, own, new) if each.effect and new else None
    if found:
        what = f"{name}: the client’s plan, {own.name}, has this already: {found.task} ({found.frequency})"
        hint = "leave it out: the letter itself lists what differs between the two plans"
        yield Problem("sells-what-is-there", what, case.issued.at(f"{name}.effect"), hint)


def _alternative(
    case: RenewalCase, name: str, each: Alternative, base: NextFees, problems: list[Problem]
) -> dict[str, Any]:
    asked = {"plan": each.plan, "ended": each.ended, "prices": (), "commitment": None}
    asked |= {"users": each.users} if each.users is not None else {}
    asked |= {"assets": each.assets} if each.assets else {}
    plan = case.meaning(**asked)
    before = set(case.plan.problems)
    problems += [replace(p, origin=case.issued.at(name)) for p in errors(plan.problems) if p not in before]
    monthly, once = added(chosen(case, each.recommendations), case.agreed.currency)
    price = _priced(plan.fees, case).new + monthly if plan.fees else None
    items = tuple(one.what for one in chosen(case, each.recommendations))
    made = {
        **_option(name, price, once),
        "what": each.what,
        "effect": each.effect,
        "scope": _scope(case, each),
        "added": items,
    }
    return {**made, **_points(case, each.plan), **_own(price, base)}


def _scope(case: RenewalCase, each: Alternative) -> tuple[str, ...]:
    """Other numbers and lines that end, in words."""
    labels = {line.id: line.label for line in case.inputs.plan.model.prices}
    users = [with_count(each.users, "user")] if each.users is not None else []
    counts = [f"{one.count} {asset_words(one.kind, one.count)}" for one in each.assets]
    return (*users, *counts, *(f"without {labels.get(one, one)}" for one in each.ended))


def _unknown(case: RenewalCase, name: str, each: Alternative) -> Iterator[Problem]:
    service = case.context.service
    known = [one.id for one in service.model.recommendations] if service else []
    for n, one in enumerate(each.recommendations):
        if one not in known:
            what = f"{name}: {one} is not a recommendation in service.yaml"
            origin = case.issued.at(f"{name}.recommendations.{n}")
            yield Problem("unknown-recommendation", what, origin, did_you_mean(one, known))


def _priced(fees: NextFees | None, case: RenewalCase) -> NextFees:
    if fees is None:
        what = "the next term has no price"
        raise RefusedError([Problem("no-price", what, case.issued.at(), "build.py renew lists what blocks it")])
    return fees
