"""The rule about verbs: each says one thing, and `shall` only what a party owes. SCHEMES holds the house styles. Pure.

Source: domain, drafting style, after Adams: a duty of a party is `shall`, what anything else must meet is `must`, what a
party is free to do is `may`, and what the contract itself lays down stands in the present.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from contract_assembly import document as d
from contract_assembly.check.passages import Passage, passages, sentences
from contract_assembly.problems import Problem

SCHEME = "adams"

_ROLE = "(?:the|nor the|or the|and the) (?:Provider|Client)"
_ANY_PARTY = (
    r"(?:the|a|any|another|each|either|neither|every|one|that|this)(?: other)?(?: [a-z]+ing)? party|(?:both|the|these)(?: two)? parties"
    r"|(?:each|either|neither|both|one) of (?:the parties|them)|the other|neither"
)
PARTY = rf"(?:{_ROLE}|{_ANY_PARTY})(?![\w’'-])(?! (?:Contact|Data|Systems|Tools)\b)"
# Where a subject can begin: with the sentence, after a mark, or after a word that opens a clause.
_OPENS = (
    r"(?:^|[,;:(–—] |\b(?:and|as|because|before|but|if|or|that|then|unless|until|when|where|which|while|nor|both) |[Ll]ikewise,? )"
)
_BETWEEN = r"(?: (?:also|first|likewise|then|therefore|in turn|at least|[a-z]+ly))?"
# What may follow a party and still leave it the subject: "the party that learns of it", "each party, at its cost,".
_AFTER = r"(?:,[^,;:]*,| (?:that|who|whose|which|in|with|at|under|of|[a-z]+ing|[a-z]+ed)\b[^,;:]*| named [^,;:]*)?"
_SUBJECT = re.compile(rf"{_OPENS}(?:{PARTY}){_AFTER}{_BETWEEN}:? ?$", re.IGNORECASE)
_PARTY_BEFORE = re.compile(rf"{_OPENS}(?:{PARTY})", re.IGNORECASE)
_SHARED = re.compile(rf"(?:\b(?:and|or|but)|,){_BETWEEN} ?$|\b(?:it|they){_BETWEEN} ?$", re.IGNORECASE)
_NOR = re.compile(r"\b[Nn](?:or|either) $")
_CONDITION = re.compile(r"\b(?:if|unless|until|once|when|where|whether|that|which|what|how|whom|only|after|before|by) $", re.IGNORECASE)
_PURPOSE = re.compile(r"^(?:In order to|To) |\b(?:only if|in order to|on condition that)\b|\bbefore (?:it|they|that party) may\b")


@dataclass(frozen=True, slots=True)
class Verb:
    """A way of saying a duty or a right that the scheme does not use: a word that is always in it, what finds it, what is
    wrong, and the cure. `unless` sees the words of the sentence before it, and all of it."""

    word: str
    pattern: re.Pattern[str]
    why: str
    instead: str
    unless: Callable[[str, str], bool] = lambda _before, _sentence: False


def _verb(word: str, pattern: str, why: str, instead: str, unless: Callable[[str, str], bool] | None = None) -> Verb:
    compiled = re.compile(pattern)
    return Verb(word, compiled, why, instead, unless) if unless else Verb(word, compiled, why, instead)


def of_party(before: str, _sentence: str = "") -> bool:
    """Whether the verb that follows these words has a party as its subject."""
    if _SUBJECT.search(before):
        return True
    return bool(_SHARED.search(before) and _PARTY_BEFORE.search(before))


def _of_party_after(before: str, sentence: str) -> bool:
    """As in "Nor shall the Provider …"."""
    rest = sentence[len(before) :]
    return bool(_NOR.search(before) and re.match(rf"shall (?:{PARTY})", rest)) or of_party(before)


def _of_no_party(before: str, _sentence: str) -> bool:
    return not _SUBJECT.search(before)


def _conditional(before: str, sentence: str) -> bool:
    """Whether a party's `must` is a step towards something that it wants, or stands in a subordinate clause."""
    subject = _SUBJECT.search(before)
    if not subject or _PURPOSE.search(sentence):
        return True
    opening = re.match(r"\W*\w+ ", subject[0])
    return bool(opening and _CONDITION.search(opening[0].lstrip(" ,;:(–—")))


