"""The rule about places that are named in typed words: parts of laws, and list items. Pure."""

import re
from collections.abc import Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.passages import Finding, Passage, found_in, problems_for, sentence_at
from contract_assembly.rules.document.reading import FACT

_PARTS = "annex appendix chapter chapters exhibit exhibits recital recitals regulation regulations title titles"
_WORDS = frozenset(_PARTS.split())
_PART_OF_A_LAW = re.compile(
    rf"§+ ?\d[\w.-]*|\b(?i:{_PARTS.replace(' ', '|')}) (?:(?!(?:19|20)\d\d\b)\d[\w.-]*|[IVXLC]+\b|[A-Z]\b)"
)
_HEADS = "items?|points?|letters?|subparagraphs?|subsections?"
_ITEM = re.compile(rf"(?:{FACT} ?|\b(?i:{_HEADS}) )\((?:[a-z]|[ivx]+)\)")
# Names of laws and standards: "the Example Act 1998", "Title 11 of the Code", "Regulation (EU) 2016/679", "the GDPR".
_KINDS = "Act Addendum Code Constitution Convention Decree Directive Law Laws Order Ordinance Regulation Rules Statute Treaty"
_INSTRUMENT = re.compile(
    rf"\b(?:{_KINDS.replace(' ', '|')})\b|\bTitle \d+|\b(?:[A-Z]{{3,}}|[A-Z]\.(?:[A-Z]\.)+)(?![A-Za-z])|\b[A-Z]{{2,}} ?\d{{3,}}"
)
_NAMED = re.compile(rf"(?:\([a-z0-9]+\))*,? of (?:the |this )?(?!Agreement|Contract)[A-Z{FACT}]")


def external_references(document: d.Document) -> Iterator[Problem]:
    """A part of a law without the name of the law in the same sentence, or a list item named by a typed letter.

    **Why it is bad.** "Annex II" of what? And once an item is left out, a typed letter points to a different one. **Example.**
    "as Annex II says", "section [](#fees)(b)". **Fix.** "as Annex II of Regulation (EU) 2016/679 says". For an item of the
    contract, say in words which one you mean, or give it a subsection with an id. Sections are covered by `typed-number`.
    """
    return problems_for("external-reference", _unnamed, document)


@found_in
def _unnamed(passage: Passage) -> Iterator[Finding]:
    if "(" not in passage.text and "§" not in passage.text and _WORDS.isdisjoint(passage.words):
        return
    for pattern, what, hint in (
        (_PART_OF_A_LAW, "names part of a law, but the sentence does not say which law", "add the name of the law"),
        (
            _ITEM,
            "names an item by a typed letter",
            "say in words which one you mean, or refer to a subsection with [](#id)",
        ),
    ):
        for match in pattern.finditer(passage.text):
            if not _says_which(passage, match):
                cited = match[0].replace(FACT, "…")
                yield match.start(), f"“{cited}” {what}", hint


def _says_which(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the name of a law or other named document follows, or is elsewhere in the sentence or its lead-in."""
    sentence = sentence_at(passage.text, match.start()).replace(match[0], " ", 1)
    return bool(_NAMED.match(passage.text, match.end()) or _INSTRUMENT.search(f"{passage.lead} {sentence}"))
