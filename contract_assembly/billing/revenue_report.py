"""Revenue as text for a terminal, as data for JSON, and as rows for a spreadsheet. Pure; `cli` prints them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

from contract_assembly.billing.revenue import Revenue, fees_of
from contract_assembly.billing.revenue_lines import WHYS, Movement, RevenueLine, Why, by_currency, yearly_by_currency
from contract_assembly.billing.shares import recurring_share, tenth
from contract_assembly.core.csv_tables import table
from contract_assembly.core.text import with_count

By = Literal["plan", "client", "month"]
HEAD = (
    "client",
    "agreement",
    "plan",
    "line",
    "label",
    "quantity",
    "unit_price",
    "monthly",
    "yearly",
    "currency",
    "source",
)
_KEYS: Mapping[str, Callable[[RevenueLine], str]] = {"plan": lambda each: each.plan, "client": lambda each: each.client}
REASONS: Mapping[Why, str] = {
    "new": "new contracts", "more": "larger counts, new lines", "less": "smaller counts, lines ended",
    "price": "prices", "ended": "contracts ended",
}  # fmt: skip


def as_text(found: Revenue, by: By | None, *, explain: bool) -> str:
    """The figures, one paragraph for each question."""
    parts = [_recurring(found, explain=explain)]
    if by:
        parts.append(_grouped(found, by))
    if found.since:
        parts.append(_movements(found, explain=explain))
    parts += [
        part
        for part in (
            _contracted(found, explain=explain),
            _renewals(found),
            _shares(found, explain=explain),
            _better(found),
        )
        if part
    ]
    if found.waiting:
        lines = [f"  {currency} {amount:,} a month" for currency, amount in by_currency(found.waiting).items()]
        parts.append(
            "\n".join(
                ["Sent, not signed (counted nowhere above)", *lines, *(_explained(found.waiting) if explain else ())]
            )
        )
    return "\n\n".join(parts)


def _recurring(found: Revenue, *, explain: bool) -> str:
    sums, years = by_currency(found.lines), yearly_by_currency(found.lines)
    rows = [f"  {currency} {amount:>14,} a month {years[currency]:>16,} a year" for currency, amount in sums.items()]
    clients = len({each.client for each in found.lines})
    head = f"Recurring on {found.on}: {with_count(clients, 'client')}"
    return "\n".join([head, *(rows or ["  nothing"]), *(_explained(found.lines) if explain else ())])


def _explained(lines: Iterable[RevenueLine]) -> Iterator[str]:
    for each in lines:
        yield f"    {each.client}/{each.agreement}  {each.label}: {each.working}"
        yield f"      from {each.origin}"


def _grouped(found: Revenue, by: By) -> str:
    rows = [f"  {name:24} {currency} {amount:>14,} a month" for name, currency, amount, _ in grouped(found, by)]
    return "\n".join([f"By {by}", *(rows or ["  nothing"])])


def grouped(found: Revenue, by: By) -> Iterator[tuple[str, str, Decimal, Decimal]]:
    """A month's and a year's fees by plan, client, or at the end of each month, and by currency."""
    groups = {str(day): sums for day, sums in found.months.items()}
    if by != "month":
        listed: dict[str, list[RevenueLine]] = {}
        for each in found.lines:
            listed.setdefault(_KEYS[by](each), []).append(each)
        groups = {name: fees_of(listed[name]) for name in sorted(listed)}
    for name, sums in groups.items():
        yield from ((name, currency, *each) for currency, each in sorted(sums.items()))


def _movements(found: Revenue, *, explain: bool) -> str:
    before, after = by_currency(found.before), by_currency(found.lines)
    lines = [f"Since {found.since}"]
    for currency in sorted({*before, *after}):
        lines.append(f"  {currency} {before.get(currency, Decimal(0)):>14,} a month before")
        for why in WHYS:
            some = [each for each in found.movements if each.why == why and each.amount.currency == currency]
            if some:
                lines.append(f"      {sum(each.amount.amount for each in some):>+14,} {REASONS[why]}")
                lines += [_movement(each) for each in some] if explain else []
        lines.append(f"  {currency} {after.get(currency, Decimal(0)):>14,} a month on {found.on}")
    return "\n".join(lines if len(lines) > 1 else [*lines, "  nothing recurs on either day"])


def _movement(each: Movement) -> str:
    return f"        {each.amount.amount:>+12,} {each.client}/{each.agreement} {each.line}: {each.working}"


def _contracted(found: Revenue, *, explain: bool) -> str:
    sums: dict[str, Decimal] = {}
    for each in found.contracted:
        sums[each.amount.currency] = sums.get(each.amount.currency, Decimal(0)) + each.amount.amount
    rows = [f"  {currency} {amount:>14,}" for currency, amount in sorted(sums.items())]
    if explain:
        rows += [
            f"    {each.client}/{each.agreement}: {each.amount.amount:,} {each.amount.currency}, bound until {each.until}"
            for each in found.contracted
        ]
    return "\n".join(["Contracted for the 12 months after that day", *rows]) if rows else ""


def _renewals(found: Revenue) -> str:
    rows = []
    for each in found.ahead:
        fee = f"{each.monthly.amount:,} {each.monthly.currency} a month, {each.monthly.amount * 12:,} a year"
        ends = f"can be declined until {each.decide_by}" if each.decide_by else "ends unless it is extended"
        rows.append(f"  {each.last}  {each.client}/{each.agreement}: {fee}; {ends}")
    for currency, monthly in _at_stake(found).items():
        rows.append(f"  at stake: {monthly:,} {currency} a month, {monthly * 12:,} a year")
    return "\n".join(["Renewals within 12 months", *rows]) if rows else ""


def _at_stake(found: Revenue) -> dict[str, Decimal]:
    """A month's fees of all contracts that come up for renewal, by currency."""
    sums: dict[str, Decimal] = {}
    for each in found.ahead:
        sums[each.monthly.currency] = sums.get(each.monthly.currency, Decimal(0)) + each.monthly.amount
    return dict(sorted(sums.items()))