def _if_agreed(before: str, _sentence: str) -> bool:
    return bool(re.search(rf"\b(?:if|unless|until|once|when|where|as) (?:{PARTY}) $", before, re.IGNORECASE)) or bool(
        re.search(r"\b(?:may|can|shall|must|to|not) $", before)
    )


_DUTY = "write “shall”, with the party as subject"
_COMMON = (
    _verb("may", r"\bmay not\b", "means “is forbidden to” and “perhaps does not”", "write “shall not”, or “might not”"),
    _verb("party", r"\b[Nn]o party (?:shall|may|must|will)\b", "leaves nobody with a duty", "write “neither party shall”"),
    _verb("nobody", r"\b[Nn]obody (?:shall|may)\b", "leaves nobody with a duty", "write “neither party shall”"),
    _verb("will", r"\bwill\b", "is for what comes to pass, not for what a party owes", _DUTY, _of_no_party),
    _verb("agree", r"\bagrees? (?:not )?to (?!(?:an?|the|these|this|that|its|their|any|each)\b)", "clears its throat before a duty", _DUTY, _if_agreed),
    _verb("oblig", r"\b(?:is|are|be) (?:obligated|obliged) to\b", "is a long way to say a duty", _DUTY),
    _verb("undertake", r"\bundertakes? to\b", "is a long way to say a duty", _DUTY),
    _verb("covenant", r"\bcovenants? to\b", "is a long way to say a duty", _DUTY),
    _verb("duty", r"\b(?:has|have) (?:a|the) (?:duty|obligation) to\b", "is a long way to say a duty", _DUTY, _if_agreed),
    _verb("obligation", r"\b(?:has|have) (?:an?|the) obligation to\b", "is a long way to say a duty", _DUTY, _if_agreed),
    _verb("required", r"\b(?:shall|must|will) be required to\b", "says a duty twice", _DUTY),
    _verb("entitled", r"\bshall be entitled to\b", "is a right in the words of a duty", "write “may”"),
    _verb("right", r"\bshall have the right to\b", "is a right in the words of a duty", "write “may”"),
    _verb("shall", r"\bshall (?:mean|be deemed|constitute)\b", "is a rule in the words of a duty", "write it in the present: “means”, “is”"),
    _verb("should", r"\b[Ss]hould\b", "is advice, and a contract binds", "write “shall”, “must” or “if”"),
    _verb("intend", r"\bintends? (?:to|that)\b|\b(?:is|are) intended (?:to|that)\b", "is a hope, and a contract binds", "say what holds, or leave it out"),
)  # fmt: skip
SCHEMES: Mapping[str, tuple[Verb, ...]] = {
    "adams": (
        *_COMMON,
        _verb("shall", r"\bshall\b", "says a duty, and only a party can owe one", "name the party that owes it, or write “must” or the present", _of_party_after),
        _verb("must", r"\bmust\b", "is for things and conditions; what a party owes is “shall”", "write “shall”", _conditional),
    ),
    "plain": (
        *(replace for replace in _COMMON if replace.word != "shall"),
        _verb("shall", r"\bshall\b", "is not in the scheme of this house", "write “must”, or the present"),
    ),
}  # fmt: skip


def verbs(document: d.Document) -> Iterator[Problem]:
    """One scheme of verbs: a party `shall`, a thing `must`, a party `may`; everything else stands in the present.

    **Why it is bad.** A reader who meets "shall", "will", "must" and "agrees to" for one and the same duty looks for four
    meanings, and a duty of a thing binds nobody. **Example.** "Notices shall be in writing." "The Client may not resell the
    Services." "The Provider agrees to keep logs." **Cure.** "A notice must be in writing." "The Client shall not resell the
    Services." "The Provider shall keep logs."
    """
    scheme = SCHEMES[SCHEME]
    for passage in passages(document):
        if any(verb.word in passage.text.lower() for verb in scheme):
            yield from _wrong(passage, scheme)


def _wrong(passage: Passage, scheme: tuple[Verb, ...]) -> Iterator[Problem]:
    for start, sentence in sentences(passage.text):
        lead = f"{passage.lead.rstrip(':')} " if passage.lead and start == 0 else ""
        seen: set[int] = set()
        for verb in scheme:
            for match in verb.pattern.finditer(sentence):
                before = lead + sentence[: match.start()]
                if match.end() not in seen and not verb.unless(before, lead + sentence):
                    seen.add(match.end())
                    place = passage.line.at(start + match.start())
                    yield Problem("verbs", f"“{match[0].strip()}” {verb.why}", place, verb.instead)
