"""What may not be in `usage.yaml`: months and lines whose usage is not counted, and one month twice. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from contract_assembly.billing.once_charges import usage_line
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import Run, runs
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import DateRange, corresponding
from contract_assembly.facts.agreed_lines import agreed_lines
from contract_assembly.facts.usage import Used

_DAY = timedelta(days=1)


def problems(running: Running) -> Iterator[Problem]:
    """Every problem of the usage of a contract, each at its line."""
    usage = running.usage
    if usage is None or not usage.model.usage:
        return
    until = max(corresponding(each.month, 1) for each in usage.model.usage)
    found, seen = runs(running, max(until, running.first)), dict[tuple[str, date], int]()
    for n, each in enumerate(usage.model.usage):
        wrong = _wrong(found, each)
        if wrong:
            yield Problem("unknown-usage", wrong[0], usage.at(f"usage.{n}.{wrong[1]}"), wrong[2])
        elif (each.line, each.month) in seen:
            first = usage.at(f"usage.{seen[each.line, each.month]}")
            what = f"{each.line} has a figure for {each.month:%Y-%m} already, at {first}"
            yield Problem("doubled-usage", what, usage.at(f"usage.{n}.month"), "keep the one that was measured")
        seen.setdefault((each.line, each.month), n)


def _wrong(found: tuple[Run, ...], each: Used) -> tuple[str, str, str] | None:
    """What is wrong with a figure, the key that is at fault, and the fix."""
    counted = {line.id for run in found for line in agreed_lines(run.inputs, None) if line.overage is not None}
    if each.line not in counted:
        hint = did_you_mean(each.line, counted)
        return f"no line {each.line} charges for usage beyond what it includes", "line", hint
    month = DateRange(each.month, corresponding(each.month, 1) - _DAY)
    if usage_line(found, each.line, month) is None:
        return f"{each.line} does not run in {each.month:%Y-%m}", "month", "write a month in which it is charged"
    return None
