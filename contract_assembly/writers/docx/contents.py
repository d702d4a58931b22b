"""The table of contents as WordprocessingML: one field with the entries that Word would generate. Pure text."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from contract_assembly.document import tree as d
from contract_assembly.writers.docx.placement import paragraph
from contract_assembly.writers.docx.runs import TAB, Links, field, field_end, field_start, linked, words

_TOC = 'TOC \\o "1-2" \\h \\z'  # Heading 1 is used for schedules, Heading 2 for clauses of the terms
_TOC_UNPAGED = _TOC.replace("\\h", "\\n \\h")


def contents(parts: Sequence[d.Part], targets: Links, pages: Mapping[str, int] | None) -> str:
    """The table of contents as Word would generate it, with the page numbers that are known."""
    entries = [entry for part in parts for entry in _ENTRIES[part.kind](part, targets, pages or {})]
    if not entries:
        return ""
    entries[0] = (entries[0][0], field_start(_TOC_UNPAGED if pages is None else _TOC) + entries[0][1])
    entries[-1] = (entries[-1][0], entries[-1][1] + field_end())
    return paragraph("TOCHeading", words("Contents")) + "".join([paragraph(*each) for each in entries])


_Entries: TypeAlias = list[tuple[str, str]]  # style and runs


def _clause_entries(part: d.Part, targets: Links, pages: Mapping[str, int]) -> _Entries:
    clauses = [each for each in part.children if isinstance(each, d.Section) and each.heading]
    return [("TOC2", _entry(each.id, d.label(each), d.plain(each.heading), targets, pages)) for each in clauses]


def _schedule_entry(part: d.Part, targets: Links, pages: Mapping[str, int]) -> _Entries:
    return [("TOC1", _entry(part.id, "", d.plain(d.title(part)), targets, pages))]


def _entry(target: str, label: str, heading: str, targets: Links, pages: Mapping[str, int]) -> str:
    link = targets.get(target)
    page = TAB + field(f"PAGEREF {link.name} \\h", str(pages[target])) if link and target in pages else ""
    return linked(link, (words(label) + TAB if label else "") + words(heading) + page)


_ENTRIES: dict[d.PartKind, Callable[[d.Part, Links, Mapping[str, int]], _Entries]] = {
    "terms": _clause_entries,
    "schedule": _schedule_entry,
    "enclosure": _schedule_entry,
}
