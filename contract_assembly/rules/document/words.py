"""Rules about the words of clauses: no notes left from drafting, no repeated marks, no empty lines. Pure."""

import re
from collections.abc import Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import NBSP, shown
from contract_assembly.document import tree as d
from contract_assembly.rules.document.reading import FACT, every, finder, lines

_LEFTOVER = re.compile(r"\[[^\]]*\]?|\bTODO\b|\bTBD\b|\bXXX+\b|\bLorem\b|\bFIXME\b|<<|>>|_{3,}|\?\?|�", re.IGNORECASE)
_LEFT_IN_FACT = re.compile(r"\b(?:TODO|TBD|XXX+|FIXME)\b|_{3,}|\?\?|�")
_PLACEHOLDER = re.compile(r"\bto[ \u00a0-]be[ \u00a0-]entered\b|^\+\d{1,3}[9 \u00a0]{6,}$", re.IGNORECASE)
_WITH_WORDS = frozenset({d.Part, d.Section, d.Paragraph})
_TYPED_NUMBER = re.compile(
    r"\b(?:[Ss]ections?|[Pp]aragraphs?|[Cc]lauses?|[Aa]rticles?)[ \u00a0]\d[\d.A-Z-]*|\bSchedules?[ \u00a0](?:\d+|[A-Z]\b)"
)
_OF_A_LAW = re.compile(
    rf"(?:\([a-z0-9]+\)|(?:,| to| and| or) \d[\w.]*)*,? (?:of (?:the )?(?!Agreement|Contract)[A-Z{FACT}]|[A-Z]{{2}})"
)
_AFTER_A_LAW = re.compile(r"\b(?:[A-Z]{2,}|(?:Act|Law|Order|Regulations?)(?: [\d(][\w()/]*)*),? $")
_DOUBLED = re.compile(
    rf"[,;:]{{2}}|(?<!\.)\.\.(?!\.)|[,;:]\.|(?<!{FACT})\.[,;:](?! )| [,.;:](?= |$)|\( | \)"
    r"|\b(the|a|an|of|to|and|or|in|is|shall) \1\b",
    re.IGNORECASE,
)
_leftovers_in, _numbers_in, _doubled_in = finder(_LEFTOVER), finder(_TYPED_NUMBER), finder(_DOUBLED)


def leftovers(document: d.Document) -> Iterator[Problem]:
    """A note or placeholder left over from drafting.

    **Why it is bad.** The client signs it. **Example.** "within [30] days", "TODO: ask counsel". **Fix.** Write the words,
    or use a fact.
    """
    for line in lines(document):
        for match in _leftovers_in(line.text):
            yield Problem(
                "leftover",
                f"{shown(match[0])} looks like a note from drafting",
                line.at(match.start()),
                "write the words, or use a fact",
            )
    for value in every(d.Value, document):
        if found := _LEFT_IN_FACT.search(value.text):
            what = f"{value.key} holds {shown(found[0])}, which looks like a note from drafting"
            yield Problem("leftover", what, value.origin, "write the value, or remove the key")


def placeholders(document: d.Document) -> Iterator[Problem]:
    """A value that `build.py new` wrote in place of a fact.

    **Why it is bad.** The client signs a page that names no one. **Example.** "name to be entered", "+1 999 999 9999". **Fix.**
    Write the fact. Only final versions are checked: a draft may show what is still to be entered.
    """
    if document.meta.watermark:
        return
    found = {value.origin: value for value in every(d.Value, document) if _PLACEHOLDER.search(value.text)}
    for value in found.values():
        what = f"{value.key} is a placeholder: {shown(value.text.replace(NBSP, ' '))}"
        yield Problem("placeholder", what, value.origin, "write the fact")


def typed_numbers(document: d.Document) -> Iterator[Problem]:
    """The number of a section of this document, typed by hand.

    **Why it is bad.** When a clause is added before it, the number points to a different section. **Example.** "as section 9.2
    says". **Fix.** `[](#id)`. The section of a law may be typed: "section 365(n) of Title 11".
    """
    for line in lines(document):
        for match in _numbers_in(line.text):
            if not (_OF_A_LAW.match(line.text, match.end()) or _AFTER_A_LAW.search(line.text[: match.start()])):
                hint = "write [](#id) with the id of the section; for a law, name it: section 5 of the Example Act"
                yield Problem("typed-number", f"{match[0]} is a typed number", line.at(match.start()), hint)


def doubled_marks(document: d.Document) -> Iterator[Problem]:
    """Two punctuation marks in a row, a blank before a mark, or a small word twice.

    **Why it is bad.** It shows that no one read the page. **Example.** "the the Client", "Provider ,". **Fix.** Remove one.
    """
    for line in lines(document):
        for match in _doubled_in(line.text):
            yield Problem(
                "doubled-mark",
                f"{shown(match[0])} is a typing mistake",
                line.at(match.start()),
                "remove the extra blank, mark or word",
            )


def empty_words(document: d.Document) -> Iterator[Problem]:
    """A paragraph or heading without words.

    **Why it is bad.** It prints a number with nothing after it. **Example.** A condition that leaves out all the words of a
    subsection. **Fix.** Put the whole subsection inside the condition.
    """
    in_letters = {
        id(each) for part in document.parts if part.kind == "letter" for each in part.children
    }  # need no heading
    for node in d.walk(document, _WITH_WORDS):
        match node:
            case d.Section() if id(node) in in_letters:
                pass
            case d.Paragraph(children=line) if not d.plain(line).strip():
                yield Problem("empty-words", "a paragraph is empty", node.origin, "write it, or remove it")
            case d.Part(children=()):
                hint = "write it, or leave the whole part out with a condition"
                yield Problem("empty-words", f"there is nothing under {d.plain(d.title(node))}", node.origin, hint)
            case d.Part(heading=line) | d.Section(level=1, heading=line) if not d.plain(line).strip():
                yield Problem("empty-words", "a heading is empty", node.origin, "write it")
