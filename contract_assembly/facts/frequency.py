"""How often a task is due, read from the words that the contract prints, so that the two cannot disagree. Pure.

"Quarterly, with a call in every month between" is four times a year. Words without a number of times ("Continuous", "As needed")
give no dates."""

import re
from collections.abc import Mapping

from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.catalogue import Plan, Task

TIMES: Mapping[str, int] = {
    "monthly": 12,
    "quarterly": 4,
    "yearly": 1,
    "once in each contract year": 1,
    "twice in each contract year": 2,
    "twice a month": 24,
}
_SET_TASK = re.compile(rf"(.+?)[ ,]+({'|'.join(TIMES)})", re.IGNORECASE)
_RESTORE = "restore test of "


def times_a_year(words: str) -> int | None:
    """How many times in a Contract Year the words before the first comma say, or None."""
    return TIMES.get(words.partition(",")[0].strip().casefold())


_AHEAD = re.compile(r"at least (\d+)\s(day|week|month)s? before a renewal term", re.IGNORECASE)


def days_ahead(words: str) -> Duration | None:
    """How long before a Renewal Term it must be done, if words say so: "Yearly, at least 90 days before a Renewal Term"."""
    found = _AHEAD.search(words)
    return Duration(int(found[1]), found[2].casefold()) if found else None  # type: ignore[arg-type]  # the pattern has units only


def reviews(plan: Plan) -> int | None:
    """How many business reviews a year the plan promises."""
    found = [
        times_a_year(each.frequency) for each in plan.services if each.task.casefold().startswith("business review")
    ]
    return max((each for each in found if each), default=None)


def is_restore_test(task: Task) -> bool:
    """Whether a task of a plan is a restore test, which only an agreement with backups has."""
    return task.task.casefold().startswith(_RESTORE)


def restore_tests(plan: Plan, agreement: Agreement) -> Mapping[str, int]:
    """What is restored in tests ("sample files"), and how many times a year: the more frequent of what the plan and the backup
    sets say (clause backup-tests). None where nothing is backed up."""
    if not agreement.backup or not agreement.backup.sets:
        return {}
    found: dict[str, int] = {}
    tasks = [
        (each.task.casefold().removeprefix(_RESTORE), times_a_year(each.frequency))
        for each in plan.services
        if is_restore_test(each)
    ]
    for each in agreement.backup.sets:
        matches = (_SET_TASK.fullmatch(part.strip()) for part in each.test.split(";"))
        tasks += [(match[1].casefold(), TIMES[match[2].casefold()]) for match in matches if match]
    for what, times in tasks:
        if times:
            found[what] = max(found.get(what, 0), times)
    return found


_WITHIN = re.compile(r"(?:and )?within (\d+)\s(.+)")


def more_often(old: str, new: str) -> bool | None:
    """Whether new words promise more than old ones: more times a year, a shorter time, or the same and something more. None where
    that cannot be said of every part, as of "Daily" and "As needed"."""
    before, after = (re.split(r", ", each.casefold()) for each in (old, new))
    found = {_part(*pair) for pair in zip(before, after, strict=False)}
    if len(before) != len(after):
        found.add(len(after) > len(before))
    found.discard("same")
    return bool(found.pop()) if len(found) == 1 and None not in found else None


def _part(old: str, new: str) -> bool | str | None:
    if old == new:
        return "same"
    if old in TIMES and new in TIMES:
        return _greater(TIMES[new], TIMES[old])
    before, after = _WITHIN.fullmatch(old), _WITHIN.fullmatch(new)
    if before and after and before[2] == after[2]:
        return _greater(int(before[1]), int(after[1]))
    return None


def _greater(one: int, other: int) -> bool | str:
    return "same" if one == other else one > other
