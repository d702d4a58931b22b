"""The form of a part of a file of facts as a page: its fields, with rows added and removed, and the two pages of an edit that
cannot go on, because the file has changed since or cannot be read. Each way to edit a file uses it."""

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from contract_assembly.actions.edit.changed import applied, carried_over, edits, in_words
from contract_assembly.actions.edit.checks import Wrong, by_field, wrong
from contract_assembly.actions.edit.facts_file import FactsFile
from contract_assembly.actions.edit.fields import About, Entered, entered, fields, shape_at, whole, with_row, without
from contract_assembly.actions.edit.options import options
from contract_assembly.actions.edit.parts import Part
from contract_assembly.actions.edit.preview import problems_now
from contract_assembly.actions.edit.shapes import Shape, shape_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.text import shown
from contract_assembly.web.edit.submitted_form import EDIT, SubmittedForm, Way, address_of, begun
from contract_assembly.web.edit.words import HELPERS
from contract_assembly.web.page import Form, Page


def part_asked(file: FactsFile, query: Mapping[str, str], way: Way = EDIT) -> Part:
    """The part that an address names, or in which one of its lines is; the first one if it names none. Raises RefusedError."""
    at, parts = at_line(file, query.get("line", "")), way.parts(file.schema)
    wanted = query.get("part", "") or parts[0].name
    found = next((each for each in parts if (at.partition(".")[0] in each.keys if at else each.name == wanted)), None)
    if found is None:
        what = f"{file.name} has no part {shown(query.get('part', ''))}"
        raise RefusedError([Problem("unknown-part", what, None, "choose one of those listed on its page")])
    return found


def at_line(file: FactsFile, line: str) -> str:
    """The path of what is written on a line, the innermost entry."""
    if not line.isdecimal() or len(line) > 7:
        return ""
    return max((path for path, each in file.lines.items() if each == int(line)), key=len, default="")


def form_page(
    work: SubmittedForm, data: Entered, found: Wrong | None = None, *, told: Mapping[str, Any] | None = None, focus: str = "",
    others: Sequence[Problem] = (), status: int = 200,
) -> Page:  # fmt: skip
    """The form with this data, and what was found wrong with it; by default what is wrong with the file as it is."""
    problems = found if found is not None else _stated(work)
    about = About(
        lines=work.file.lines,
        problems=problems,
        options=options(work.repository, work.file, _plan(data)),
    )
    form = fields(work.shape, data, about)
    asks = fields(work.way.asks, work.asked, About(problems=problems)) if work.way.asks else None
    values = {
        **HELPERS,
        "work": work,
        "home": home(work.file),
        "form": form,
        "asks": asks,
        "focus": focus,
        "wrong": [(each, what) for top in (asks, form) if top for each in top.all() for what in each.problems],
        "others": tuple(others),
        "parts": work.way.parts(work.file.schema),
        "base": json.dumps(work.base, ensure_ascii=False, separators=(",", ":")),
        "saved": False,
        "branch": "",
        "nothing": False,
        "clashes": (),
        "theirs": (),
        "stale": False,
        **(told or {}),
    }
    return Page(work.way.template, f"{work.part.title}: {called(work.file)}", values, status=status, holds=True)


def _stated(work: SubmittedForm) -> Wrong:
    """What is wrong with the file as it is: what its model says, or else what a build would."""
    now = applied(work.file.data, ())
    if found := wrong(work.file.schema, work.shape, now):
        return found
    return by_field(errors(problems_now(work.repository, work.file)), work.file.path, work.file.text, now)[0]


def _plan(data: Entered) -> str:
    found = data.get("plan", "") if isinstance(data, Mapping) else ""
    return found if isinstance(found, str) else ""


def called(file: FactsFile) -> str:
    """The agreement or the client, as a title names it."""
    return f"{file.client}, {file.agreement}" if file.agreement else file.client


def refused_form(work: SubmittedForm, also: Wrong = MappingProxyType({})) -> Page | None:
    """The form again, with what is wrong with each entry, and `also` with what it asks other than facts; None if nothing is."""
    found = wrong(work.file.schema, work.shape, whole(work.file.data, work.entered, work.part.keys))
    if not found and not also:
        return None
    return form_page(work, work.entered, {**also, **found}, others=_elsewhere(work, found), status=422)


def problem_page(
    work: SubmittedForm, problems: Sequence[Problem], text: str, also: Wrong = MappingProxyType({})
) -> Page:
    """The form again, with each of these problems of the file with this text at its field where this part shows it, and beside
    the form otherwise; `also` is what is wrong with what it asks other than facts."""
    made = whole(work.file.data, work.entered, work.part.keys)
    at_fields, others = by_field(problems, work.file.path, text, made)
    here = {name: each for name, each in at_fields.items() if work.shows(name)}
    hidden = [each for each in problems if each not in others] if len(here) < len(at_fields) else []
    return form_page(work, work.entered, {**also, **here}, others=(*others, *hidden), status=422)


def _elsewhere(work: SubmittedForm, found: Wrong) -> tuple[Problem, ...]:
    """What is wrong in other parts of the file."""
    return tuple(
        Problem("ill-typed", f"{name}: {what}", None, "it is in another part of the same file")
        for name, told in found.items()
        if not work.shows(name)
        for what in told
    )


# ---- rows


_ROWS: Mapping[str, Callable[[Form, str, Shape], Form]] = {
    "add": with_row,
    "remove": lambda form, path, _shape: without(form, path),
}


def with_rows(work: SubmittedForm, do: str, at: str) -> Page:
    """The form with one row added or removed; nothing is checked yet."""
    try:
        shape_at(work.shape, at)
    except KeyError:
        return form_page(work, entered(work.shape, work.form, work.base, blanks=True), {})
    form = _ROWS[do](work.form, at, work.shape)
    focus = form["has"][-1] if do == "add" else at.rpartition(".")[0]
    return form_page(work, entered(work.shape, form, work.base, blanks=True), {}, focus=focus)


def kept(form: Form) -> list[tuple[str, str]]:
    """What was sent, to be sent again with the next button."""
    return [(name, each) for name, values in form.items() if name not in ("do", "commit") for each in values]


# ---- when the file has changed since


def stale_page(work: SubmittedForm) -> Page:
    """Both sides of an edit of a file that has changed since: what it says now, with the edits that still fit; and those that
    meet another value, which only a person can settle."""
    now = begun(work.repository, work.file, work.part, work.way, work.asked)
    fitting, clashing = carried_over(work.edits, work.file.data)
    shape = shape_of(work.file.schema)
    theirs = edits(work.base, applied(now.base, ()))
    values = {
        "stale": True,
        "theirs": [in_words(each, shape) for each in theirs],
        "clashes": [in_words(each, shape) for each in clashing],
    }
    return form_page(replace(now, form=work.form), applied(now.base, fitting), {}, told=values, status=409)


def lost_page(client: str, agreement: str, form: Form, error: RefusedError, way: Way = EDIT) -> Page:
    """The page of an edit whose file is gone or cannot be read any more: what was entered is shown, so that it is not lost."""
    entries = [(name, value) for name, value in kept(form) if value and name not in ("base", "digest", "has", "part")]
    title = f"{agreement or client}: this file cannot be edited now"
    values = {"problems": error.problems, "entries": entries, "address": address_of(client, agreement, way.name)}
    return Page("edit_lost.html", title, values, status=409, holds=True)


def home(file: FactsFile) -> str:
    """The page that a form belongs to."""
    return f"/agreements/{file.client}/{file.agreement}" if file.agreement else f"/agreements/{file.client}"
