"""The rule about verbs: each has one meaning, and `shall` is only for the duty of a party. SCHEMES holds the house styles. Pure.

Source: Kenneth A. Adams, A Manual of Style for Contract Drafting: `shall` is for a duty of a party, `must` for a
condition that a thing has to meet, `may` for a choice of a party, and the present tense for rules of the contract itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from msgspec import Struct

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.passages import Finding, Passage, found_in, problems_for, sentences

SCHEME = "adams"

# ---- who has the duty: the words before a verb

_ROLE = "(?:the|nor the|or the|and the) (?:Provider|Client)"
_SOME_PARTY = (
    r"(?:the|a|any|another|each|either|neither|every|one|that|this)(?: other)?(?: [a-z]+ing)? party"
    r"|(?:both|the|these)(?: two)? parties|(?:each|either|neither|both|one) of (?:the parties|them)|the other|neither"
)
_PARTY = rf"(?:{_ROLE}|{_SOME_PARTY})(?![\w’'-])(?! (?:Contact|Data|Systems|Tools)\b)"
# A subject begins a sentence, or follows a mark or a word that opens a clause: "a notice to the Client" has another one.
_OPENER = "and|as|because|before|both|but|if|likewise|nor|or|that|then|unless|until|when|where|which|while"
_OPENING = rf"(?:^|[,;:(–—] |\b(?:{_OPENER}) )"
_ADVERB = r"(?: (?:also|first|likewise|then|therefore|in turn|at least|[a-z]+ly))?"
# What may follow a party and leave it the subject: "the party that learns of it", "each party, at its cost,".
_AFTER = r"(?:,[^,;:]*,| (?:that|who|whose|which|in|with|at|under|of|to|from|for|on|against|named|[a-z]+ing|[a-z]+ed)\b[^,;:]*)?"
_PLAIN = re.compile(rf"(?:{_PARTY}) $", re.IGNORECASE)  # most sentences: a quick check
_SUBJECT = re.compile(rf"{_OPENING}(?:{_PARTY}){_AFTER}{_ADVERB}:? ?$", re.IGNORECASE)
_SUBJECT_BEFORE = re.compile(rf"{_OPENING}(?:{_PARTY})", re.IGNORECASE)
_SHARED = re.compile(rf"(?:\b(?:and|or|but)|,){_ADVERB} ?$|\b(?:it|they){_ADVERB} ?$", re.IGNORECASE)
_NOR = re.compile(r"\b(?:nor|neither) $", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\W*(?:if|unless|until|when|where|that|which|before|because|as|while)\b", re.IGNORECASE)
_PURPOSE = re.compile(r"^(?:In order to|To) |\b(?:only if|in order to|on condition that|before (?:it|they) may)\b")
_AGREED = re.compile(
    rf"\b(?:if|unless|until|once|when|where|as) (?:{_PARTY}) $|\b(?:may|can|shall|must|not) $", re.IGNORECASE
)


def _of_party(before: str, sentence: str) -> bool:
    """Whether a party is the subject of the verb that follows `before`, shared with an earlier verb or placed after it."""
    if _PLAIN.match(before) or _SUBJECT.search(before):
        return True
    behind = re.match(rf"shall (?:{_PARTY})", sentence[len(before) :])
    return bool(_SHARED.search(before) and _SUBJECT_BEFORE.search(before)) or bool(_NOR.search(before) and behind)


def _of_no_party(before: str, _sentence: str) -> bool:
    """Whether a thing is the subject, or the clause is subordinate: it begins with "if", "that" and the like."""
    subject = _SUBJECT.search(before)
    return not subject or bool(_SUBORDINATE.match(subject[0]))


def _conditional(before: str, sentence: str) -> bool:
    """Whether a party's `must` is a condition for something that it wants, or is in a subordinate clause."""
    return _of_no_party(before, sentence) or bool(_PURPOSE.search(sentence))


def _if_agreed(before: str, _sentence: str) -> bool:
    return bool(_AGREED.search(before))


def _never(_before: str, _sentence: str) -> bool:
    return False


# ---- the schemes


class Verb(Struct, frozen=True):
    """A phrase that a scheme does not use: words of which one is always in it, its pattern, the reason, and the fix. `unless`
    gets the sentence up to the phrase and the whole sentence, and returns whether this use is fine."""

    words: frozenset[str]
    pattern: str
    why: str
    instead: str
    unless: Callable[[str, str], bool]


