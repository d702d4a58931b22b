"""Formatters: how a typed fact reads in a clause, by locale. A clause may call only what is in the table WORDINGS.

A formatter is a function (value, locale, *options) -> str. It raises WordingError with a sentence when the fact has another type.
The only module that imports Babel. Sources: CLDR for numbers, dates and currencies; words for one to ten, digits above ten and
with units.
"""

import os
import re
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from contract_assembly.core.text import NBSP, joined, mid_sentence, plural, shown
from contract_assembly.core.values import WEEKDAYS, Duration, Money, Percent, Span, Weekdays, decimals
from contract_assembly.facts.template_values import Fact, Record, Series, bare

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# By sound: a user, a one-time fee, a US firm; an hour, an 8-hour day, an SLA, an X-ray, but a RAM module.
_A = re.compile(r"U(?:[A-Z.]|\b)|(?i:one\b|once\b|eu\B|uni(?![nmd])|u[bcfhjkqrst][aeiou])")
_AN = re.compile(r"8|1[18](?!\d)|[FHLMNRSX](?![AEIOU])(?:[A-Z]|\b)|(?i:[aeiou]|hour|honest|hono|heir)")
_THE = {"US", "GB", "NL", "PH", "AE"}
# "$" alone is the dollar of the United States, and only in an American document: "C$" reads the same everywhere.
_SIGNS = {"USD": "US$", "CAD": "C$", "AUD": "A$", "NZD": "NZ$", "GBP": "£", "EUR": "€"}


class WordingError(ValueError):
    """A fact does not fit the formatter that a clause asks for."""


def _want(value: object, kind: type | tuple[type, ...], what: str) -> Any:
    value = bare(value)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise WordingError(f"wants {what}, not {describe(value)}")
    return value


def describe(value: object) -> str:
    """The kind of a fact, for a message."""
    names = {
        type(None): "a fact that is not given", bool: "a yes or no", int: "a number", str: "text", date: "a date", time: "a time",
        Money: "money", Percent: "a percentage", Duration: "a period",
        Span: "a period", Weekdays: "weekdays", Decimal: "a number",
        Series: "a list", Record: "a group of facts",
    }  # fmt: skip
    return names.get(type(bare(value)), type(value).__name__)


@lru_cache(maxsize=16)
def _locale(tag: str) -> Any:
    from babel import Locale

    return Locale.parse(tag.replace("-", "_"))


@cache
def _dates() -> Any:
    """Babel's module of dates. When it is imported, it looks up the time zone of this machine, which takes longer than all else
    that it does; no day and no time of day depends on that."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        return import_module("babel.dates")
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before


def money(value: object, locale: str) -> str:
    """An amount with its currency's sign: "$1,250.00"; a sign of letters is set off: "CHF 1,250.00". Dollars other than those
    of the reader's own United States are named: "C$1,250.00", "A$1,250.00", and "US$1,250.00" outside the United States."""
    from babel.numbers import format_currency

    amount: Money = _want(value, Money, "money").rounded()
    sign = _sign(amount.currency, locale)
    pattern = _locale(locale).currency_formats["standard"].pattern
    # Babel's own count of decimals is of what people use: it would print 12.50 RSD as "RSD 12".
    zeros = "0" * decimals(amount.currency)
    pattern = pattern.replace(".00", f".{zeros}" if zeros else "")
    printed = str(format_currency(amount.amount, "XXX", pattern, _locale(locale), currency_digits=False))
    return printed.replace("¤", f"{sign}{NBSP}" if sign[-1].isalpha() else sign)


def _sign(currency: str, locale: str) -> str:
    from babel.numbers import get_currency_symbol

    own = currency == "USD" and locale == "en-US"
    return "$" if own else _SIGNS.get(currency) or get_currency_symbol(currency, _locale(locale))


def amount(value: object, locale: str) -> str:
    """An amount without its currency, for a column that names it: "1,250.00"."""
    from babel.numbers import format_decimal

    found: Money = _want(value, Money, "money").rounded()
    pattern = "#,##0" + ("." + "0" * decimals(found.currency) if decimals(found.currency) else "")
    return str(format_decimal(found.amount, pattern, locale=_locale(locale)))


def number(value: object, locale: str) -> str:
    """A number in digits: "1,250"; a list is counted."""
    from babel.numbers import format_decimal

    return str(format_decimal(_count(value), locale=_locale(locale)))


def decimal(value: object, _locale_tag: str) -> str:
    """A number with its decimals as written: "1.5", "2.0"."""
    found: Decimal | int = _want(value, (Decimal, int), "a number")
    return f"{found:,}"


def words(value: object, locale: str) -> str:
    """A number, in words if it is whole and up to ten: "three", "34", "1.5"."""
    count = _count(value)
    return _WORDS[int(count)] if count in range(11) else number(value, locale)


