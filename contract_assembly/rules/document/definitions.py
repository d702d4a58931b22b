"""Rules about the words of definitions: none is circular, and none hides a duty. Pure."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import Terms, compile_terms, uses
from contract_assembly.rules.document.passages import Finding, Passage, found_in, passages, problems_for, sentences
from contract_assembly.rules.document.reading import FACT, Line

_DUTY = re.compile(r"\b(?:shall|must|may not|agrees? to|undertakes? to)\b")


class _Meaning(Struct, frozen=True):
    """The meaning that a definition gives its term: the terms it uses, and whether it also uses a fact or a reference."""

    needs: frozenset[str]
    grounded: bool
    origin: Origin


def circular_definitions(document: d.Document) -> Iterator[Problem]:
    """A term that is defined by itself, or terms that are defined only by each other.

    **Why it is bad.** A reader who looks the term up ends where they began, so it means nothing. **Example.** "Fees" means
    the charges for the Services; "Services" means the work that the Fees pay for. **Fix.** Define one of them in plain words,
    by another term, or by a reference to the section that says what it is. Terms may use each other as long as one of them
    also uses something else.
    """
    meanings = _meanings(document)
    graph = {term: meaning.needs & meanings.keys() for term, meaning in meanings.items()}
    reach = {term: _reach(term, graph) for term in graph}
    reported: set[str] = set()
    for term, meaning in meanings.items():
        circle = {other for other in reach[term] if term in reach[other]}
        if term in graph[term]:
            hint = "define it in other words"
            yield Problem("circular-definition", f"{term} is defined by itself", meaning.origin, hint)
        elif (
            circle
            and term not in reported
            and not any(_leads_out(meanings[each], circle, graph[each]) for each in circle)
        ):
            reported |= circle
            others = " and ".join(sorted(circle - {term}))
            what = f"{term} is defined by {others}, which in turn is defined by {term}"
            yield Problem("circular-definition", what, meaning.origin, "define one of them in plain words")


def _leads_out(meaning: _Meaning, circle: set[str], needs: frozenset[str]) -> bool:
    return meaning.grounded or bool(needs - circle)


def _meanings(document: d.Document) -> dict[str, _Meaning]:
    """The first sentence of each entry of the definitions; the sentences after it are rules about the term."""
    entries = {passage.term: (passage, line) for passage, line in passages(document) if passage.term}
    terms = compile_terms(entries)
    return {term: _meaning(passage, line, terms) for term, (passage, line) in entries.items()}


def _meaning(entry: Passage, line: Line, terms: Terms) -> _Meaning:
    meaning = entry.text.removeprefix(FACT)
    _, first = next(sentences(meaning))
    return _Meaning(uses(first, terms), FACT in meaning, line.at(0))


def _reach(term: str, graph: Mapping[str, frozenset[str]]) -> set[str]:
    """Every term that is needed to understand this one."""
    found: set[str] = set()
    waiting = list(graph[term])
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(graph[each])
    return found


def duties_in_definitions(document: d.Document) -> Iterator[Problem]:
    """A duty inside a definition.

    **Why it is bad.** No one looks for a duty there, and it applies only where the term is used. **Example.** "Report" means a
    report that the Provider shall send each month. **Fix.** "Report" means the report under section …; and in that section:
    "The Provider shall send a report each month."
    """
    return problems_for("duty-in-definition", _duties, document)


@found_in
def _duties(passage: Passage) -> Iterator[Finding]:
    for match in _DUTY.finditer(passage.text) if passage.term else ():
        what = f"“{match[0]}” in the definition of {passage.term} is a duty"
        yield match.start(), what, "move it to the clause where it belongs"
