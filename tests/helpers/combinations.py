"""Agreements of every kind, law and option, made from two samples by changing facts, and a choice of them for tests.

`python -m tests.helpers.combinations [LAW …]` builds the full product of every kind under these laws, or under all of them
(about twenty minutes per law on one core), prints what is refused, and exits with 1 if anything was.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from contract_assembly.build.pipeline import Draft, draft
from contract_assembly.clauses.choice import specificity
from contract_assembly.clauses.clause import RUNGS
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.outline import OUTLINES
from contract_assembly.facts.price_index import Index
from contract_assembly.facts.registers import Tax
from contract_assembly.facts.renewal_terms import Increase
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import laws_of
from contract_assembly.rules.facts.register_checks import REGIMES

ROOT = Path(__file__).parents[2]
# The laws that clauses were written for, and one for the general clauses of each country.
GENERAL = ("AU-NSW", "CA-ON", "GB-SCT", "US-FL")
CHOSEN = (*GENERAL, "GB-EW", "IE", "US-CA", "US-NY", "US-TX", "US-WI")
LOCALES = {"US": "en-US", "GB": "en-GB", "IE": "en-IE", "CA": "en-CA", "AU": "en-AU"}
CURRENCIES = {"US": "USD", "GB": "GBP", "IE": "EUR", "CA": "CAD", "AU": "AUD"}
TAXES = {"US": "us-sales", "GB": "uk-vat", "IE": "eu-vat", "CA": "ca-gst", "AU": "au-gst"}
# Samples that show whom we contract through in a country, and how its personal data is described.
LOCAL = {"GB": ("brookfield", "2026-support"), "IE": ("liffey", "2026-support")}
ELSEWHERE = ("lakeside", "2027-support")
SAMPLES = {"support": ("acme", "2026-support"), "time-block": ("hudson", "2026-block")}
OPTIONS: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "support": {
        "renewal": ("automatic", "by-agreement"),
        "increase": ("on-notice", "none", "fixed", "index"),
        "billing": ("monthly", "quarterly", "yearly"),
        "setup": (True, False),
        "data": (True, False),
        "backup": (True, False),
        "licences": (True, False),
        "special_terms": (True, False),
        "commitment": (True, False),
        "sector": (None, "health", "finance"),
    },
    "time-block": {
        "order": ("round-then-multiply", "multiply-then-round"),
        "overage": ("stop", "list-rate", "block-rate"),
        "rollover": ("none", "on-topup", "percent"),
        "refund": ("none", "pro-rata", "provider-breach"),
        "proactive_hours": (0, 1),
        "data": (True, False),
        "licences": (True, False),
        "sector": (None, "health"),
    },
}
INCREASES = {
    "on-notice": Increase(),
    "none": Increase(rule="none"),
    "fixed": Increase(rule="fixed", percent=Percent(Decimal(3))),
    "index": Increase(rule="index", series="example-cpi", lag=5, floor=Percent(Decimal(1))),
}
SHARED = Repository(ROOT)
_SLOT = "slot "  # before the name of a slot among the options
Choice = Mapping[str, Any]


class Given(Repository):
    """The repository with other facts for the agreement."""

    given: Any = None

    def inputs(self, _client: str, _agreement: str) -> Any:
        return self.given


def built(kind: str, law: str, choice: Choice) -> tuple[AnyInputs[Any], Draft]:
    """The facts of an agreement with these options, and its finished tree. Raises RefusedError as a build does."""
    inputs = _chosen(_placed(kind, law), choice)
    read = SHARED._bytes, SHARED._digests, SHARED._models, SHARED._listed, SHARED._houses
    repository = Given(ROOT, *read, given=inputs)
    return inputs, draft(repository, *SAMPLES[kind])


def falling_back(slot: str, rung: str) -> Choice:
    """The first covering choice of a support contract, with one rung."""
    return {**covering("support", 2)[0], f"{_SLOT}{slot}": rung}


def whole(kind: str) -> Iterator[Choice]:
    """The full product of a kind's options."""
    names = OPTIONS[kind]
    return (dict(zip(names, values, strict=True)) for values in product(*names.values()))


