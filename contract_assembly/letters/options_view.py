"""The choices of a client at a renewal: the same, what we propose, more, less, or to leave. Each with its price. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.fields import Model, ProseFact, SlugFact, WholeFact
from contract_assembly.facts.renewal_terms import NextCount, Renewal
from contract_assembly.facts.savings import LongerCommitment, longer
from contract_assembly.facts.template_values import View, leaf
from contract_assembly.letters.renewal_case import Case
from contract_assembly.letters.year_view import added, chosen
from contract_assembly.renewals.next_prices import NextFees

LETTERS = "ABCDEFG"


class Alternative(Model):
    """Another scope that the letter offers: `what` it is called, its `effect`, and how it differs from what renews: a plan,
    counts, lines that end, recommendations of service.yaml by id, whose monthly price is added."""

    what: ProseFact
    effect: ProseFact
    plan: SlugFact | None = None
    users: WholeFact | None = None
    assets: tuple[NextCount, ...] = ()
    ended: tuple[SlugFact, ...] = ()
    recommendations: tuple[SlugFact, ...] = ()


def as_it_is(case: Case) -> NextFees:
    """The fees of the renewal if no one does anything: the same plan and lines. Raises RefusedError where it has no price."""
    meant = case.agreed.renewal
    if meant is None or not _proposes(meant):
        return _priced(case.plan.fees, case)
    return _priced(case.meaning(plan=None, ended=(), commitment=None).fees, case)


def longer_commitments(case: Case, base: NextFees) -> tuple[LongerCommitment, ...]:
    """What a longer commitment of the rate card would cost for the same scope and numbers in the next term."""
    agreed = case.agreed.fees.commitment
    months = max(case.agreed.term.renewal_length.months, agreed.months if agreed else 0)

    def fee(length: Duration, _discount: Percent) -> Money:
        return _priced(case.meaning(plan=None, ended=(), commitment=length).fees, case).new

    return tuple(longer(case.inputs.rates.model, months, base.new, fee))


def _proposes(meant: Renewal) -> bool:
    """Whether something is meant for the next term that only a signature brings."""
    return bool(meant.plan or meant.ended or meant.commitment)


def options(case: Case, base: NextFees, alternatives: Mapping[str, Alternative | None]) -> tuple[View, ...]:
    """Every option with its letter: same, proposed, those offered, leave. Raises RefusedError with every problem."""
    problems: list[Problem] = []
    found = [_option("same", base.new)]
    meant = case.agreed.renewal
    if meant and _proposes(meant):
        found.append({**_option("proposed", _priced(case.plan.fees, case).new), **_changed(case)})
    for name, each in alternatives.items():
        if each:
            problems += _unknown(case, name, each)
            found += [] if problems else [_alternative(case, name, each, problems)]
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


def _changed(case: Case) -> dict[str, Any]:
    meant, plans = case.agreed.renewal, case.context.plans
    labels = {line.id: line.label for line in case.inputs.plan.model.prices}
    ended = tuple(labels.get(each, each) for each in meant.ended) if meant else ()
    plan = plans[meant.plan].name if meant and meant.plan else None
    return {"plan": plan, "ended": ended, "commitment": meant.commitment if meant else None}


def _alternative(case: Case, name: str, each: Alternative, problems: list[Problem]) -> dict[str, Any]:
    asked = {"plan": each.plan, "ended": each.ended, "prices": (), "commitment": None}
    asked |= {"users": each.users} if each.users is not None else {}
    asked |= {"assets": each.assets} if each.assets else {}
    plan = case.meaning(**asked)
    before = set(case.plan.problems)
    problems += [replace(p, origin=case.issued.at(name)) for p in errors(plan.problems) if p not in before]
    monthly, once = added(chosen(case, each.recommendations), case.agreed.currency)
    price = _priced(plan.fees, case).new + monthly if plan.fees else None
    return {**_option(name, price, once), "what": each.what, "effect": each.effect}


def _unknown(case: Case, name: str, each: Alternative) -> Iterator[Problem]:
    service = case.context.service
    known = [one.id for one in service.model.recommendations] if service else []
    for n, one in enumerate(each.recommendations):
        if one not in known:
            what = f"{name}: {one} is not a recommendation in service.yaml"
            origin = case.issued.at(f"{name}.recommendations.{n}")
            yield Problem("unknown-recommendation", what, origin, did_you_mean(one, known))


def _priced(fees: NextFees | None, case: Case) -> NextFees:
    if fees is None:
        what = "the next term has no price"
        raise RefusedError([Problem("no-price", what, case.issued.at(), "build.py renew lists what blocks it")])
    return fees
