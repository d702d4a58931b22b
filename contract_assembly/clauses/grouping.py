"""Group the blocks of a clause into sections: numbered subsections in a contract, plain headings in a letter. GROUPINGS is the
table, by kind of part. Pure.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from msgspec.structs import replace

from contract_assembly.clauses.parse import Caption, Raw, opened
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import is_definition
from contract_assembly.document.placeholders import asks_for_survivors
from contract_assembly.facts.template_values import Wording

Grouped: TypeAlias = tuple[tuple[d.Section, ...], list[Problem]]
Grouping: TypeAlias = Callable[[d.Section, Iterable[Raw], tuple[Wording, ...]], Grouped]


def in_subsections(clause: d.Section, blocks: Iterable[Raw], values: tuple[Wording, ...]) -> Grouped:
    """The clause under its title. Each caption starts a subsection; before the first caption, each paragraph does, except that
    definitions stay together, and that the list of what survives follows its lead-in."""
    sections: list[d.Section] = []
    problems: list[Problem] = []
    captioned = False
    for raw in blocks:
        if isinstance(raw, Caption):
            captioned = True
            sections.append(_captioned(clause, raw, values, 2))
            continue
        block = opened(raw, values)
        if not sections or (not captioned and _opens(block, sections[-1])):
            sections.append(
                d.Section("", 2, heading=(), children=(), clause=clause.clause, number="", origin=raw.origin)
            )
        elif isinstance(block, d.Paragraph) and _ends_in_list(sections[-1]):
            hint = "give the words their own ## caption, or put them before the list"
            problems.append(Problem("text-after-list", "words after a list cannot be cited", raw.origin, hint))
        sections[-1] = _with(sections[-1], block)
    problems += _empty(sections)
    return ((replace(clause, children=tuple(sections)),) if sections else ()), problems


def under_headings(clause: d.Section, blocks: Iterable[Raw], values: tuple[Wording, ...]) -> Grouped:
    """The clause without its title, which is only for editors: each caption is a heading, and words before the first caption
    continue the previous section. Nothing has a number, so words may follow a list."""
    sections = [replace(clause, heading=())]
    for raw in blocks:
        if isinstance(raw, Caption):
            sections.append(_captioned(clause, raw, values, 1))
        else:
            sections[-1] = _with(sections[-1], opened(raw, values))
    first = sections[:1] if sections[0].children else []
    return (*first, *sections[1:]), _empty(sections[1:])


GROUPINGS: dict[d.PartKind, Grouping] = {
    "letter": under_headings,
    "cover": in_subsections,
    "terms": in_subsections,
    "schedule": in_subsections,
    "enclosure": in_subsections,
}


def _captioned(clause: d.Section, raw: Caption, values: tuple[Wording, ...], level: int) -> d.Section:
    heading = opened(d.Paragraph(raw.heading), values)
    assert isinstance(heading, d.Paragraph)  # noqa: S101  # opening changes only values
    return d.Section(
        raw.id, level, heading=heading.children, children=(), clause=clause.clause, number="", origin=raw.origin
    )


def _with(section: d.Section, block: d.Block) -> d.Section:
    return replace(section, children=(*section.children, block))


def _empty(sections: Iterable[d.Section]) -> list[Problem]:
    hint = "write it, or put the caption inside the condition"
    return [
        Problem("empty-section", f"there is nothing under {d.plain(each.heading)}", each.origin, hint)
        for each in sections
        if not each.children
    ]


def _opens(block: d.Block, before: d.Section) -> bool:
    if not isinstance(block, d.Paragraph) or asks_for_survivors(block):
        return False
    defines = is_definition(block)
    return not (defines and any(isinstance(each, d.Paragraph) and is_definition(each) for each in before.children))


def _ends_in_list(section: d.Section) -> bool:
    return isinstance(section.children[-1] if section.children else None, d.Items)
