"""The rule about words that have no place in a contract: the table FORBIDDEN says which, why, and what to write instead. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contract_assembly import document as d
from contract_assembly.check.passages import passages
from contract_assembly.problems import Problem

# Where a promise is the subject: there the words for strong promises may stand.
OF_PROMISES = frozenset({"warranties", "disclaimer", "liability"})

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    f"nineteen|(?:{_TENS})(?:-[a-z]+)?|(?:[a-z]+[ -])?hundred|(?:[a-z]+[ -])?thousand"
)
_STATED = "described|defined|given|listed|mentioned|named|noted|provided|referred to|set forth|set out|shown|specified|stated"
_BEFORE_SAID = "and|any|by|for|from|if|in|of|on|that|the|to|under|when|with"


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A pattern, what is wrong with what it finds, and the cure. `promise` marks words that some clauses may use."""

    pattern: str
    why: str
    instead: str
    promise: bool = False


_OLD = "is a lawyer's word that tells a reader nothing", "name what is meant, or leave it out"
_DOUBLE = "says one thing twice, and a court looks for the difference"
_POINTS = "points to a place that moves", "refer by [](#id), or say “this section”"

FORBIDDEN: tuple[Forbidden, ...] = (
    Forbidden(r"here(?:of|in|inafter|inabove|inbelow|under|to|tofore|unto|with|upon)\b", *_OLD),
    Forbidden(r"there(?:of|in|to|under|unto|with|from|upon|for)\b", *_OLD),
    Forbidden(r"where(?:of|in|unto|upon)\b", *_OLD),
    Forbidden(r"witnesseth\b|in witness\b|(?:afore|above-?)(?:said|mentioned)\b|foregoing\b", *_OLD),
    Forbidden(
        r"hereby\b(?! (?:irrevocably )?(?:assign|grant|appoint)s?\b)",
        "belongs only to an act done by signing",
        "leave it out, or write “hereby assigns”, “hereby grants” or “hereby appoints”",
    ),
    Forbidden(
        rf"(?:(?<=^)|(?<=[.;:,] )|(?<={') |(?<='.join(_BEFORE_SAID.split('|'))} ))said\b(?= [a-z])(?! (?:that|so|to|in|by)\b)",
        "is no article",
        "write “the” or “that”",
    ),
    Forbidden(
        r"(?<!\bas )such\b(?! as\b| that\b| an? [\w-]+ (?:that|as)\b)", "is no article", "write “the”, “that” or “this”"
    ),
    Forbidden(
        r"the same(?: (?:shall|may|must|will)\b|(?<!is the same)(?<!are the same)(?<!be the same)(?<!do the same)(?<!does the same)"
        r"(?<!remains the same)(?<!remain the same)(?<!stay the same)(?<!stays the same)(?=[.,;:)]|$))"
        r"|(?<!the )(?<!this )(?<!that )same(?=[.,;:]|$)",
        "stands for a thing that nobody can point at",
        "name the thing, or write “it”",
    ),
    Forbidden(r"and/or\b", "means two things", "write “or”, or “A, B, or both”"),
    Forbidden(
        r"including,? (?:but not limited to|without(?: any)? limitation)\b|without limiting the generality\b",
        "is said once for the whole contract in its rules of reading",
        "write “including”",
    ),
    Forbidden(r"etc\b\.?", "leaves the list open", "name what is meant, or begin the list with “including”"),
    Forbidden(
        r"provided,? (?:however,? )?that\b(?! (?:day|week|month|year)\b)",
        "is condition, exception and addition at once",
        "write “if”, “except that”, or a new sentence",
    ),
    Forbidden(r"[a-z]+\((?:e?s)\)", "is no word", "write the singular, or let a fact be counted"),
    Forbidden(
        rf"(?:{_NUMBERS}) ?\(\d[\d.,]*\)|\d[\d.,]* ?\((?:{_NUMBERS})\)", "says a number twice", "say it once, by a fact"
    ),
    Forbidden(
        rf"(?:(?:{_STATED})|the|see|sections?|paragraphs?|clauses?|schedules?|tables?|lists?) (?:above|below)\b"
        r"(?! (?:the|an?|that|this|its|their|zero)\b| [\d\u2402])",
        *_POINTS,
    ),
    Forbidden(r"party of the (?:first|second|other) part\b", *_OLD),
    Forbidden(r"(?:he|she|him|her|his|hers|himself|herself|s/he)\b(?!\.)", "leaves people out", "name the role again"),
    Forbidden(r"represents? and warrants?\b", _DOUBLE, "write “warrants”"),
    Forbidden(r"null and void\b", _DOUBLE, "write “void”"),
    Forbidden(r"any and all\b", _DOUBLE, "write “all”"),
    Forbidden(r"each and every\b", _DOUBLE, "write “each”"),
    Forbidden(
        r"guarant(?:ee|ees|eed|eeing|y|ies)\b|ensur(?:e|es|ed|ing)\b|(?:fully|completely|totally) (?:secure|safe)\b|always\b"
        r"|immediately\b(?! (?:before|after|preceding|following)\b)|unlimited\b|(?<!\bto the )best\b(?! of its knowledge\b)",
        "promises more than anyone can keep",
        "say what is done, by when, and how it is measured",
        promise=True,
    ),
)
# One search for all of them: where a line holds none, it is read once and left.
_ANY = re.compile(
    r"(?<![\w/-])(?:" + "|".join(f"(?P<w{n}>{each.pattern})" for n, each in enumerate(FORBIDDEN)) + ")", re.IGNORECASE
)


def forbidden_words(document: d.Document) -> Iterator[Problem]:
    """Words that make a contract hard to read or promise too much: hereof, said, such notice, and/or, etc., thirty (30).

    **Why it is bad.** Each of them has two meanings, or none. A promise like "always" or "guarantees" is broken on the first
    bad day; such words may stand only in the clauses on warranties and liability. **Example.** "The Provider shall ensure
    that said backups are kept, and the Client may inspect the same." **Cure.** Say who does what, and name it again: "The
    Provider shall keep the backups, and the Client may inspect them." `FORBIDDEN` has a cure for each word.
    """
    for passage in passages(document):
        for match in _ANY.finditer(passage.text):
            found = FORBIDDEN[int(str(match.lastgroup)[1:])]
            if not (found.promise and passage.slot in OF_PROMISES):
                what = f"“{match[0]}” {found.why}"
                yield Problem("forbidden-word", what, passage.line.at(match.start()), found.instead)
