"""Rules about the words of clauses: nothing left over from drafting, no doubled marks, no line without words."""

import re
from collections.abc import Iterator

from contract_assembly import document as d
from contract_assembly.check.reading import lines
from contract_assembly.problems import Problem

_LEFTOVER = re.compile(r"\[[^\]]*\]?|\bTODO\b|\bTBD\b|\bXXX+\b|\bLorem\b|\bFIXME\b|<<|>>|_{3,}|\?\?|�", re.IGNORECASE)
_DOUBLED = re.compile(
    r"[,;:]{2}|\.\.(?!\.)|[,;:]\.|\.[,;:](?! )| [,.;:](?= |$)|\( | \)|\b(the|a|an|of|to|and|or|in|is|shall) \1\b",
    re.IGNORECASE,
)


def leftovers(document: d.Document) -> Iterator[Problem]:
    """A note or placeholder from drafting that was left in the words.

    **Why it is bad.** The client signs it. **Example.** "within [30] days", "TODO: ask counsel". **Cure.** Write the words,
    or use a fact.
    """
    for line in lines(document):
        for match in _LEFTOVER.finditer(line.text):
            yield Problem(
                "leftover",
                f"{match[0]!r} looks like a note from drafting",
                line.at(match.start()),
                "write the words, or use a fact",
            )


def doubled_marks(document: d.Document) -> Iterator[Problem]:
    """Two marks in a row, a blank before a mark, or a small word twice.

    **Why it is bad.** It shows that nobody read the page. **Example.** "the the Client", "Provider ,". **Cure.** Remove one.
    """
    for line in lines(document):
        for match in _DOUBLED.finditer(line.text):
            yield Problem(
                "doubled-mark", f"{match[0]!r} is a slip of the pen", line.at(match.start()), "remove what is too much"
            )


def empty_words(document: d.Document) -> Iterator[Problem]:
    """A paragraph or heading without words.

    **Why it is bad.** A number with nothing after it. **Example.** A condition that leaves out all of a subsection's words.
    **Cure.** Put the whole subsection inside the condition.
    """
    for node in d.walk(document):
        if isinstance(node, d.Paragraph) and not d.plain(node.children).strip():
            yield Problem("empty-words", "a paragraph says nothing", node.origin, "write it, or remove it")
