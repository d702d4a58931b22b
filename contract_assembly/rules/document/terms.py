"""Rules about defined terms: each is defined once and used, and every capitalised word is defined. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import nearest
from contract_assembly.core.values import WEEKDAYS
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import Terms, compile_terms, uses, without_uses
from contract_assembly.rules.document.reading import FACT, every, inlines, plain_lines, sentences

_WORD = r"[A-Z][a-z]+[\w-]*"
_CAPITALISED = re.compile(rf"(?<![\w’'.-]){_WORD}(?:[ \u00a0](?:{_WORD}|\d+))*")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;…][”)]?[ \u00a0]+|[–—][ \u00a0])[“(]?$")
# Words that begin a sentence before a term: "Each Ticket", "The Fees".
_OPENERS = (
    "A After All Also An And Any As At Before Both But By Each Either Every For From If In It Its Neither No Nor Of On Only "
    "Or Other Such That The Their Then These This Those To Under Unless Until Upon What When Where Which While With Within "
    "Without"
)
_NAMES = (
    "Schedule Schedules Secretary Health Human English Microsoft Internet Inc January February March April May June July "
    "August September October November December"
)
_OPENS = frozenset(_OPENERS.split())
_KNOWN = frozenset({*_NAMES.split(), *WEEKDAYS})
# What a law is called, and where in it: "section 365(n) of Title 11", "the Late Payment (Interest) Act 1998", "law of Ontario".
_LAW = re.compile(
    r"\b(?:[Ss]ections?|[Aa]rticles?|[Cc]hapter|[Pp]art|[Rr]ule|[Tt]itle)[ \u00a0]\d[\w.()/-]*"
    r"(?:,? of (?:the )?[A-Z][\w’.-]*(?:[ \u00a0][A-Z][\w’.-]*)*(?:[ \u00a0]\d+)?)?"
    r"|\b[A-Z][\w’.-]*(?:[ \u00a0](?:[A-Z][\w’.-]*|\([A-Z][^()]*\)|of|and|for|on))*"
    r"[ \u00a0](?:Act|Code|Convention|Directive|Law|Regulations?|Rules|Statutes?)\b(?:[ \u00a0]\d+)?"
    r"|\b[Ll]aws?[ \u00a0]of[ \u00a0](?:the[ \u00a0])?[A-Z][\w’.-]*(?:[ \u00a0](?:(?:of|and)[ \u00a0])?[A-Z][\w’.-]*)*"
)


def undefined_terms(document: d.Document) -> Iterator[Problem]:
    """A word inside a sentence that is capitalised like a defined term, but not defined.

    **Why it is bad.** A reader looks for the meaning and finds none; a court finds two. **Example.** "The Provider shall
    repair the Equipment." in a contract that does not say what Equipment is. **Fix.** Define it (`**"Equipment"** means …`),
    use the term that is defined, or write it in lower case. Names of months, weekdays and laws are known.
    """
    defined = {node.term for node in every(d.Definition, document)}
    terms = compile_terms(defined)
    for line in sentences(document):
        for phrase, start in _promises(line.text, terms):
            near = nearest(phrase, sorted(defined))
            hint = f"did you mean {near}?" if near else f'write it in lower case, or define it: **"{phrase}"** means …'
            what = f"{phrase} is capitalised like a defined term, but not defined"
            yield Problem("undefined-term", what, line.at(start), hint)


@lru_cache(maxsize=50_000)  # the words of a clause are the same for many clients
def _promises(text: str, terms: Terms) -> tuple[tuple[str, int], ...]:
    """The words of a line that look like a term but are not one, each with its position."""
    rest = without_uses(_LAW.sub(lambda law: "·" * len(law[0]), text), terms)
    found = (
        _promise(match, opens=bool(_SENTENCE_START.search(rest[: match.start()])))
        for match in _CAPITALISED.finditer(rest)
    )
    return tuple((phrase, start) for phrase, start in found if phrase)


def _promise(match: re.Match[str], *, opens: bool) -> tuple[str, int]:
    """The words that look like a term in a run of capitalised words, and their position; "" if none do. The first word of a
    sentence is always capitalised, so it counts only before another capital, and not if it is a word like "The" or "Each"."""
    phrase, start = match[0], match.start()
    words = re.split("[ \u00a0]", phrase)
    if opens and (len(words) == 1 or words[0] in _OPENS):
        skipped = len(words.pop(0)) + 1
        phrase, start = phrase[skipped:], start + skipped
    return (phrase, start) if any(word not in _KNOWN and not word.isdigit() for word in words) else ("", start)


def unused_terms(document: d.Document) -> Iterator[Problem]:
    """A term that is defined but never used. Facts count as uses, since the tasks of a plan may use terms.

    **Why it is bad.** It looks as if a passage is missing. **Example.** (the **"Fix Period"**) without a second mention.
    **Fix.** Use the term, or remove its definition. In the clause of definitions, unused entries are left out automatically.
    """
    defined = {node.term: node for node in every(d.Definition, document)}
    terms = compile_terms(defined)
    texts = (
        d.plain(_without_definitions(line)) if d.Definition in map(type, line) else text
        for line, text in zip(inlines(document), plain_lines(document), strict=True)
    )
    used = {term for text in texts for term in uses(text, terms)}
    for term, node in defined.items():
        if term not in used:
            yield Problem(
                "unused-term", f"{term} is defined but never used", node.origin, "use it, or remove its definition"
            )


def doubled_definitions(document: d.Document) -> Iterator[Problem]:
    """A term that is defined twice.

    **Why it is bad.** The two definitions will differ one day, if they do not already. **Example.** "Fees" in the definitions
    and again in the fees clause. **Fix.** Keep one of them.
    """
    definitions = every(d.Definition, document)
    doubled = {term for term, count in Counter(node.term.casefold() for node in definitions).items() if count > 1}
    first: dict[str, d.Definition] = {}
    for node in definitions:
        key = node.term.casefold()
        if key in doubled and key in first:
            what = f"{node.term} is defined a second time; first at {first[key].origin}"
            yield Problem("doubled-definition", what, node.origin, "keep one of them")
        first.setdefault(key, node)


def _without_definitions(line: tuple[d.Inline, ...]) -> tuple[d.Inline, ...]:
    return tuple(d.Text(FACT) if isinstance(each, d.Definition) else each for each in line)
