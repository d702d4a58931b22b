"""Where everything in a document was written: facts as links to their places, and notes beside clauses and problems. Pure.

The tree is rewritten with nodes that every writer knows: a fact becomes a reference, and a note a paragraph that holds nothing
but a reference. Their ids have a dot, which no id of a clause can have, so `sheet` finds them again in the markup."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.compare.figures import label
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d

FACT, NOTE = "fact.", "note."
_MARK = "\u2060"  # the text of a placeholder, which no one sees


class FactPlace(Struct, frozen=True):
    """A fact as printed, its name for people, where it was written, and what is wrong with it. `id` is its anchor on the page."""

    id: str
    key: str
    name: str
    text: str
    origin: Origin
    problems: tuple[Problem, ...] = ()


class ClauseAbout(Struct, frozen=True):
    """What the margin says of a clause: its file, and whether it is the variant for some laws, a fallback or negotiated; its
    approval, and by whom, both empty where that is not said; and the laws that it is for."""

    id: str
    title: str
    origin: Origin
    rung: str
    is_negotiated: bool
    laws: tuple[str, ...]
    approval: str
    approved_by: str


class Note(Struct, frozen=True):
    """A note in the margin: about the clause that begins here, the problems at this place, or both."""

    id: str
    clause: ClauseAbout | None = None
    problems: tuple[Problem, ...] = ()


class PlacedDocument(Struct, frozen=True):
    """A document with links to facts and placeholders for notes; and the problems that belong to no place in it."""

    document: d.Document
    facts: tuple[FactPlace, ...]
    notes: tuple[Note, ...]
    unplaced: tuple[Problem, ...]


def placed(
    document: d.Document,
    problems: Sequence[Problem] = (),
    clauses: Mapping[str, ClauseAbout] | None = None,
    names: Mapping[str, str] | None = None,
) -> PlacedDocument:
    """A numbered document with the place of each fact, clause and problem. `clauses` are by id, and `names` of facts by key."""
    blocks = tuple(_blocks(document))
    found = _by_block(blocks, problems)
    here = {problem for _, each in found.items() for problem in each}
    work = _Notes(found, clauses or {})
    noted = replace(document, parts=tuple(work.noted(part) for part in document.parts))
    facts = _facts(document, problems, names or {})
    linked = d.rewrite(noted, lambda node: _linked(node, facts), {d.Value, d.Signatures})
    return PlacedDocument(
        linked, tuple(facts.values()), tuple(work.notes), tuple(each for each in problems if each not in here)
    )


# ---- facts


def _facts(
    document: d.Document, problems: Iterable[Problem], names: Mapping[str, str]
) -> dict[tuple[str, Origin], FactPlace]:
    """Each fact once, in reading order. Of one that is printed in several forms, the longest is shown."""
    wrong: dict[Origin | None, list[Problem]] = {}
    for each in problems:
        wrong.setdefault(each.origin, []).append(each)
    found: dict[tuple[str, Origin], FactPlace] = {}
    for node in d.every(d.Value, document):
        where = (node.key, node.origin)
        before = found.get(where)
        if before is None:
            name = (names.get(node.key) or label(node.key)) if node.key else "Words that follow from a fact"
            id_ = f"{FACT}{len(found) + 1}"
            found[where] = FactPlace(
                id=id_,
                key=node.key,
                name=name,
                text=node.text,
                origin=node.origin,
                problems=tuple(wrong.get(node.origin, ())),
            )
        elif len(node.text) > len(before.text):
            found[where] = replace(before, text=node.text)
    return found


def _linked(node: d.Node, facts: Mapping[tuple[str, Origin], FactPlace]) -> d.Node:
    """A fact as a link to its place; a signature block without fields, because no one signs on the screen."""
    match node:
        case d.Value():
            return d.Reference(facts[node.key, node.origin].id, node.text, node.origin)
        case d.Signatures():
            return replace(node, is_open=False)
    return node


# ---- notes


def _blocks(node: d.Part | d.Block | d.Document) -> Iterator[d.Block]:
    """The blocks before which a note can be: those directly in a part or a section, in reading order."""
    inside: Iterable[d.Part | d.Block] = node.parts if isinstance(node, d.Document) else getattr(node, "children", ())
    for each in inside:
        if not isinstance(each, d.Part):
            yield each
        if isinstance(each, d.Part | d.Section):
            yield from _blocks(each)


def _by_block(blocks: Sequence[d.Block], problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    """The problems at each block, by the block's identity: at the first that prints the fact in question, or else at the last one
    that was written above the problem in the same file."""
    units = [each for each in reversed(blocks) if not isinstance(each, d.Section)]
    printed = {value.origin: id(each) for each in units for value in d.every(d.Value, each)}
    found: dict[int, list[Problem]] = {}
    for each in problems:
        if each.origin is None:
            continue
        block = printed.get(each.origin) or _above(blocks, each.origin)
        if block is not None:
            found.setdefault(block, []).append(each)
    return found


def _above(blocks: Sequence[d.Block], origin: Origin) -> int | None:
    nearest = max(
        (each for each in blocks if each.origin.path == origin.path and each.origin.line <= origin.line),
        key=lambda each: each.origin.line,
        default=None,
    )
    return None if nearest is None else id(nearest)


class _Notes(Struct):
    """Puts placeholders into a tree, and collects the notes."""

    problems: Mapping[int, list[Problem]]
    clauses: Mapping[str, ClauseAbout]
    notes: list[Note] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def noted(self, part: d.Part) -> d.Part:
        """A part with its notes."""
        return replace(part, children=tuple(self._children(part.children)))

    def _children(self, blocks: Iterable[d.Block]) -> Iterator[d.Block]:
        for each in blocks:
            if isinstance(each, d.Section):
                yield from self._section(each, self._of(each))
            else:
                yield from self._note(None, self._of(each))
                yield each

    def _section(self, section: d.Section, wrong: tuple[Problem, ...]) -> Iterator[d.Block]:
        """A section with its note: under its heading or, if its heading runs into its first paragraph, before both."""
        about = self._about(section)
        if section.level == 1 and section.heading:
            note = tuple(self._note(about, wrong))
            yield replace(section, children=(*note, *self._children(section.children)))
            return
        first = section.children[:1] if isinstance(next(iter(section.children), None), d.Paragraph) else ()
        yield from self._note(about, (*wrong, *(problem for each in first for problem in self._of(each))))
        yield replace(section, children=(*first, *self._children(section.children[len(first) :])))

    def _of(self, block: d.Block) -> tuple[Problem, ...]:
        return tuple(self.problems.get(id(block), ()))

    def _about(self, section: d.Section) -> ClauseAbout | None:
        """The clause that begins with this section."""
        if section.clause in self.seen:
            return None
        self.seen.add(section.clause)
        return self.clauses.get(section.clause)

    def _note(self, clause: ClauseAbout | None, problems: tuple[Problem, ...]) -> Iterator[d.Paragraph]:
        if clause or problems:
            note = Note(f"{NOTE}{len(self.notes) + 1}", clause, problems)
            self.notes.append(note)
            yield d.Paragraph((d.Reference(note.id, _MARK),))