def _shares(found: Revenue, *, explain: bool) -> str:
    rows, billed = [], found.billed
    for currency in sorted({currency for currency, _ in billed}):
        parts = {kind: amount for (each, kind), amount in sorted(billed.items()) if each == currency}
        share = recurring_share(billed, currency)
        words = ", ".join(f"{kind} {amount:,}" for kind, amount in parts.items())
        rows.append(f"  {currency} {words}" + (f"; {tenth(share)} % of sales recurs" if share is not None else ""))
        if explain:
            charged = [(*key, amount) for key, amount in sorted(found.charged.items()) if key[2] == currency]
            rows += [f"    {client}/{name}: {kind} {amount:,}" for client, name, _, kind, amount in charged]
    return "\n".join(["Charged in the 12 months up to that day", *rows]) if rows else ""


def _better(found: Revenue) -> str:
    rows = []
    for each in found.better:
        cost = f"{each.cost.amount:,} {each.cost.currency} in an average month"
        rows.append(f"  {each.client}/{each.agreement}: {cost}; plan {each.plan} is {each.fee.amount:,}")
    return "\n".join(["Prepaid blocks that a contract would serve better", *rows]) if rows else ""


def as_csv(found: Revenue, by: By | None) -> str:
    """One row for each line in force, or for each group."""
    if by:
        rows = ((name, currency, amount, year) for name, currency, amount, year in grouped(found, by))
        return table((by, "currency", "monthly", "yearly"), rows)
    return table(HEAD, (_cells(each) for each in found.lines))


def movements_csv(found: Revenue) -> str:
    """One row for each movement since the earlier day."""
    return movements_table(found.movements)


def movements_table(movements: Iterable[Movement]) -> str:
    """One row for each of these movements."""
    head = ("why", "client", "agreement", "line", "monthly", "currency", "working")
    rows = (
        (each.why, each.client, each.agreement, each.line, each.amount.amount, each.amount.currency, each.working)
        for each in movements
    )
    return table(head, rows)


