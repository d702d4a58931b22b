"""The agreement of the next term, made from the file of the one that ends; comments and order are kept. Pure.

The changes are id, version, status, `renews`, the term's days, and the intentions under `renewal:` (plan, commitment,
counts, prices, lines). What belongs to one term is left out: setup fee, one-off lines, discounts, price steps, the
prepaid block that it replaced and the credit for its hours, confirmations, notices, an early end, `renewal:` itself. The
rest is carried over."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.values import DateRange, Money, last_day
from contract_assembly.facts.agreed_lines import counts, in_currency
from contract_assembly.renewals.carried_changes import carried_into
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.continued_lines import continued
from contract_assembly.renewals.line_edits import line_edits
from contract_assembly.renewals.next_prices import NextFees, NextLine
from contract_assembly.renewals.next_scope import ended_classes, next_counts, next_length, next_plan
from contract_assembly.renewals.plan import RenewalPlan
from contract_assembly.repository.yaml_editor import Changes, apply, flow, indent_of, is_in_brackets

Path = tuple[str | int, ...]
ONE_TERM: tuple[Path, ...] = (
    ("fees", "setup"),
    ("fees", "setup_instalments"),
    ("fees", "credit"),
    ("fees", "discounts"),
    ("fees", "steps"),
    ("converts",),
    ("confirmations",),
    ("notices",),
    ("ended",),
    ("renewal",),
    ("open",),
    ("origin",),
)


class _Price(Struct, frozen=True):
    """A price in the next agreement itself, and how it was computed, in words."""

    line: str
    price: Money
    discounted: bool
    why: str


def next_agreement(text: str, context: RenewalContext, plan: RenewalPlan) -> str:
    """The text of `agreement.yaml` for the next term. Raises RefusedError if the term or a line cannot be written."""
    fees, following = plan.fees, plan.next_term
    if fees is None or following is None or errors(plan.problems):
        raise RefusedError(plan.problems)
    text, context = carried_into(text, context)
    if wrong := tuple(_in_braces(text, context)):
        raise RefusedError(wrong)
    pinned = {each.line: each for each in _prices(context, fees)}
    values = _scalars(context, plan, following)
    lines: dict[Path, Sequence[str]] = {}
    if ("renews",) not in values:
        lines[("version",)] = (
            f"renews: {context.name}    # the agreement of the term before; comments were copied from it",
        )
    dropped = [
        *(each for each in ONE_TERM if each != ("open",) or context.agreed.origin == "here"),
        ("term", "last_day" if ("term", "length") in values else "length"),
        *_assets(context, values, lines, text),
        *_pricing(context, text, pinned, values, lines),
        *_own_lines(context, fees, values),
    ]
    return apply(text, Changes(values, dropped, lines), context.inputs.agreement.at())


def _scalars(context: RenewalContext, plan: RenewalPlan, following: DateRange) -> dict[Path, str]:
    agreed = context.agreed
    values: dict[Path, str] = {
        ("id",): _next_id(agreed.id, agreed.term.first_day.year, following.first.year),
        ("version",): "1",
        ("status",): "draft",
        ("term", "first_day"): following.first.isoformat(),
    }
    name, value = _end_of(context, following)
    values[("term", name)] = value
    if agreed.renews:
        values[("renews",)] = context.name
    meant = agreed.renewal
    if meant and meant.plan:
        values[("plan",)] = meant.plan
    if meant and meant.commitment and agreed.fees.commitment:
        values[("fees", "commitment")] = meant.commitment.text
    if meant and meant.users is not None:
        values[("coverage", "users")] = str(meant.users)
    return values


def _end_of(context: RenewalContext, following: DateRange) -> tuple[str, str]:
    """How the next term ends: `length`, or `last_day` if it is not a number of whole months, such as 1 March to 30
    August after a term that began on 31 August."""
    length = next_length(context.agreed)
    if last_day(following.first, length.months) == following.last:
        return "length", length.text
    return "last_day", following.last.isoformat()


def _next_id(label: str, before: int, year: int) -> str:
    """The year in an id becomes that of the next term, or is added: NL-2026-0042 is followed by NL-2027-0042."""
    changed = re.sub(rf"(?<!\d){before}(?!\d)", str(year), label, count=1)
    return changed if changed != label else f"{label}-{year}"


# ---- what it covers


def _assets(
    context: RenewalContext, values: dict[Path, str], lines: dict[Path, Sequence[str]], text: str
) -> Iterator[Path]:
    """Quantities of the next term; a class that it no longer covers is removed."""
    agreed, then = context.agreed, next_counts(context.inputs)
    gone = ended_classes(context)
    had = {each.kind: n for n, each in enumerate(agreed.coverage.assets)}
    for kind, n in had.items():
        if kind in gone:
            yield ("coverage", "assets", n)
        elif then[kind] != agreed.coverage.assets[n].count:
            values[("coverage", "assets", n, "count")] = str(then[kind])
    more = [kind for kind in then if kind not in {*had, *counts(agreed), *gone}]
    if more:
        pad = " " * indent_of(text, ("coverage", "assets"))
        lines[("coverage", "assets")] = [f"{pad}- {flow({'kind': each, 'count': str(then[each])})}" for each in more]


def _in_braces(text: str, context: RenewalContext) -> Iterator[Problem]:
    """Problems with parts that need new lines, but are written on one line."""
    for path in (("fees",), ("coverage", "assets")):
        if is_in_brackets(text, path):
            where = ".".join(path)
            what, hint = (
                f"{where} is written in brackets, and needs new lines",
                "write each entry on a separate line",
            )
            yield Problem("line-form", what, context.at(where), hint)


# ---- prices


def _prices(context: RenewalContext, fees: NextFees) -> Iterator[_Price]:
    """Every line whose price in the next term differs from that in today's plan."""
    agreed, listed = context.agreed, {each.id: each for each in next_plan(context).prices}
    own = {each.line: each for each in agreed.fees.prices}
    tiered = _tiered(context)
    asked = {each.line for each in agreed.renewal.prices} if agreed.renewal else set()
    for each in fees.lines:
        if not each.new_quantity or each.new_price is None or each.id not in listed or each.id in tiered:
            continue
        list_price = in_currency(listed[each.id].price, agreed.currency)
        if each.id in own or each.id in asked or each.new_price != list_price:
            kept = each.id in own and own[each.id].discounted and each.id not in asked
            yield _Price(each.id, each.new_price, each.discount is not None or kept, _why(each, fees))