@cache
def fallbacks(kind: str, law: str) -> dict[str, tuple[str, ...]]:
    """The rungs that a slot has under a law in addition to the usual one. A slot that is usually empty also has its preferred
    clause."""
    entries = [entry for part in SHARED.outline(OUTLINES[kind]).model.parts for entry in part.clauses]  # type: ignore[index]
    heads = [clause.head for clause in SHARED.library()]
    fitting = [head for head in heads if kind in head.kinds and specificity(head.laws, law)]
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        rungs = {head.rung for head in fitting if head.slot == entry.slot} - (set() if entry.optional else {RUNGS[0]})
        found |= {entry.slot: tuple(rung for rung in RUNGS if rung in rungs)} if rungs else {}
    return found


@cache
def with_fallbacks(kind: str) -> tuple[Choice, ...]:
    """Choices in which every pair of options and rungs, under all laws, occurs. A law without a rung uses the usual clause."""
    slots: dict[str, tuple[str, ...]] = {}
    for law in CHOSEN:
        for slot, rungs in fallbacks(kind, law).items():
            slots[slot] = tuple(dict.fromkeys((*slots.get(slot, ("",)), *rungs)))
    return _covering({**OPTIONS[kind], **{f"{_SLOT}{slot}": rungs for slot, rungs in slots.items()}}, 2)


@cache
def covering(kind: str, strength: int) -> tuple[Choice, ...]:
    """Choices that together contain every combination of values of any `strength` options."""
    return _covering(OPTIONS[kind], strength)


def _covering(options: Mapping[str, Sequence[Any]], strength: int) -> tuple[Choice, ...]:
    """Choices found greedily: each starts with a combination that no earlier one has."""
    left = {
        frozenset(zip(names, values, strict=True)): None  # a dict keeps its order
        for names in combinations(options, strength)
        for values in product(*(options[name] for name in names))
    }
    rows: list[Choice] = []
    while left:
        having: dict[tuple[str, Any], list[frozenset[Any]]] = {}
        for each in left:
            for item in each:
                having.setdefault(item, []).append(each)
        row = {*next(iter(left))}
        for name in (each for each in options if each not in dict(row)):
            row.add(
                max(((name, value) for value in options[name]), key=lambda item: _met(having.get(item, ()), row, item))
            )
        rows.append({name: dict(row)[name] for name in options})
        left = {each: None for each in left if not each <= row}
    return tuple(rows)


def _met(left: Sequence[frozenset[Any]], row: set[tuple[str, Any]], item: tuple[str, Any]) -> int:
    wider = {*row, item}
    return sum(each <= wider for each in left)


# ---- the samples under another law


@cache
def _placed(kind: str, law: str) -> AnyInputs[Any]:
    """A sample under another law: the client is based there, and we contract and are paid as usual there."""
    country = law.partition("-")[0]
    sample, local = SHARED.inputs(*SAMPLES[kind]), SHARED.inputs(*LOCAL.get(country, ELSEWHERE))
    there = local.agreement.model
    places = {
        "law": law,
        "locale": LOCALES[country],
        "currency": CURRENCIES[country],
        "tax": Tax(regime=TAXES[country]),
    }
    about = {
        "contacts": _contacts(sample, local, CURRENCIES[country]),
        "data": there.data.model_copy(update={"regime": REGIMES[country]}),
    }
    signs = sample.agreement.model.signatories.model_copy(update={"provider": there.signatories.provider})
    party = sample.client.model.party
    address = party.address.model_copy(update={"country": country})
    client = replace(
        sample.client,
        model=sample.client.model.model_copy(
            update={
                "place": law,
                "party": party.model_copy(update={"address": address, "tax_id": f"{country} 994 0000"}),
            }
        ),
    )
    agreement = replace(
        sample.agreement,
        model=sample.agreement.model.model_copy(
            update={"status": "draft", **places, **about, "signatories": signs, **_priced(sample, country)}
        ),
    )
    laws = laws_of(SHARED, agreement, client)
    moved = {"provider": local.provider, "calendar": local.calendar, "client": client, "agreement": agreement}
    return replace(sample, **moved, law=laws[0], laws=laws)


