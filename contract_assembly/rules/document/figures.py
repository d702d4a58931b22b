"""The rule about figures in clauses: a period, amount, percentage, date or time is a fact, never typed. Pure."""

import re
from collections.abc import Iterable, Iterator

from contract_assembly.core.paths import is_clients
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.forbidden import COUNTING, NUMBERS
from contract_assembly.rules.document.passages import Passage, found_in, passages
from contract_assembly.rules.document.reading import Line

_COUNT = rf"(?:\d[\d.,]*|(?:{NUMBERS})(?: and a half)?|half an?)"
_KINDS = "(?:(?:business|calendar|clear|consecutive|full|successive|whole|working)[ -])?"
_UNITS = "minutes?|hours?|days?|nights?|weekdays?|weekends?|weeks?|fortnights?|months?|quarters?|years?"
_CURRENCIES = "USD|EUR|GBP|CHF|CAD|AUD|NZD|JPY|SEK|NOK|DKK|PLN|CZK"
_COINS = "dollars?|euros?|pounds?(?: sterling)?|francs?|cents?|pence"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"

# Each kind of fact that may have been typed, with its pattern. The first that matches is reported.
KINDS: dict[str, re.Pattern[str]] = {
    "an amount": re.compile(
        rf"[$€£¥] ?\d[\d.,]*|\b(?:{_CURRENCIES}) ?\d[\d.,]*|\d[\d.,]* ?(?:{_CURRENCIES})\b|\b{_COUNT} (?:{_COINS})\b"
    ),
    "a percentage": re.compile(rf"\d[\d.,]* ?%|\b{_COUNT} (?:percent|per cent|percentage points?)\b", re.IGNORECASE),
    "a time of day": re.compile(
        r"\b\d{1,2}:\d\d ?(?:[ap]\.?m\.?\b)?|\b\d{1,2} ?(?:[ap]\.?m\b|o[’']clock)", re.IGNORECASE
    ),
    "a date": re.compile(
        rf"\b(?:{_MONTH}) \d{{1,4}}\b(?:, \d{{4}})?|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b(?: \d{{4}})?"
        r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    ),
    "a period": re.compile(rf"\b{_COUNT}[ -]{_KINDS}(?:{_UNITS})\b", re.IGNORECASE),
}
# A figure without digits has one of these words; most lines have neither.
_IN_WORDS = COUNTING | {"half"}
_DIGIT = re.compile(r"\d")
# The day of a law belongs to its name: "Regulation (EU) 2016/679 of 27 April 2016".
_OF_A_LAW = re.compile(r"\b(?:Act|Code|Convention|Decree|Directive|Law|Order|Regulation|Statute|Treaty)\b[^;]*\bof $")


def literal_figures(document: d.Document) -> Iterator[Problem]:
    """A period, amount, percentage, date or time of day that is typed into a clause.

    **Why it is bad.** The same figure is used elsewhere, and one day only one of the two is changed. A typed figure cannot be
    checked, printed in the form of the locale, or put on the calendar. **Example.** "within thirty days", "$500", "by 31
    March". **Fix.** Use a fact, or a parameter of the clause: `{{ cure | duration }}`. Other numbers are fine: "each month",
    "one point of contact", "Priority 1", "section 365(n) of Title 11". A clause that was negotiated for one agreement may have
    figures of its own, because no other agreement has its words.
    """
    for passage, line in passages(document):
        if figures := _figures(passage):
            yield from _typed(figures, line)


@found_in
def _figures(passage: Passage) -> Iterator[tuple[str, re.Match[str]]]:
    if not _IN_WORDS.isdisjoint(passage.words) or _DIGIT.search(passage.text):
        for kind, pattern in KINDS.items():
            for match in pattern.finditer(passage.text):
                if not _OF_A_LAW.search(passage.text[: match.start()]):
                    yield kind, match


def _typed(figures: Iterable[tuple[str, re.Match[str]]], line: Line) -> Iterator[Problem]:
    reported: list[range] = []  # each figure once, for its first kind
    for kind, match in figures:
        origin, again = line.at(match.start()), any(match.start() in each for each in reported)
        if origin.path.endswith(".md") and not is_clients(origin.path) and not again:
            reported.append(range(*match.span()))
            what = f"“{match[0].strip(' .,')}” is {kind} typed into a clause"
            yield Problem("literal-figure", what, origin, "use a fact, or give the clause a parameter for it")