def _tiered(context: RenewalContext) -> set[str]:
    """The lines of the plan whose price of the agreement's own has tiers, which the next term keeps."""
    meant = context.agreed.renewal
    if meant and meant.plan and meant.plan != context.agreed.plan:
        return set()
    gone = set(meant.ended) if meant else set()
    return {each.line for each in context.agreed.fees.prices if each.tiers} - gone


def _why(line: NextLine, fees: NextFees) -> str:
    if line.old_price is None or line.new_price is None:
        return "new in this term"
    if line.old_price == line.new_price:
        return f"{_plain(line.old_price)} before, unchanged"
    steps = f": {'; '.join(fees.rise.steps)}" if fees.rise and fees.rise.steps else ""
    return f"{_plain(line.old_price)} before{steps}"


def _pricing(
    context: RenewalContext,
    text: str,
    pinned: Mapping[str, _Price],
    values: dict[Path, str],
    lines: dict[Path, Sequence[str]],
) -> Iterator[Path]:
    """Set the agreement's own prices, add missing ones, drop those of lines that end; comments say why. Yields the
    paths to drop."""
    tiered = _tiered(context)
    own = {each.line: n for n, each in enumerate(context.agreed.fees.prices)}
    at: Path = ("fees", "prices")
    kept = own.keys() & (pinned.keys() | tiered)
    rewritten = bool(own) and (not kept or (is_in_brackets(text, at) and not tiered))
    if rewritten:
        yield at
        own = {}
    for name, n in own.items():
        if name in tiered:
            continue  # its tiers are set with the agreement's own lines
        if name not in pinned:
            yield (*at, n)
            continue
        values[(*at, n, "price")] = _plain(pinned[name].price)
        if context.agreed.fees.prices[n].discounted != pinned[name].discounted:
            values[(*at, n, "discounted")] = "yes" if pinned[name].discounted else "no"
    pad = " " * indent_of(text, at)
    entries = [f"{pad}# {each.line}: {each.why}" for each in pinned.values()]
    entries += [f"{pad}- {flow(_entry(each))}" for name, each in pinned.items() if name not in own]
    if own:
        lines[at] = entries
    elif entries:
        lines[("fees",)] = [f"{' ' * indent_of(text, ('fees',))}prices:", *entries]
    meant = context.agreed.renewal
    if meant and meant.commitment and not context.agreed.fees.commitment:
        added = f"{' ' * indent_of(text, ('fees',))}commitment: {meant.commitment.text}"
        lines[("fees",)] = [*lines.get(("fees",), ()), added]


def _own_lines(context: RenewalContext, fees: NextFees, values: dict[Path, str]) -> Iterator[Path]:
    """Set the lines of the agreement's own that continue, at their new prices, and drop those that end."""
    percent = fees.rise.percent if fees.rise else Decimal(0)
    new_values, dropped = line_edits(context.agreed, continued(context.inputs, percent).agreement.model)
    values |= new_values
    yield from dropped


def _entry(each: _Price) -> dict[str, str]:
    return {"line": each.line, "price": _plain(each.price), **({"discounted": "yes"} if each.discounted else {})}


def _plain(money: Money) -> str:
    return f"{money.amount:f} {money.currency}"