def _contacts(sample: AnyInputs[Any], local: AnyInputs[Any], currency: str) -> Any:
    """The sample's client contacts, with our local contacts at each step of escalation."""
    ours, theirs = local.agreement.model.contacts, sample.agreement.model.contacts
    limit = Money(Decimal(500), currency)
    changed = {"provider": ours.provider, "client": theirs.client.model_copy(update={"approval_limit": limit})}
    if steps := getattr(theirs, "escalation", ()):
        pairs = zip(steps, ours.escalation, strict=True)
        changed["escalation"] = tuple(step.model_copy(update={"provider": rung.provider}) for step, rung in pairs)
    return theirs.model_copy(update=changed)


def _priced(sample: AnyInputs[Any], country: str) -> dict[str, Any]:
    """The plan's own prices, or a block at a tenth below the rate card."""
    agreed, currency = sample.agreement.model, CURRENCIES[country]
    if agreed.kind == "support":
        return {"fees": agreed.fees.model_copy(update={"prices": ()})}
    role = next(each for each in sample.rates.model.roles if each.role == agreed.block.role)
    rate = next(each for each in role.rate if each.currency == currency) * Decimal("0.9")
    return {"block": agreed.block.model_copy(update={"rate": rate})}


# ---- the options


def _chosen(placed: AnyInputs[Any], choice: Choice) -> AnyInputs[Any]:
    agreed = placed.agreement.model
    off = {"data": None, "licences": (), "backup": None}
    changed = {name: value for name, value in off.items() if not choice.get(name, True)}
    there = fallbacks(agreed.kind, agreed.law)
    asked = {name.removeprefix(_SLOT): rung for name, rung in choice.items() if name.startswith(_SLOT)}
    changed["choose"] = {slot: rung for slot, rung in asked.items() if rung in there.get(slot, ())}
    changed["special_terms"] = ("A ramp is kept free for deliveries.",) if choice.get("special_terms") else ()
    changed |= _of_support(agreed, choice) if agreed.kind == "support" else _of_block(agreed, choice)
    sectors = (choice["sector"],) if choice.get("sector") else ()
    client = replace(placed.client, model=placed.client.model.model_copy(update={"sectors": sectors}))
    if choice.get("increase") == "index":
        placed = replace(placed, index=SHARED.load(Index, "provider/indices/example-cpi.yaml"))
    return replace(placed, client=client, agreement=replace(placed.agreement, model=agreed.model_copy(update=changed)))


def _of_support(agreed: Any, choice: Choice) -> dict[str, Any]:
    fees = {
        "billing": choice["billing"],
        "setup": Money(Decimal(1500), agreed.currency) if choice["setup"] else None,
        "commitment": Duration(12, "month") if choice["commitment"] else None,
        "increase": INCREASES[choice["increase"]],
    }
    term = agreed.term.model_copy(update={"renewal": choice["renewal"]})
    changed = {"term": term, "fees": agreed.fees.model_copy(update=fees)}
    if agreed.renewal and choice["increase"] != "on-notice":  # the rule sets the increase, so the sample plans none
        changed["renewal"] = agreed.renewal.model_copy(update={"increase": None})
    return changed


def _of_block(agreed: Any, choice: Choice) -> dict[str, Any]:
    names = ("order", "overage", "rollover", "refund", "proactive_hours")
    return {"block": agreed.block.model_copy(update={name: choice[name] for name in names})}


def main(laws: Sequence[str]) -> int:
    refused = 0
    for law, kind in product(laws or CHOSEN, OPTIONS):
        for choice in whole(kind):
            try:
                built(kind, law, choice)
            except RefusedError as error:
                refused += 1
                print(kind, law, dict(choice), error)  # noqa: T201
        print(f"{kind} under {law}: {refused} refused so far", flush=True)  # noqa: T201
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
