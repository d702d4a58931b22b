"""The prefilter of renewals: find the first day on which a renewal could need anything from the text of its agreement
alone. Pure.

It is cautious: an agreement that is not in the simplest form is read in full. Reading is most of the cost of planning,
and for most agreements nothing is due for months."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement import Term
from contract_assembly.facts.law import Law
from contract_assembly.facts.term_dates import Terms, terms
from contract_assembly.renewals.term import LETTER_DAYS

_MONTH = 31
_MOVED = 30  # more days than Business Days and delivery can move a date
_REMINDER_DAYS = 90  # the longest window that the clauses "renewal" let an agreement have
_TERM = re.compile(r"(?m)^term:[ ]*\n((?:[ ].*\n|\n|[ ]*#.*\n)+)")
_NAMES = "first_day|length|last_day|renewal|renewal_length|notice|notice_to|increase_notice"
_FACT = re.compile(rf"(?m)^[ ]+({_NAMES}):[ ]+([\w-]+(?: \w+)?)[ ]*(?:#.*)?$")
_UNUSUAL = re.compile(r"(?m)^(ended|kind:[ ]+[^s]|['\"{?])|:\s*[&*!]|\bdecline\b")


def reach(laws: Iterable[Law]) -> int:
    """The greatest number of days before the notice to decline on which a law, a clause or the firm itself requires
    anything."""
    windows = (rule.window.earliest for law in laws for rule in law.rules if rule.window)
    days = (_days(each) for each in windows)
    return max(LETTER_DAYS, _REMINDER_DAYS, *days) + _MOVED


def earliest(text: str, on: date, days: int) -> date | None:
    """The day before which nothing is due for the renewal after the term that is current on `on`; None if this needs
    the whole file. `days` is the firm's `reach`."""
    block = _TERM.search(text)
    if block is None or _UNUSUAL.search(text):
        return None
    found = dict(_FACT.findall(block[1]))
    notice = dict(_FACT.findall(text)).get("increase_notice")
    try:
        every, moved = _terms(found), _MONTH if "notice_to" in found else 0
        before = max(_in_days(found["notice"]) + moved, _in_days(notice or ""))
        number = every.number_on(on) or 0
        last = every.last(number if found["renewal"] == "automatic" else 0)
    except (KeyError, ValueError, OverflowError):
        return None
    return last - timedelta(days=before + days)


def _terms(found: Mapping[str, str]) -> Terms:
    """The terms, from the text of the file. Raises ValueError or KeyError if they are not in the simplest form."""
    ends = date.fromisoformat(found["last_day"]) if "last_day" in found else None
    return terms(
        Term(
            first_day=date.fromisoformat(found["first_day"]),
            length=None if ends else Duration.parse(found["length"]),
            last_day=ends,
            renewal_length=Duration.parse(found["renewal_length"]),
            notice=Duration(1, "day"),
        )
    )


def _in_days(text: str) -> int:
    return _days(Duration.parse(text))


def _days(period: Duration) -> int:
    """An upper bound for the days in a period. Raises ValueError for one of hours."""
    return period.count if period.unit == "day" else 7 * period.count if period.unit == "week" else 31 * period.months
