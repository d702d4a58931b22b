"""Counts compared with contracts, as text for a terminal and as data for JSON. Pure; `cli` prints them."""

from collections.abc import Iterator
from typing import Any

from contract_assembly.billing.count_comparison import ContractCounts, CountDifference
from contract_assembly.billing.count_loader import CountComparison
from contract_assembly.billing.count_proposal import note
from contract_assembly.core.text import with_count
from contract_assembly.core.values import Money


def as_text(found: CountComparison, file: str) -> str:
    """What became of the rows, the differences of each contract with their money, and what the export says nothing about."""
    rows = with_count(found.counts.rows, "row")
    lines = [f"{file}: {rows} = {' + '.join(found.counts.accounted())}"]
    lines += [text for each in found.contracts for text in _contract(each)]
    if found.without:
        lines.append(f"Without a support contract on {found.on}: {', '.join(found.without)}")
    if found.absent:
        lines.append(f"Not in the export: {', '.join(found.absent)}")
    return "\n".join(lines)


def _contract(found: ContractCounts) -> Iterator[str]:
    if not found.differences:
        yield f"{found.running.folder}: as agreed on {found.on}"
        return
    yield f"{found.running.folder} from {found.on:%A} {found.on}"
    for each in found.differences:
        yield f"  {each.what:18}{each.agreed} agreed, {each.counted} counted{_money(each)}"
        for problem in each.problems:
            yield f"  {'':18}not by a correction: {problem.what}"
            if problem.hint:
                yield f"  {'':18}{problem.hint}"
    if found.together and sum(each.change is not None for each in found.differences) > 1:
        effect = found.together.effect
        yield f"  {'monthly fee':18}{_of(effect.before)} to {_of(effect.after)} ({effect.difference.amount:+,})"
    for problem in found.problems:
        yield f"  {'all together':18}{problem.what}"


def _money(each: CountDifference) -> str:
    if each.change is None:
        return ""
    effect = each.change.effect
    words = f": {effect.difference.amount:+,} {effect.after.currency} a month"
    if not effect.difference.amount:
        words = ": the fee stays as it is"
    if effect.rest:
        last, rest = effect.rest[0].days.last, effect.for_the_rest
        words += f", {rest.amount:+,} until {last}"
    return words


def _of(money: Money) -> str:
    return f"{money.amount:,} {money.currency}"


def as_data(found: CountComparison) -> dict[str, Any]:
    """A comparison for JSON; amounts are exact texts."""
    return {
        "rows": found.counts.rows,
        "counted": found.counts.counted,
        "passed_over": dict(found.counts.passed),
        "on": found.on.isoformat(),
        "contracts": [
            {
                "client": each.running.client,
                "agreement": each.running.name,
                "currency": each.running.currency,
                "differences": [_difference(one) for one in each.differences],
                "monthly": _monthly(each),
            }
            for each in found.contracts
        ],
        "without_contract": list(found.without),
        "not_in_export": list(found.absent),
    }


def _monthly(each: ContractCounts) -> dict[str, str] | None:
    if each.together is None:
        return None
    return {"before": f"{each.together.effect.before.amount:f}", "after": f"{each.together.effect.after.amount:f}"}


def _difference(each: CountDifference) -> dict[str, Any]:
    effect = each.change.effect if each.change else None
    return {
        "what": each.what,
        "agreed": each.agreed,
        "counted": each.counted,
        "allowed": effect is not None,
        "monthly_difference": f"{effect.difference.amount:f}" if effect else None,
        "rest_of_period": f"{effect.for_the_rest.amount:f}" if effect else None,
        "note": note(each) or None,
    }