def count(value: object, locale: str, one: str, many: str = "") -> str:
    """Give a number with what it counts: "34 users", "three sites", "one site"; give the plural where it is irregular."""
    return f"{words(value, locale)}{NBSP}{agree(value, locale, one, many or plural(one))}"


def ordinal(value: object, locale: str) -> str:
    """A day of a month or a place in a row: "1st", "10th", "22nd"."""
    text = number(value, locale)
    found = int(_count(value))
    ending = "th" if found % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(found % 10, "th")
    return f"{text}{ending}"


def noun(value: object, locale: str) -> str:
    """What an entry with a count is called, agreeing with the count: "server" for one, "servers" for three."""
    if not isinstance(value, Record) or not {"count", "noun"} <= value.entries.keys():
        raise WordingError(f"wants an entry with a count and a noun, not {describe(value)}")
    one = str(bare(value.entries["noun"]))
    return agree(value.entries["count"], locale, one, plural(one))


def agree(value: object, _locale_tag: str, one: str, many: str) -> str:
    """Choose the form that agrees with a number, as in `sites | agree("is", "are")`; the number is not printed."""
    return one if _count(value) == 1 else many


def percent(value: object, _locale_tag: str) -> str:
    """A percentage: "7.5%"."""
    found: Percent = _want(value, Percent, "a percentage")
    return f"{found.value.normalize():f}%"


def share(value: object, _locale_tag: str) -> str:
    """A percentage with one decimal, for a column of them: "97.9%", "100.0%"."""
    found: Percent = _want(value, Percent, "a percentage")
    return f"{found.value:.1f}%"


def duration(value: object, _locale_tag: str) -> str:
    """A period in digits with its unit: "30 days", "1 Business Day", "10 months and 15 days"."""
    found: Duration | Span = _want(value, (Duration, Span), "a period")
    if isinstance(found, Span):
        parts = ((found.months, "month"), (found.days, "day"))
        return joined(f"{n}{NBSP}{unit if n == 1 else plural(unit)}" for n, unit in parts if n)
    return f"{found.count}{NBSP}{_unit(found) if found.count == 1 else plural(_unit(found))}"


def hyphenated(value: object, _locale_tag: str) -> str:
    """A period before what it describes: "12-month", "5-Business-Day"."""
    found: Duration = _want(value, Duration, "a period")
    return f"{found.count}-{_unit(found).replace(' ', '-')}"


def long_date(value: object, locale: str) -> str:
    """A date in full: "October 1, 2026" or "1 October 2026"."""
    pattern = _pattern(locale, "MMMM d, y", "d MMMM y")
    return _fixed(_dates().format_date(_want(value, date, "a date"), pattern, locale=_locale(locale)))


def _pattern(locale: str, month_first: str, day_first: str) -> str:
    """One house style of dates for North America and one for everywhere else; CLDR has a comma here and none there."""
    return month_first if locale in {"en-US", "en-CA"} else day_first


def short_date(value: object, locale: str) -> str:
    """A date for a narrow column, on one line: "Oct 1, 2026" or "1 Oct 2026"."""
    pattern = _pattern(locale, "MMM d, y", "d MMM y")
    return str(_dates().format_date(_want(value, date, "a date"), pattern, locale=_locale(locale))).replace(" ", NBSP)


def weekday_date(value: object, locale: str) -> str:
    """A date in full with its weekday: "Friday, July 30, 2027" or "Friday 30 July 2027"."""
    pattern = _pattern(locale, "EEEE, MMMM d, y", "EEEE d MMMM y")
    return _fixed(_dates().format_date(_want(value, date, "a date"), pattern, locale=_locale(locale)))


def month(value: object, locale: str) -> str:
    """The month of a date with its year: "July 2027"."""
    return _fixed(_dates().format_date(_want(value, date, "a date"), "MMMM y", locale=_locale(locale)))


def elapsed(value: object, _locale_tag: str) -> str:
    """Minutes in the usual form: "45 min", "2 h 5 min", "3 h"."""
    hours, minutes = divmod(_want(value, int, "a number of minutes"), 60)
    parts = [f"{hours:,}{NBSP}h"] * bool(hours) + [f"{minutes}{NBSP}min"] * bool(minutes or not hours)
    return NBSP.join(parts)


def clock(value: object, locale: str) -> str:
    """A time of day: "8:00 AM" or "08:00"."""
    return str(_dates().format_time(_want(value, time, "a time of day"), "short", locale=_locale(locale))).replace(
        "\u202f", NBSP
    )


def weekdays(value: object, _locale_tag: str) -> str:
    """A run of weekdays: "Monday to Friday"."""
    found: Weekdays = _want(value, Weekdays, "weekdays")
    return WEEKDAYS[found.first] if found.first == found.last else f"{WEEKDAYS[found.first]} to {WEEKDAYS[found.last]}"


