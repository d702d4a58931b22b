"""How people write periods, renewals and cycles of invoices in a table of their contracts: "Net 30", "90d", "auto". Pure."""

import re
from collections.abc import Callable, Mapping

from contract_assembly.core.csv_tables import folded
from contract_assembly.core.text import shown
from contract_assembly.core.values import Duration

_SHORT = re.compile(r"(?:net )?([1-9]\d{0,3}) ?([a-z]*)\.?")
_UNITS = {
    "": "days", "d": "days", "wk": "weeks", "wks": "weeks", "mo": "months", "mos": "months", "mth": "months", "mths": "months",
    "yr": "years", "yrs": "years",
}  # fmt: skip
_DAYS_FROM = 10  # a bare number below it may be one of months
RENEWALS = {
    "auto": "automatic", "automatically": "automatic", "auto-renew": "automatic", "auto renew": "automatic",
    "evergreen": "automatic", "by agreement": "by-agreement", "manual": "by-agreement", "manually": "by-agreement",
}  # fmt: skip
BILLINGS = {
    "month": "monthly", "per month": "monthly", "quarter": "quarterly", "per quarter": "quarterly", "year": "yearly",
    "per year": "yearly", "annual": "yearly", "annually": "yearly",
}  # fmt: skip


def period(text: str) -> Duration:
    """A period as tables have it: "60 days", "Net 30", "90d", "3 mo". A number alone is one of days. Raises ValueError with a
    sentence, also for a number below 10 alone, which may be one of months."""
    found = _SHORT.fullmatch(folded(text))
    if found and not found[2] and int(found[1]) < _DAYS_FROM:
        raise ValueError(f"{shown(text)} may be days or months: write it like {found[1]} months")
    unit = _UNITS.get(found[2], found[2]) if found else ""
    try:
        return Duration.parse(f"{found[1]} {unit}" if found else text)
    except ValueError:
        raise ValueError(f"{shown(text)} is not a period: write it like 30 days or 3 months") from None


def months(text: str) -> Duration:
    """A period of whole months, as `period` reads it."""
    found = period(text)
    if found.unit not in {"month", "quarter", "year"}:
        raise ValueError(f"{found.text} is not a number of months")
    return found


def word(key: str, meanings: Mapping[str, str], usual: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of words: those that a mapping's `key` gives a meaning, the `usual` ones, and the meanings themselves."""
    plain = dict.fromkeys(usual.values())
    known = {folded(each): meant for each, meant in {**{each: each for each in plain}, **usual, **meanings}.items()}

    def read(text: str) -> str:
        if folded(text) not in known:
            what = f"{shown(text)} is none of {', '.join(plain)}"
            raise ValueError(f"{what}; in the mapping, {key}: can say what it means")
        return known[folded(text)]

    return read