def _verb(words: str, pattern: str, why: str, instead: str, unless: Callable[[str, str], bool] = _never) -> Verb:
    return Verb(frozenset(words.split()), pattern, why, instead, unless)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern. Most contracts use few of these words, so each is compiled when its words first occur."""
    return re.compile(pattern)


_LONG, _RIGHT = "is a long way to say a duty", "states a right in the words of a duty"
_NOBODY, _HOPE = "leaves no one with a duty", "states a hope, but a contract binds"


def _common(duty: str) -> tuple[Verb, ...]:
    """Phrases that no scheme uses; `duty` is the verb for a duty in this one."""
    say = f"write “{duty}”, with the party as its subject"
    return (
        _verb("may", r"(?<!\bor )\bmay not\b", "forbids, or says “perhaps not”", f"write “{duty} not” or “might not”"),
        _verb("no", r"\b[Nn]o party (?:shall|may|must|will)\b", _NOBODY, f"write “neither party {duty}”"),
        _verb("nobody", r"\b[Nn]obody (?:shall|may)\b", _NOBODY, f"write “neither party {duty}”"),
        _verb("will", r"\bwill\b", "is for the future, not for a duty", say, _of_no_party),
        _verb(
            "agree agrees",
            r"\bagrees? (?:not )?to (?!(?:an?|the|these|this|that|its|their|any|each)\b)",
            "is a preamble to a duty",
            say,
            _if_agreed,
        ),
        _verb("obligated obliged", r"\b(?:is|are|be) (?:obligated|obliged) to\b", _LONG, say),
        _verb("undertake undertakes", r"\bundertakes? to\b", _LONG, say),
        _verb("covenant covenants", r"\bcovenants? to\b", _LONG, say),
        _verb("obligation", r"(?<!that )(?<!who )\b(?:has|have) (?:an|the) obligation to\b", _LONG, say),
        _verb("required", r"\b(?:shall|must|will) be required to\b", "says a duty twice", say),
        _verb("entitled", r"\bshall be entitled to\b", _RIGHT, "write “may”"),
        _verb("right", r"\bshall have the right to\b", _RIGHT, "write “may”"),
        _verb("should", r"\b[Ss]hould\b", "is advice, but a contract binds", "write “shall”, “must” or “if”"),
        _verb("intend intends", r"\bintends? (?:to|that)\b", _HOPE, "state the rule, or leave it out"),
        _verb("intended", r"\b(?:is|are) intended (?:to|that)\b", _HOPE, "state the rule, or leave it out"),
    )


_RULE = "states a rule in the words of a duty"
SCHEMES: Mapping[str, tuple[Verb, ...]] = {
    "adams": (
        *_common("shall"),
        _verb("shall", r"\bshall (?:mean|be deemed|constitute)\b", _RULE, "write the present tense: “means”, “is”"),
        _verb(
            "shall",
            r"\bshall\b",
            "states a duty, and only a party can have one",
            "name the party that has it, or write “must” or the present tense",
            _of_party,
        ),
        _verb("must", r"\bmust\b", "is for conditions, not for a duty of a party", "write “shall”", _conditional),
    ),
    "plain": (
        *_common("must"),
        _verb("shall", r"\bshall\b", "is not in this house style", "write “must”, or the present tense"),
    ),
}


def verbs(document: d.Document) -> Iterator[Problem]:
    """A verb outside the scheme: `shall` for a duty of a party, `must` for a condition, `may` for a choice, else the present.

    **Why it is bad.** A reader who sees "shall", "will", "must" and "agrees to" for the same kind of duty looks for four
    meanings, and a duty of a thing binds no one. **Example.** "Notices shall be in writing." "The Client may not resell the
    Services." "The Provider agrees to keep logs." **Fix.** "A notice must be in writing." "The Client shall not resell the
    Services." "The Provider shall keep logs."
    """
    return by_scheme(document, SCHEMES[SCHEME])


def by_scheme(document: d.Document, scheme: tuple[Verb, ...]) -> Iterator[Problem]:
    """Every phrase that one scheme does not use."""
    return problems_for("verbs", _wrong_in(scheme), document)


@lru_cache(maxsize=len(SCHEMES))  # one for each, so that it remembers what it found
def _wrong_in(scheme: tuple[Verb, ...]) -> Callable[[Passage], tuple[Finding, ...]]:
    return found_in(
        lambda passage: _wrong(passage, [verb for verb in scheme if not verb.words.isdisjoint(passage.words)])
    )


def _wrong(passage: Passage, used: list[Verb]) -> Iterator[Finding]:
    for start, sentence in sentences(passage.text) if used else ():
        lead = f"{passage.lead} " if passage.lead and start == 0 else ""
        reported: list[range] = []  # each phrase once, for its first entry in the scheme
        for verb, match in ((each, match) for each in used for match in _compiled(each.pattern).finditer(sentence)):
            again = any(match.end() - 1 in each for each in reported)
            if not again and not verb.unless(lead + sentence[: match.start()], lead + sentence):
                reported.append(range(*match.span()))
                yield start + match.start(), f"“{match[0].strip()}” {verb.why}", verb.instead
