"""The rule about words to avoid in a contract. The table FORBIDDEN lists them with the reason and the fix. Pure."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.passages import Finding, Passage, found_in, problems_for
from contract_assembly.rules.document.reading import FACT

# Slots of clauses that are about promises: they may use the words for strong promises.
OF_PROMISES = frozenset({"warranties", "disclaimer", "liability"})

_COUNTING = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"
)
COUNTING = frozenset(_COUNTING.split())
NUMBERS = r"(?:{0})(?:[ -](?:and )?(?:{0}))*".format(_COUNTING.replace(" ", "|"))
_STATED = (
    "described|defined|given|listed|mentioned|named|noted|provided|referred to|set forth|set out|shown|specified|stated"
)
_PLACES = f"(?:{_STATED})|the|see|sections?|paragraphs?|clauses?|schedules?|tables?|lists?"
_BEFORE = "and|any|by|for|from|if|in|of|on|that|the|to|under|when|with"
_NOT_AFTER = "".join(
    rf"(?<!\b{verb} )" for verb in ("is", "are", "be", "do", "does", "remain", "remains", "stay", "stays")
)


class Forbidden(Struct, frozen=True):
    """Words to avoid, the reason and the fix. `pattern` narrows the words where they are wrong only in some uses; `promise`
    marks words that the clauses of OF_PROMISES may use."""

    words: str
    why: str
    instead: str
    pattern: str = ""
    promise: bool = False

    def found_by(self) -> re.Pattern[str]:
        """The pattern that finds the words in a text."""
        return _compiled(self.pattern or rf"\b(?:{self.words.replace(' ', '|')})\b")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern. Most contracts use few of these words, so each is compiled when its words first occur."""
    return re.compile(pattern, re.IGNORECASE)


_EMPTY = ("says nothing to the reader", "name the thing you mean, or leave the word out")
_TWICE = "says one thing twice, so a court looks for a difference"

FORBIDDEN: tuple[Forbidden, ...] = (
    Forbidden("hereof herein hereinafter hereinabove hereunder hereto heretofore hereunto herewith hereupon", *_EMPTY),
    Forbidden("thereof therein thereto thereunder therewith therefrom thereupon therefor", *_EMPTY),
    Forbidden("whereof wherein whereunto whereupon witnesseth aforesaid aforementioned foregoing", *_EMPTY),
    Forbidden("party", *_EMPTY, r"\bparty of the (?:first|second|other) part\b"),
    Forbidden(
        "hereby",
        "is right only for an act that is done by signing",
        "leave it out, or write “hereby assigns”, “hereby grants” or “hereby appoints”",
        r"\bhereby\b(?! (?:irrevocably )?(?:assign|grant|appoint)s?\b)",
    ),
    Forbidden(
        "said",
        "is not an article",
        "write “the” or “that”",
        rf"(?:\b(?:{_BEFORE}) |^|[.;:,] )said (?!(?:that|so|to|in|by)\b)[a-z]",
    ),
    Forbidden(
        "such",
        "is not an article",
        "write “the”, “that” or “this”",
        r"(?<!\bas )\bsuch\b(?! as\b| that\b| an? [\w-]+ (?:that|as)\b)",
    ),
    Forbidden(
        "same",
        "does not say which thing it refers to",
        "name the thing, or write “it”",
        rf"{_NOT_AFTER}\bthe same(?=[.,;:)]|$| (?:shall|may|must|will)\b)|(?<!the )(?<!this )(?<!that )\bsame(?=[.,;:]|$)",
    ),
    Forbidden("and", "means two things", "write “or”, or “A, B, or both”", r"\band/or\b"),
    Forbidden(
        "limited limitation limiting",
        "is covered once for the whole contract, in its rules of interpretation",
        "write “including”",
        r"\bincluding,? (?:but not limited to|without (?:any )?limitation)\b|\bwithout limiting the generality\b",
    ),
    Forbidden("etc", "leaves the list open", "list everything you mean, or begin the list with “including”"),
    Forbidden(
        "provided",
        "can mean a condition, an exception or an addition",
        "write “if”, “except that”, or a new sentence",
        r"\bprovided,? (?:however,? )?that\b(?! (?:day|week|month|quarter|year)\b)",
    ),
    Forbidden(
        "(", "is not a word", 'write the singular, or count a fact: {{ users | count("user") }}', r"\b[a-z]+\(e?s\)"
    ),
    Forbidden(
        "(",
        "says a number twice",
        "say it once, with a fact",
        rf"\b(?:{NUMBERS}) ?\(\d[\d.,]*\)|\d[\d.,]* ?\((?:{NUMBERS})\)",
    ),
    Forbidden(
        "above below",
        "points to a place that may move",
        "refer to it with [](#id), or say “this section”",
        rf"\b(?:{_PLACES}) (?:above|below)\b(?! (?:the|an?|that|this|its|their|zero)\b| [\d{FACT}])",
    ),
    Forbidden("he she him her his hers himself herself", "leaves some people out", "repeat the role"),
    Forbidden("warrants warrant", _TWICE, "write “warrants”", r"\brepresents? and warrants?\b"),
    Forbidden("void", _TWICE, "write “void”", r"\bnull and void\b"),
    Forbidden("any", _TWICE, "write “all”", r"\bany and all\b"),
    Forbidden("every", _TWICE, "write “each”", r"\beach and every\b"),
    Forbidden(
        "guarantee guarantees guaranteed guaranty ensure ensures ensured always immediately unlimited best secure safe",
        "promises more than anyone can keep",
        "say what is done, by when, and how it is measured",
        r"\b(?:guarant(?:ee|ees|eed|y)|ensure[sd]?|always|unlimited|(?:fully|completely|totally) (?:secure|safe))\b"
        r"|\bimmediately\b(?! (?:before|after|preceding|following)\b)|(?<!\bto the )\bbest\b",
        promise=True,
    ),
)
_WORDS = tuple((frozenset(each.words.split()), each) for each in FORBIDDEN)


def forbidden_words(document: d.Document) -> Iterator[Problem]:
    """Words that make a contract hard to read or promise too much: hereof, said, such notice, and/or, etc., thirty (30).

    **Why it is bad.** Each of them has two meanings, or none. A promise like "always" or "guarantees" is broken on the first
    bad day; only the clauses on warranties, disclaimers and liability may use such words. **Example.** "The Provider shall
    ensure that said backups are kept, and the Client may inspect the same." **Fix.** Say who does what, and repeat the name
    of the thing: "The Provider shall keep the backups, and the Client may inspect them." Each message has its own fix.
    """
    return problems_for("forbidden-word", _forbidden, document)


@found_in
def _forbidden(passage: Passage) -> Iterator[Finding]:
    present = passage.words | {"("} if "(" in passage.text else passage.words
    for words, forbidden in _WORDS:
        if not words.isdisjoint(present) and not (forbidden.promise and passage.slot in OF_PROMISES):
            for match in forbidden.found_by().finditer(passage.text):
                yield match.start(), f"“{match[0].strip(' .;:,')}” {forbidden.why}", forbidden.instead
