"""Rules over the finished document, in the table RULES: a rule's docstring is the page that users read. Pure."""

from collections.abc import Callable, Iterable, Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.document.tree import Document
from contract_assembly.rules.document import (
    balance,
    citations,
    dates,
    definitions,
    enumerations,
    figures,
    forbidden,
    repeats,
    size,
    strangers,
    sums,
    tables,
    terms,
    verbs,
    words,
)

__all__ = ["readability"]

Rule = Callable[[Document], Iterable[Problem]]

RULES: dict[str, Rule] = {
    "undefined-term": terms.undefined_terms,
    "unused-term": terms.unused_terms,
    "doubled-definition": terms.doubled_definitions,
    "circular-definition": definitions.circular_definitions,
    "duty-in-definition": definitions.duties_in_definitions,
    "leftover": words.leftovers,
    "placeholder": words.placeholders,
    "typed-number": words.typed_numbers,
    "external-reference": citations.external_references,
    "literal-figure": figures.literal_figures,
    "verbs": verbs.verbs,
    "forbidden-word": forbidden.forbidden_words,
    "repeated-words": repeats.repeated_words,
    "list-grammar": enumerations.list_grammar,
    "balance": balance.balance,
    "doubled-mark": words.doubled_marks,
    "empty-words": words.empty_words,
    "total": sums.totals,
    "wide-table": tables.wide_tables,
    "long-word": size.long_words,
    "long-table": size.long_tables,
    "document-size": size.long_documents,
    "other-client": strangers.other_clients,
    "foreign-date": dates.foreign_dates,
}


def check(document: Document) -> Iterator[Problem]:
    """Apply every rule."""
    for rule in RULES.values():
        yield from rule(document)
