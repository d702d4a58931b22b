"""The files embedded in a document for programs to read: its typed facts, the record of its inputs, and its review
text. Pure.

Only facts that the document prints are embedded, and of a group of facts (an address, a list) only the words that it
prints. The other party receives the file, and should learn nothing from it that the pages do not show.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from contract_assembly.core.report import to_json
from contract_assembly.core.values import WEEKDAYS, Duration, Money, Percent, Weekdays
from contract_assembly.document.tree import Document, Value, every
from contract_assembly.document.writer_extras import Enclosure
from contract_assembly.facts.template_values import Fact

AGREEMENT, RECORD, REVIEW = "agreement.json", "record.json", "review.md"
FORM = 1  # of agreement.json; raised when a reader of the old form would misread the new one


def enclosures(document: Document, facts: Iterable[Fact], record: bytes, review: bytes) -> tuple[Enclosure, ...]:
    """The files to embed in a document. `facts` are all facts available to it; `record` lists its inputs."""
    agreement = f"{to_json(agreement_data(document, facts))}\n".encode()
    return (
        Enclosure(
            AGREEMENT, "application/json", "The facts that this document states, with their types", "Data", agreement
        ),
        Enclosure(RECORD, "application/json", "What this document was made from, by digest", "Data", record),
        Enclosure(REVIEW, "text/markdown", "The words of this document as plain text", "Source", review),
    )


def agreement_data(document: Document, facts: Iterable[Fact]) -> dict[str, Any]:
    """`agreement.json`: the parties and subject of the document, and each fact that it prints by key, as `type`,
    `value` and the `words` printed. Amounts are decimal texts with their currency, dates ISO 8601, periods a count of a
    unit."""
    meta = document.meta
    about = {
        "title": meta.title,
        "client": meta.subject,
        "provider": meta.author,
        "reference": " ".join(meta.footer.split()),
    }
    words = _printed(document)
    known = _by_key(each for each in facts if each.key in words)
    return {"form": FORM, **about, "facts": {key: {**_typed(known.get(key)), "words": words[key]} for key in words}}


def _printed(document: Document) -> dict[str, list[str]]:
    """The different words under which each fact is printed, in reading order, with plain spaces."""
    found: dict[str, dict[str, None]] = {}
    for value in every(Value, document):
        if value.key:
            found.setdefault(value.key, {})[" ".join(value.text.split())] = None
    return {key: list(words) for key, words in found.items()}


def _by_key(facts: Iterable[Fact]) -> Mapping[str, Fact]:
    """Facts by key. A key that two facts share (a clause's parameter may have the name of a fact) has no type."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.key, []).append(fact)
    return {
        key: same[0] for key, same in found.items() if len(same) == 1 or len({repr(each.value) for each in same}) == 1
    }


def _typed(fact: Fact | None) -> dict[str, Any]:
    if fact is None or type(fact.value) not in TYPES:
        return {"type": "words"}
    name, as_data = TYPES[type(fact.value)]
    return {"type": name, "value": as_data(fact.value)}


TYPES: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    str: ("text", str),
    bool: ("truth", bool),
    int: ("number", int),
    Decimal: ("number", str),
    Money: ("money", lambda money: {"amount": str(money.amount), "currency": money.currency}),
    Percent: ("percent", lambda percent: str(percent.value)),
    Duration: ("duration", lambda duration: {"count": duration.count, "unit": duration.unit}),
    date: ("date", date.isoformat),
    time: ("time", lambda at: at.isoformat("minutes")),
    Weekdays: ("weekdays", lambda days: {"first": WEEKDAYS[days.first], "last": WEEKDAYS[days.last]}),
}
