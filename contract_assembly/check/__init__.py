"""Rules over the finished document. RULES is the table: a rule's docstring is its public page. Pure; knows only the tree."""

from collections.abc import Callable, Iterable, Iterator

from contract_assembly.check import sums, terms, words
from contract_assembly.document import Document
from contract_assembly.problems import Problem

Rule = Callable[[Document], Iterable[Problem]]

RULES: dict[str, Rule] = {
    "undefined-term": terms.undefined_terms,
    "unused-term": terms.unused_terms,
    "doubled-definition": terms.doubled_definitions,
    "leftover": words.leftovers,
    "typed-number": words.typed_numbers,
    "doubled-mark": words.doubled_marks,
    "empty-words": words.empty_words,
    "total": sums.totals,
}


def check(document: Document) -> Iterator[Problem]:
    """Apply every rule."""
    for rule in RULES.values():
        yield from rule(document)
