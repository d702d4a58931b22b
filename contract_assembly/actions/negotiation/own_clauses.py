"""A clause that the other side inserted, as a file of the agreement's own: its title, its words, and the slot that it comes
after. Writes nothing."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.clause_source import CannotCarryError, markdown
from contract_assembly.actions.negotiation.insertion_places import InsertedParagraph, texts_of
from contract_assembly.actions.negotiation.paragraph_matching import Aligned
from contract_assembly.actions.negotiation.plan import RoundCase
from contract_assembly.actions.negotiation.typed_references import compared_words
from contract_assembly.core.text import slug
from contract_assembly.document.numbering import letter
from contract_assembly.facts.negotiation import Entry
from contract_assembly.repository.yaml_editor import quoted

_LONGEST = 40  # characters of an id
_CAPTION = re.compile(r"([A-Z][^.:;,]{2,60})\.\s+(?=\S)")
_CAPTION_WORDS = 6


class OwnClause(NamedTuple):
    """The id of a new clause, its file, and the words that it must print."""

    name: str
    text: str
    words: tuple[str, ...]


def written(case: RoundCase, change: ReturnedChange, entry: Entry, after: str, taken: Collection[str]) -> OwnClause:
    """The clause of an insertion. `taken` are names of files that the round writes. Raises CannotCarryError."""
    texts = paragraphs(case.looked.found.body, change.spots)
    title = change.title
    if not title:
        raise CannotCarryError("it has no title; write place: end of SLOT, and its words go into that clause")
    inside = [InsertedParagraph(entry.counter, "", is_item=False)] if entry.counter else list(texts[1:])
    ids = {each.head.id for each in case.repository.library(case.client, case.agreement)}
    slots = {each.head.slot for each in case.repository.library(case.client, case.agreement)}
    name = id_of(title, {*ids, *slots, *(each.removesuffix(".md") for each in taken)})
    sections = case.looked.sections
    who = "our words" if entry.counter else "their words"
    kind = case.inputs.agreement.model.kind
    lines = [
        "---", f"id: {name}", f"title: {quoted(title)}", f"slot: {name}", f"after: {after}", f"kinds: [{kind}]",
        'laws: ["*"]', "rung: acceptable",
        f"purpose: A point of this agreement alone. Negotiated in round {case.one.model.round}, change {entry.id}; {who}.",
        "---", "",
    ]  # fmt: skip
    words = compared_words("\n".join([title, *(each.words for each in inside)]), sections)
    return OwnClause(name, "\n".join(lines) + markdown_of(inside, sections) + "\n", words)


def paragraphs(body: Sequence[Aligned], spots: Sequence[int]) -> tuple[InsertedParagraph, ...]:
    """The paragraphs that came in, without those that were deleted."""
    return texts_of(body, [n for n in spots if body[n].fate == "added"])


def markdown_of(texts: Sequence[InsertedParagraph], sections: Mapping[str, str]) -> str:
    """Paragraphs and lists as Markdown; sections that they name by number are references. Raises CannotCarryError."""
    return "".join(_pieces(texts, sections)).strip("\n")


def in_clause(texts: Sequence[InsertedParagraph], sections: Mapping[str, str], *, captioned: bool) -> str:
    """Paragraphs that come into a clause, as Markdown: if its subsections are `captioned`, a numbered one that begins with a few
    words and a full stop is a subsection under this caption. Raises CannotCarryError."""
    found: list[str] = []
    for each in texts:
        match = _CAPTION.match(each.words) if captioned and each.is_numbered else None
        if match and len(match[1].split()) <= _CAPTION_WORDS:
            found.append(f"## {markdown(match[1], {})}\n\n{markdown(each.words[match.end() :], sections)}")
        else:
            found.append(markdown(each.words, sections))
    return "\n\n".join(found)


def _pieces(texts: Sequence[InsertedParagraph], sections: Mapping[str, str]) -> Iterator[str]:
    items = 0
    for each in texts:
        words = markdown(each.words, sections)
        if each.is_item:
            items += 1
            yield f"{chr(10) if items == 1 else ''}({letter(items)}) {words}\n"
        else:
            items = 0
            yield f"\n{words}\n"


def id_of(title: str, taken: Collection[str]) -> str:
    """An id from a title, unlike all that are taken."""
    base = slug(title)[:_LONGEST].strip("-") or "point"
    base = base if base[0].isalpha() else f"point-{base}"
    return next(each for n in range(1, len(taken) + 2) if (each := base if n == 1 else f"{base}-{n}") not in taken)
