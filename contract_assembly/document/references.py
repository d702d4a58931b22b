"""Resolve references and definitions. Pure.

A reference gets the number and caption of its target, in the form that fits the part it is in; this needs a numbered tree.
Definitions that nothing uses are dropped and the rest sorted, which has to happen before numbering.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import NBSP, did_you_mean
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import compile_terms, is_definition, term_of, uses
from contract_assembly.document.lines import lines


class Target(Struct, frozen=True):
    """A target of references: the part it is in, its number ("9.2", "C") and its caption."""

    part: d.Part
    number: str
    caption: str


def targets(document: d.Document) -> dict[str, Target]:
    """Every part and section that has an id."""
    found: dict[str, Target] = {}
    for part in document.parts:
        found[part.id] = Target(part, part.number, d.plain(part.heading))
        for section in d.every(d.Section, part):
            if section.id:
                found[section.id] = Target(part, section.number, d.plain(section.heading))
    return found


def resolved(document: d.Document, elsewhere: Mapping[str, str]) -> tuple[d.Document, tuple[Problem, ...]]:
    """Fill in the words of every reference. `elsewhere` maps ids that this document does not have to the reason."""
    known = targets(document)
    problems = [*_doubled(document)]

    def bind(node: d.Node, part: d.Part) -> d.Node:
        if not isinstance(node, d.Reference):
            return node
        target = known.get(node.target)
        if target is None:
            why = elsewhere.get(node.target, "nothing in this document has this id")
            hint = (
                "leave the sentence out with the same condition"
                if node.target in elsewhere
                else did_you_mean(node.target, known)
            )
            problems.append(Problem("unknown-reference", f"#{node.target}: {why}", node.origin, hint))
            return node
        return replace(node, text=words(target, part))

    parts = tuple(d.rewrite(part, lambda node, part=part: bind(node, part), {d.Reference}) for part in document.parts)  # type: ignore[misc]
    return replace(document, parts=parts), tuple(problems)


def words(target: Target, seen_from: d.Part) -> str:
    """The words of a reference: "9.2 (Notice)", "Schedule C (Service levels)", "Schedule C, paragraph 3 (Priority)", and
    "3 (Prices) of the enclosure"."""
    caption = f" ({target.caption})" if target.caption else ""
    if target.part.kind == "enclosure" and target.part.id != seen_from.id:
        return f"{target.number}{caption} of the enclosure" if target.number else "the enclosure"
    if not target.number:
        return target.caption
    if target.part.kind != "schedule":
        return f"{target.number}{caption}"
    schedule = f"Schedule{NBSP}{target.part.number}"
    if target.number == target.part.number:
        return f"{schedule}{caption}"
    if target.part.id == seen_from.id:
        return f"{target.number}{caption}"
    return f"{schedule}, paragraph{NBSP}{target.number}{caption}"


def with_used_definitions(document: d.Document) -> d.Document:
    """Drop definitions that nothing uses, directly or through a kept definition, and sort the rest by term.

    A list or table that follows a definition belongs to it. All other blocks of a section stay where they are."""
    texts = {
        term_of(entry[0]): "\n".join(d.plain(line) for block in entry for line in lines(block))
        for section in d.every(d.Section, document)
        for entry in _entries(section)
    }
    outside = _with_definitions(document, set())
    needed = _reachable(texts, [d.plain(line) for line in lines(outside)])
    return _with_definitions(document, needed)


def _with_definitions(document: d.Document, needed: set[str]) -> d.Document:
    def keep(node: d.Node) -> d.Node:
        if not isinstance(node, d.Section) or not (entries := _entries(node)):
            return node
        defining = {id(block) for entry in entries for block in entry}
        first = node.children.index(entries[0][0])
        after = (block for block in node.children[first:] if id(block) not in defining)
        kept = sorted((e for e in entries if term_of(e[0]) in needed), key=lambda e: term_of(e[0]).casefold())
        return replace(node, children=(*node.children[:first], *chain.from_iterable(kept), *after))

    return d.rewrite(document, keep, {d.Section})


def _entries(section: d.Section) -> list[tuple[d.Block, ...]]:
    """Each definition of a section with the lists and tables right after it."""
    entries: list[tuple[d.Block, ...]] = []
    inside = False
    for block in section.children:
        if isinstance(block, d.Paragraph) and is_definition(block):
            entries.append((block,))
            inside = True
        elif inside := inside and isinstance(block, d.Items | d.Table):
            entries[-1] = (*entries[-1], block)
    return entries


def _reachable(texts: Mapping[str, str], start: Iterable[str]) -> set[str]:
    needed: set[str] = set()
    terms, queue = compile_terms(texts), list(start)
    while queue:
        found = {term for text in queue for term in uses(text, terms)} - needed
        needed |= found
        queue = [texts[term] for term in found]
    return needed


def _doubled(document: d.Document) -> Iterator[Problem]:
    seen: dict[str, d.Part | d.Section] = {}
    for node in d.headed(document):
        if node.id:
            if node.id in seen:
                first = seen[node.id].origin
                yield Problem(
                    "doubled-id", f"#{node.id} is used a second time; first at {first}", node.origin, "rename one"
                )
            seen[node.id] = node