def address(value: object, locale: str) -> str:
    """A postal address on one line, with the name of its country."""
    return ", ".join(address_lines(value, locale, apart=True))


def address_lines(value: object, locale: str, home: str = "", *, apart: bool = False) -> tuple[str, ...]:
    """A postal address as the lines of an envelope; its country comes last unless it is `home`, a code such as "US".
    `apart` keeps the town and the state with its code as two."""
    if not isinstance(value, Record) or "postcode" not in value.entries:
        raise WordingError(f"wants an address, not {describe(value)}")
    lines, city, region, postcode, country = (
        value.entries[name] for name in ("lines", "city", "region", "postcode", "country")
    )
    # The state and its code stand together in the US, the town and its code elsewhere.
    places = (
        [bare(city), f"{bare(region)}{NBSP}{bare(postcode)}"] if bare(region) else [f"{bare(city)} {bare(postcode)}"]
    )
    name = _locale(locale).territories.get(bare(country), bare(country))
    towns = places if apart else [", ".join(places)]
    return (*(bare(line) for line in _items(lines)), *towns, *([] if bare(country) == home else [name]))


def country(value: object, locale: str) -> str:
    """The country of a place code, as in a sentence: "the United States", "Ireland"."""
    code = str(_want(value, str, "a place code")).partition("-")[0]
    return country_name(code, locale) or code


def country_name(code: str, locale: str = "en-US") -> str | None:
    """A country by its two letters, as in a sentence: "the United States"; None where there is no such country."""
    name = _locale(locale).territories.get(code) if code.isalpha() else None
    return f"the {name}" if name and code in _THE else name


def listed(value: object, _locale_tag: str, name: str = "", conjunction: str = "and") -> str:
    """A list in a sentence, by the named fact of each entry: "a, b, and c"; "a; b, c; and d" where an entry has a comma."""
    found = [each.entries.get(name) if isinstance(each, Record) else each for each in _items(value)]
    if not found:
        raise WordingError("has nothing in the list; put an {% if %} around it")
    texts = [_want(each, str, f"a list of texts under {shown(name)}") for each in found]
    if len(texts) < 2 or not any(", " in each for each in texts):
        return joined(texts, conjunction)
    return f"{'; '.join(texts[:-1])}; {conjunction} {texts[-1]}"


def possessive(value: object, _locale_tag: str) -> str:
    """A name as owner: "Acme’s", also for one that ends in s."""
    return f"{_want(value, str, 'text')}’s"


def inside(value: object, _locale_tag: str) -> str:
    """A text inside a sentence: "Monthly check" is "monthly check", and "VPN access" stays."""
    return mid_sentence(_want(value, str, "text"))


def with_article(value: object, _locale_tag: str) -> str:
    """A text with "a" or "an" before it, chosen by sound."""
    text: str = _want(value, str, "text")
    return f"{article(text)} {text}"


def article(text: str) -> str:
    """Return "a" or "an", by the sound that a text begins with."""
    return "an" if _AN.match(text) and not _A.match(text) else "a"


def _count(value: object) -> int | Decimal:
    found: int | Decimal = (
        len(value) if isinstance(value, Series) else _want(value, (int, Decimal), "a number or a list")
    )
    return found


def _items(value: object) -> Iterable[Any]:
    if not isinstance(value, Series):
        raise WordingError(f"wants a list, not {describe(value)}")
    return value


def _unit(found: Duration) -> str:
    """Business units are defined terms of the contract."""
    return found.unit.title() if found.unit.startswith("business") else found.unit


def _fixed(text: str) -> str:
    """A date whose day stays with its month: "October 1, 2026" may break after the comma only."""
    *front, last = str(text).replace("\u202f", NBSP).split(" ")
    joints = [f"{word}{' ' if word.endswith(',') else NBSP}" for word in front]
    return "".join([*joints, last])


# These choose a word by a fact and do not print the fact.
SILENT = {"agree", "noun"}
WORDINGS: dict[str, Callable[..., str]] = {
    "address": address,
    "agree": agree,
    "amount": amount,
    "article": with_article,
    "count": count,
    "country": country,
    "date": long_date,
    "decimal": decimal,
    "duration": duration,
    "elapsed": elapsed,
    "hyphenated": hyphenated,
    "inside": inside,
    "list": listed,
    "money": money,
    "month": month,
    "noun": noun,
    "number": number,
    "ordinal": ordinal,
    "percent": percent,
    "possessive": possessive,
    "share": share,
    "short_date": short_date,
    "time": clock,
    "weekday_date": weekday_date,
    "weekdays": weekdays,
    "words": words,
}


def worded(name: str, value: "Fact | Record | Series", locale: str, *options: str) -> str:
    """Apply a formatter by name. Raises WordingError when the fact does not fit it."""
    return WORDINGS[name](value, locale, *options)