def renewals_csv(found: Revenue) -> str:
    """One row for each renewal within twelve months, by their days."""
    head = ("last_day", "decide_by", "client", "agreement", "monthly", "yearly", "currency")
    rows = (
        (
            each.last,
            each.decide_by,
            each.client,
            each.agreement,
            each.monthly.amount,
            each.monthly.amount * 12,
            each.monthly.currency,
        )
        for each in found.ahead
    )
    return table(head, rows)


TABLES: Mapping[str, Callable[[Revenue], str]] = {"movements": movements_csv, "renewals": renewals_csv}


def _cells(each: RevenueLine) -> tuple[Any, ...]:
    return (
        each.client, each.agreement, each.plan, each.line, each.label, each.quantity, each.price.amount, each.amount.amount,
        each.yearly.amount, each.amount.currency, str(each.origin),
    )  # fmt: skip


def as_data(found: Revenue, by: By | None, *, explain: bool) -> dict[str, Any]:
    """The figures for JSON; amounts are exact texts."""
    sums, years = by_currency(found.lines), yearly_by_currency(found.lines)
    data: dict[str, Any] = {
        "on": str(found.on),
        "since": str(found.since) if found.since else None,
        "recurring": [_sum(currency, amount, years[currency]) for currency, amount in sums.items()],
        "movements": [_movement_data(each) for each in found.movements],
        "contracted": [
            {
                "client": each.client,
                "agreement": each.agreement,
                "amount": f"{each.amount.amount:f}",
                "currency": each.amount.currency,
                "until": str(each.until),
            }
            for each in found.contracted
        ],
        "renewals": [
            {
                "client": each.client,
                "agreement": each.agreement,
                "last_day": str(each.last),
                "decide_by": str(each.decide_by) if each.decide_by else None,
                **_sum(each.monthly.currency, each.monthly.amount, each.monthly.amount * 12),
            }
            for each in found.ahead
        ],
        "charged": [
            {"currency": currency, "kind": kind, "amount": f"{amount:f}"}
            for (currency, kind), amount in sorted(found.billed.items())
        ],
        "recurring_share": [
            {"currency": currency, "percent": f"{tenth(share):f}"}
            for currency in sorted({currency for currency, _ in found.billed})
            if (share := recurring_share(found.billed, currency)) is not None
        ],
        "better_with_a_contract": [
            {
                "client": each.client,
                "agreement": each.agreement,
                "monthly_cost": f"{each.cost.amount:f}",
                "plan": each.plan,
                "fee": f"{each.fee.amount:f}",
                "currency": each.fee.currency,
            }
            for each in found.better
        ],
        "sent_not_signed": [
            _sum(currency, amount, yearly_by_currency(found.waiting)[currency])
            for currency, amount in by_currency(found.waiting).items()
        ],
    }
    if by:
        groups = grouped(found, by)
        data[f"by_{by}"] = [{by: name, **_sum(currency, month, year)} for name, currency, month, year in groups]
    if explain:
        data["lines"] = [_line_data(each) for each in found.lines]
    return data


def _sum(currency: str, monthly: Decimal, yearly: Decimal) -> dict[str, str]:
    return {"currency": currency, "monthly": f"{monthly:f}", "yearly": f"{yearly:f}"}


def _movement_data(each: Movement) -> dict[str, str]:
    return {
        "why": each.why,
        "client": each.client,
        "agreement": each.agreement,
        "line": each.line,
        "amount": f"{each.amount.amount:f}",
        "currency": each.amount.currency,
        "working": each.working,
    }


def _line_data(each: RevenueLine) -> dict[str, Any]:
    names = ("client", "agreement", "plan", "line", "label", "quantity", "working")
    money = {
        "unit_price": f"{each.price.amount:f}",
        "amount": f"{each.amount.amount:f}",
        "currency": each.amount.currency,
    }
    return {**{name: getattr(each, name) for name in names}, **money, "source": str(each.origin)}
