"""References and defined terms, resolved in the numbered tree. Pure.

A reference gets the number and caption of its target, as seen from where it stands. The definitions that nothing uses are
dropped and the rest put in alphabetical order: that comes before numbering, references after it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from contract_assembly import document as d
from contract_assembly.problems import Problem
from contract_assembly.terms import is_definition, term_of, uses
from contract_assembly.text import NBSP, did_you_mean


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference can point to: the part it is in, its number ("9.2", "C") and its caption."""

    part: d.Part
    number: str
    caption: str


def targets(document: d.Document) -> dict[str, Target]:
    """Every part and section that has an id."""
    found: dict[str, Target] = {}
    for part in document.parts:
        found[part.id] = Target(part, part.number, d.plain(part.heading))
        for node in d.walk(part):
            if isinstance(node, d.Section) and node.id:
                found[node.id] = Target(part, node.number, d.plain(node.heading))
    return found


def resolved(document: d.Document, elsewhere: Mapping[str, str]) -> tuple[d.Document, tuple[Problem, ...]]:
    """Fill in the words of every reference. `elsewhere` maps ids that this document does not hold to why not."""
    known = targets(document)
    problems = [*_doubled(document)]

    def bind(node: d.Node, part: d.Part) -> d.Node:
        if not isinstance(node, d.Reference):
            return node
        target = known.get(node.target)
        if target is None:
            why = elsewhere.get(node.target, "nothing in this document has this id")
            hint = (
                "leave the sentence out by the same condition"
                if node.target in elsewhere
                else did_you_mean(node.target, known)
            )
            problems.append(Problem("unknown-reference", f"#{node.target}: {why}", node.origin, hint))
            return node
        return replace(node, text=words(target, part))

    parts = tuple(d.rewrite(part, lambda node, part=part: bind(node, part)) for part in document.parts)  # type: ignore[misc]
    return replace(document, parts=parts), tuple(problems)


def words(target: Target, seen_from: d.Part) -> str:
    """What a reference prints: "9.2 (Notice)", "Schedule C (Service levels)", "Schedule C, paragraph 3 (Priority)"."""
    caption = f" ({target.caption})" if target.caption else ""
    if target.part.kind != "schedule":
        return f"{target.number}{caption}".strip()
    schedule = f"Schedule{NBSP}{target.part.number}"
    if target.number == target.part.number:
        return f"{schedule}{caption}"
    if target.part.id == seen_from.id:
        return f"{target.number}{caption}"
    return f"{schedule}, paragraph{NBSP}{target.number}{caption}"


def with_used_definitions(document: d.Document) -> d.Document:
    """Drop definitions that no other words use, directly or through a kept definition, and sort the rest by term."""
    defined = {term_of(p): p for p in d.walk(document) if isinstance(p, d.Paragraph) and is_definition(p)}
    texts = {term: d.plain(paragraph.children[1:]) for term, paragraph in defined.items()}
    needed = _reachable(texts, _outside(document))

    def keep(node: d.Node) -> d.Node | tuple[d.Node, ...]:
        if isinstance(node, d.Section) and any(_defines(block) for block in node.children):
            kept = [block for block in node.children if not _defines(block) or term_of(block) in needed]
            kept.sort(key=lambda block: (_defines(block), term_of(block).casefold() if _defines(block) else ""))
            return replace(node, children=tuple(kept))
        return node

    return d.rewrite(document, keep)


def _defines(block: d.Node) -> bool:
    return isinstance(block, d.Paragraph) and is_definition(block)


def _outside(document: d.Document) -> Iterator[str]:
    """The words of the document but for its definitions, block by block."""
    for node in d.walk(document):
        match node:
            case d.Paragraph() if not is_definition(node):
                yield d.plain(node.children)
            case d.Cell(children=inside) | d.Section(heading=inside) | d.Signatures(lead=inside):
                yield d.plain(inside)


def _reachable(texts: Mapping[str, str], start: Iterable[str]) -> set[str]:
    needed: set[str] = set()
    queue = list(start)
    while queue:
        found = uses("\n".join(queue), texts) - needed
        needed |= found
        queue = [texts[term] for term in found]
    return needed


def _doubled(document: d.Document) -> Iterator[Problem]:
    seen: dict[str, d.Node] = {}
    for node in d.walk(document):
        if isinstance(node, d.Section | d.Part) and node.id:
            if node.id in seen:
                first = seen[node.id].origin  # type: ignore[union-attr]
                yield Problem(
                    "doubled-id", f"#{node.id} stands here a second time; first at {first}", node.origin, "rename one"
                )
            seen[node.id] = node
