"""The impact of a change to the library as text, as data for JSON, as an HTML page, and as a comment. Pure."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from contract_assembly.build.impact import Group, Impact, Reached, SharedFactChange
from contract_assembly.core.text import with_count
from contract_assembly.writers.changes.page import article, chooser, framed
from contract_assembly.writers.changes.text import body, change_data, fact_data

_MOST = 18_000  # characters of a part: a comment has at most 65,536, of which there are three long parts
_NAMED = 6  # agreements listed in a line of text; the rest is only counted


def text(found: Impact) -> str:
    """A summary line, the agreements by their day of decision, then each change once."""
    return "\n".join([_summary(found), *_reached(found), *_facts(found.facts), *_groups(found.groups), *_others(found)])


def _summary(found: Impact) -> str:
    total = sum(map(len, (found.reached, found.frozen, found.same, found.new, found.failed)))
    counts = [f"{len(found.reached)} of {total} agreements change since {found.base}"]
    others = (
        ("signed or ended", found.frozen),
        ("keep every word", found.same),
        ("new", found.new),
        ("failed", found.failed),
    )
    return "; ".join([*counts, *(f"{len(names)} {what}" for what, names in others if names)])


def _reached(found: Impact) -> Iterator[str]:
    if found.reached:
        yield "\nReached: what was sent first, then by the last day to decide"
        width = max(len(each.name) for each in found.reached)
        yield from (f"  {each.decided or 'no day'!s:<10}  {each.name:{width}}  {_how(each)}" for each in found.reached)


def _how(each: Reached) -> str:
    parts = [(len(each.changes), "clause"), (len(each.facts), "fact")]
    shown = ", ".join(with_count(count, what) for count, what in parts if count)
    return f"{shown} ({_SHOWN_STATUS.get(each.status, each.status)})"


_SHOWN_STATUS = {"sent": "sent: agreed words would change"}


def _facts(groups: Sequence[SharedFactChange]) -> Iterator[str]:
    if groups:
        yield "\nFacts"
        yield from (f"  {group.fact} ({_named(group.agreements)})" for group in groups)


def _groups(groups: Sequence[Group]) -> Iterator[str]:
    for names, same in groupby(groups, key=lambda group: group.agreements):
        yield f"\nIn {_named(names)}"
        for group in same:
            yield from body(group.change)


def _others(found: Impact) -> Iterator[str]:
    for what, names in (("Signed or ended, so not touched", found.frozen), ("Not compared", found.failed)):
        if names:
            yield f"\n{what}: {', '.join(names)}"


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{with_count(len(names), 'agreement')}: {shown}{more}"


def comment(found: Impact) -> str:
    """The impact as Markdown, for a comment on a pull request: who is reached, which facts and amounts change, and which words.
    Words of contracts are in blocks of code, where no server takes them for markup; what is too long for a comment is cut."""
    parts = [
        _block("Reached", list(_reached(found))[1:]),
        _block("Facts and money", list(_facts(found.facts))[1:]),
        _block("Clauses", list(_groups(found.groups)), open_=False),
        _block("Others", list(_others(found))),
    ]
    return "\n\n".join(["### What this change means", f"{_summary(found)}.", *(each for each in parts if each)]) + "\n"


def _block(title: str, lines: Sequence[str], *, open_: bool = True) -> str:
    """Lines as a block of code that can be folded, fenced so that nothing in them ends it."""
    words = "\n".join(lines).strip("\n")
    if not words:
        return ""
    if len(words) > _MOST:
        words = f"{words[:_MOST].rpartition(chr(10))[0]}\n… the rest is in: build.py impact --base REVISION"
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=2) + 3)
    return f"<details{' open' if open_ else ''}><summary>{title}</summary>\n\n{fence}text\n{words}\n{fence}\n</details>"


def data(found: Impact) -> dict[str, Any]:
    """The impact as data for JSON."""
    return {
        "base": found.base,
        "reached": [_reached_data(each) for each in found.reached],
        "changes": [{**change_data(group.change), "agreements": list(group.agreements)} for group in found.groups],
        "facts": [{**fact_data(group.fact), "agreements": list(group.agreements)} for group in found.facts],
        "frozen": list(found.frozen),
        "same": list(found.same),
        "new": list(found.new),
        "failed": list(found.failed),
    }


def _reached_data(each: Reached) -> dict[str, Any]:
    decided = each.decided.isoformat() if each.decided else None
    counts = {"clauses": len(each.changes), "facts": len(each.facts)}
    return {"agreement": each.name, "client": each.client, "decided": decided, "status": each.status, **counts}


def page(found: Impact) -> str:
    """The impact as an HTML page: each change once, with the agreements that it affects."""
    about = f"<p>From <b>{escape(found.base)}</b> to <b>the working tree</b></p>"
    return framed(
        "Reach of a change", "en", about, _page_reached(found) + _page_facts(found.facts) + _page_words(found)
    )


def _page_reached(found: Impact) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(each.name)}</th><td data-head="Last day to decide">{each.decided or "–"}</td>'
        f'<td data-head="Changes">{escape(_how(each))}</td></tr>\n'
        for each in found.reached
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Agreement", "Last day to decide", "Changes"))
    table = (
        f'<table class="facts">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n' if rows else ""
    )
    rest = "".join(f"<p>{escape(line.strip())}</p>\n" for line in _others(found))
    return f"<section>\n<h2>Reached</h2>\n<p>{escape(_summary(found))}.</p>\n{table}{rest}</section>\n"


def _page_facts(groups: Sequence[SharedFactChange]) -> str:
    entries = "".join(f"<li>{escape(str(group.fact))}\n{_listed(group.agreements)}</li>\n" for group in groups)
    return f"<section>\n<h2>Facts</h2>\n<ul>\n{entries}</ul>\n</section>\n" if entries else ""


def _page_words(found: Impact) -> str:
    words = "".join(
        _listed(names) + "".join(article(group.change, 3) for group in same)
        for names, same in groupby(found.groups, key=lambda group: group.agreements)
    )
    return f"<section>\n<h2>Words</h2>\n{chooser()}{words}</section>\n" if words else ""


def _listed(names: Sequence[str]) -> str:
    """A list of names, folded under their number if there are many."""
    if len(names) <= _NAMED:
        return f'<p class="in">In {escape(", ".join(names))}</p>\n'
    return f"<details><summary>In {len(names)} agreements</summary><p>{escape(', '.join(names))}</p></details>\n"
