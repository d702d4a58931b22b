"""Rules about defined terms: each is defined once, used, and no capitalised word goes without a definition."""

import re
from collections import Counter
from collections.abc import Iterator

from contract_assembly import document as d
from contract_assembly.check.reading import lines
from contract_assembly.problems import Problem
from contract_assembly.terms import is_definition, uses, without_uses
from contract_assembly.text import did_you_mean
from contract_assembly.values import WEEKDAYS

_CAPITALISED = re.compile(r"(?<![\w’'.-])(?:[A-Z][a-z]+[\w-]*)(?:[ \u00a0](?:[A-Z][a-z]+[\w-]*|\d))*")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;][”)]?[ \u00a0]+|^\(?|– )[“(]?$")
_NAMES = frozenset(
    {
        "Schedule",
        "Schedules",
        "English",
        "Microsoft",
        "Internet",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
    }
    | {"August", "September", "October", "November", "December", "Inc", "Act", *WEEKDAYS}
)


def undefined_terms(document: d.Document) -> Iterator[Problem]:
    """A capitalised word inside a sentence is a promise that it is defined.

    **Why it is bad.** A reader looks for the meaning and finds none; a court finds two. **Example.** "The Provider shall
    repair the Equipment." where nothing says what Equipment is. **Cure.** Define it (`**"Equipment"** means …`), use the term
    that is defined, or write it small. Names of months, weekdays and the like are known.
    """
    terms = [node.term for node in d.walk(document) if isinstance(node, d.Definition)]
    for line in lines(document):
        rest = without_uses(line.text, terms)
        # what is blanked out is shorter than it was, so places are looked up in the line itself
        for match in _CAPITALISED.finditer(rest):
            words = [word for word in re.split("[ \u00a0]", match[0]) if word not in _NAMES and not word.isdigit()]
            if words and not (_SENTENCE_START.search(rest[: match.start()]) and len(words) == 1):
                position = max(0, line.text.find(words[-1]))
                hint = did_you_mean(match[0], terms) if terms else f'define it: **"{match[0]}"** means …'
                yield Problem(
                    "undefined-term",
                    f"{match[0]} is capitalised like a defined term, and nothing defines it",
                    line.at(position),
                    hint,
                )


def unused_terms(document: d.Document) -> Iterator[Problem]:
    """A term that is defined and never used again.

    **Why it is bad.** It says that something was meant to be there. **Example.** (the **"Fix Period"**) with no second mention.
    **Cure.** Use the term or remove its definition. Entries of the definitions clause are dropped by themselves.
    """
    defined = {node.term: node for node in d.walk(document) if isinstance(node, d.Definition)}
    used = uses("\n".join(_all_words(document)), defined)
    for term, node in defined.items():
        if term not in used:
            yield Problem(
                "unused-term", f"{term} is defined and never used", node.origin, "use it, or remove its definition"
            )


def doubled_definitions(document: d.Document) -> Iterator[Problem]:
    """A term that is defined twice.

    **Why it is bad.** The two will differ one day, if they do not already. **Example.** "Fees" in the definitions and again
    in the fees clause. **Cure.** Keep one of them.
    """
    definitions = [node for node in d.walk(document) if isinstance(node, d.Definition)]
    doubled = {term for term, count in Counter(node.term.casefold() for node in definitions).items() if count > 1}
    first: dict[str, d.Definition] = {}
    for node in definitions:
        key = node.term.casefold()
        if key in doubled and key in first:
            what = f"{node.term} is defined a second time; first at {first[key].origin}"
            yield Problem("doubled-definition", what, node.origin, "keep one of them")
        first.setdefault(key, node)


def _all_words(document: d.Document) -> Iterator[str]:
    """Every line of words without the definitions' own terms; facts' words are no use of a term."""
    for node in d.walk(document):
        match node:
            case d.Paragraph(children=inside):
                yield d.plain(_words_only(inside[1:] if is_definition(node) else inside))
            case d.Cell(children=inside) | d.Section(heading=inside) | d.Part(heading=inside):
                yield d.plain(_words_only(inside))


def _words_only(inlines: tuple[d.Inline, ...]) -> tuple[d.Inline, ...]:
    return tuple(d.Text("␂") if isinstance(each, d.Definition) else each for each in inlines)
