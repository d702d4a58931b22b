"""A round as text, as data and as a page: what changed, how it is judged, and what was decided."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from msgspec import Struct

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.judgement import Judgement
from contract_assembly.core.text import shortened, with_count
from contract_assembly.facts.negotiation import Entry
from contract_assembly.writers.changes.page import framed

_KINDS = {
    "fact": "fact changed", "reworded": "reworded", "inserted": "inserted", "deleted": "deleted", "moved": "moved",
    "renumbered": "numbers only", "comment": "comment",
}  # fmt: skip
_SETTLED = {"comment": "answered", "renumbered": "nothing to decide"}  # what is not decided, and how it is settled


class ReportPoint(Struct, frozen=True):
    """A change with its judgement and its entry; `title` names its clause for users, `label` its fact."""

    change: ReturnedChange
    judgement: Judgement
    entry: Entry
    title: str
    label: str = ""


class Report(Struct, frozen=True):
    """A round: the agreement's folder, the title and client of the contract, and every point. `sent` says where the file that was
    sent was found."""

    folder: str
    title: str
    client: str
    language: str
    number: int
    sender: str
    sent: str
    points: tuple[ReportPoint, ...]

    @property
    def open(self) -> int:
        """The number of points without a decision."""
        return sum(each.entry.is_open for each in self.points)


def by_place(points: Sequence[ReportPoint]) -> Iterator[tuple[str, tuple[ReportPoint, ...]]]:
    """The points by clause, in the order of the contract; those that are not placed come last."""
    placed: dict[str, list[ReportPoint]] = {}
    for each in points:
        if each.change.is_placed:
            placed.setdefault(each.title, []).append(each)
    lost = tuple(each for each in points if not each.change.is_placed)
    yield from ((title, tuple(group)) for title, group in placed.items())
    if lost:
        yield "Not placed in any clause", lost


# ---- text


def as_text(report: Report) -> str:
    """The round for a terminal."""
    by = f" from {report.sender}" if report.sender else ""
    lines = [f"{report.folder}: round {report.number}{by}, compared with what was sent ({report.sent})"]
    for title, points in by_place(report.points):
        lines += ["", title]
        lines += [line for each in points for line in _lines(each)]
    count = with_count(len(report.points), "change")
    return "\n".join([*lines, "", f"{count}, {report.open} undecided"])


def _lines(point: ReportPoint) -> Iterator[str]:
    change = point.change
    who = "" if change.tracked or change.kind in _SETTLED else ", NOT TRACKED"
    by = f" by {change.by}" if change.by else ""
    decision = "" if point.entry.is_open else f" [{_SETTLED.get(change.kind, point.entry.decision)}]"
    yield f"  {point.entry.id}. {_KINDS[change.kind]}{by}{who}{decision}"
    if change.kind == "fact":
        yield f"     {point.label}: {change.old} to {change.new}{', ' * bool(point.judgement.by)}{point.judgement.by}"
    elif change.kind == "comment":
        yield f"     on “{change.old}”: {change.new}"
    elif change.kind == "renumbered":
        yield f"     {moved_numbers(change)}"
    elif change.kind == "moved":
        yield f"     {moved_numbers(change)}: {shortened(_one_line(change.old))}"
    else:
        yield f"     {_one_line(change.around)}"
    yield f"     {point.judgement.says}"
    if point.entry.reason:
        yield f"     {point.entry.reason}"
    elif point.entry.is_open:
        yield from (f"     playbook, {each}" for each in point.judgement.answers)


def moved_numbers(change: ReturnedChange) -> str:
    """From which number to which words were moved, or numbers changed."""
    if change.kind == "renumbered":
        return (
            f"{shortened(change.old)} to {shortened(change.new)}" if change.old else f"typed: {shortened(change.new)}"
        )
    old, new = change.numbers
    return (
        f"from {old} to {new}" if old and new else f"from {old}" if old else f"to {new}" if new else "to another place"
    )


def _one_line(text: str) -> str:
    return " ¶ ".join(text.split("\n"))


# ---- data


def as_data(report: Report) -> dict[str, Any]:
    """The round for other programs."""
    return {
        "folder": report.folder,
        "round": report.number,
        "from": report.sender,
        "sent": report.sent,
        "undecided": report.open,
        "changes": [_data(each) for each in report.points],
    }


def _data(point: ReportPoint) -> Mapping[str, Any]:
    change = point.change
    return {
        "id": point.entry.id,
        "kind": change.kind,
        "placed": change.is_placed,
        "clause": change.clause,
        "between": list(filter(None, change.between)),
        "place": point.entry.place or point.judgement.place,
        "to": change.to,
        "numbers": list(filter(None, change.numbers)),
        "title": point.title,
        "facts": list(change.facts),
        "old": change.old,
        "new": change.new,
        "value": point.judgement.value,
        "difference": point.judgement.by,
        "tracked": change.tracked,
        "by": change.by,
        "where": change.where,
        "judged": point.judgement.says,
        "rung": point.judgement.rung,
        "answers": list(point.judgement.answers),
        "decision": point.entry.decision,
        "reason": point.entry.reason or "",
    }


# ---- page


def as_page(report: Report) -> str:
    """The round as one HTML page, with before and after side by side where there is room."""
    about = f"<p>Round {report.number}{_from(report.sender)} · compared with what was sent ({_t(report.sent)}) · "
    about += f"{len(report.points)} changes, <b>{report.open} undecided</b> · {_t(report.folder)}</p>"
    inside = "".join(
        f"<section>\n<h2>{_t(title)}</h2>\n{''.join(map(_article, points))}</section>\n"
        for title, points in by_place(report.points)
    )
    return framed(f"{report.title} · {report.client}", report.language, about, f"{_SIDES}{inside}" if inside else _NONE)


_NONE = "<p>Nothing changed: this is what was sent.</p>\n"
_SIDES = '<input type="radio" id="sides" checked hidden>\n'  # the style sheet shows both sides while it is checked


def _from(sender: str) -> str:
    return f" from <b>{_t(sender)}</b>" if sender else ""


def _article(point: ReportPoint) -> str:
    change = point.change
    untracked = "" if change.tracked or change.kind in _SETTLED else ' <span class="fate">not tracked</span>'
    decided = "undecided" if point.entry.is_open else _SETTLED.get(change.kind, point.entry.decision)
    name = f"{point.entry.id}. {point.label or _KINDS[change.kind].capitalize()}"
    head = f'<h3>{_t(name)} <span class="fate">{_t(decided)}</span>{untracked}</h3>\n'
    sides = "".join(
        f'<div><p class="side">{title}</p>\n{_paragraphs(words, tag)}</div>\n'
        for title, words, tag in (
            (("About", change.old, "q"), ("Comment", change.new, "span"))
            if change.kind == "comment"
            else (("Sent", change.old, "del"), ("Came back", change.new, "ins"))
        )
    )
    says = "; ".join(filter(None, (point.judgement.says, point.judgement.by, f"by {change.by}" * bool(change.by))))
    drafts = point.judgement.answers if point.entry.is_open else ()
    told = [point.entry.reason] if point.entry.reason else [f"Playbook, {each}" for each in drafts]
    reason = "".join(f"<p>{_t(each)}</p>\n" for each in told)
    kind = {"inserted": "added", "deleted": "removed"}.get(change.kind, "reworded")
    near = _t(moved_numbers(change)) if change.kind in {"moved", "renumbered"} else _marked(_one_line(change.around))
    around = f'<p class="gap">{near}</p>\n' if change.kind not in {"fact", "comment"} else ""
    return f'<article class="{kind}">\n{head}<div class="sides">\n{sides}</div>\n{around}<p>{_t(says)}</p>\n{reason}</article>\n'


def _paragraphs(text: str, tag: str) -> str:
    return "".join(f"<p><{tag}>{_t(each)}</{tag}></p>\n" for each in text.split("\n") if each) or "<p>–</p>\n"


def _marked(around: str) -> str:
    """A stretch of text with its change marked in HTML."""
    deleted = re.sub(r"\[-(.+?)-\]", r"<del>\1</del>", _t(around))
    return re.sub(r"\{\+(.+?)\+\}", r"<ins>\1</ins>", deleted)


def _t(text: str) -> str:
    return escape(text, quote=False)
