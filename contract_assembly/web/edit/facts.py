"""The form of a client's or an agreement's facts. A form is sent to be looked at first; what was looked at can then be saved."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from contract_assembly.actions.edit.changed import applied, carried_over, edits, in_words, with_edits
from contract_assembly.actions.edit.checks import Wrong, by_field, wrong
from contract_assembly.actions.edit.facts_file import FactsFile, facts_file
from contract_assembly.actions.edit.fields import About, Entered, entered, fields, shape_at, whole, with_row, without
from contract_assembly.actions.edit.git_branch import Commit, branch_name, message
from contract_assembly.actions.edit.options import options
from contract_assembly.actions.edit.parts import PARTS, Part, part_of, part_with
from contract_assembly.actions.edit.preview import Preview, preview, problems_now
from contract_assembly.actions.edit.save import CHANGED, save
from contract_assembly.actions.edit.shapes import Shape, shape_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.text import shown
from contract_assembly.repository.git import opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.form_work import Work, address_of, begun, one, sent
from contract_assembly.web.edit.store import storing
from contract_assembly.web.edit.words import HELPERS
from contract_assembly.web.page import Answer, Asked, Form, Page, Redirect, named

BRANCH = re.compile(r"[a-z0-9-]{1,80}")


# ---- looking


def edit_page(asked: Asked) -> Answer:
    """The form of a part of a file: `part` names it, or `line` a line of the file. A file that was sent or
    signed gets another page."""
    repository, client, agreement = asked.snapshot.repository, asked.names["client"], ""
    if "agreement" in asked.names:
        client, agreement = named(asked)
    else:
        repository.agreements(client)  # so that an unknown client is not found, rather than a file to restore
    file = facts_file(repository, client, agreement)
    if file.is_frozen:
        return frozen_page(file)
    work = begun(repository, file, _part(file, asked.query))
    at = _at_line(file, asked.query.get("line", ""))
    told = {"saved": "saved" in asked.query, "branch": _branch(asked.query.get("branch", ""))}
    return _form_page(work, {**work.base}, told=told, focus=at)


def _part(file: FactsFile, query: Mapping[str, str]) -> Part:
    at = _at_line(file, query.get("line", ""))
    found = part_with(file.schema, [at.partition(".")[0]]) if at else part_of(file.schema, query.get("part", ""))
    if found is None:
        what = f"{file.name} has no part {shown(query.get('part', ''))}"
        raise RefusedError([Problem("unknown-part", what, None, "choose one of those listed on its page")])
    return found


def _at_line(file: FactsFile, line: str) -> str:
    """The path of what is written on a line, the innermost entry."""
    if not line.isdecimal() or len(line) > 7:
        return ""
    return max((path for path, each in file.lines.items() if each == int(line)), key=len, default="")


def _branch(name: str) -> str:
    return name if BRANCH.fullmatch(name) else ""


def frozen_page(file: FactsFile) -> Page:
    """The page of facts that are sent or signed: what can be done instead."""
    title = f"{file.client}, {file.agreement}: {file.status}"
    return Page("edit_frozen.html", title, {"file": file}, status=409)


def _form_page(
    work: Work, data: Entered, found: Wrong | None = None, *, told: Mapping[str, Any] | None = None, focus: str = "",
    others: Sequence[Problem] = (), status: int = 200,
) -> Page:  # fmt: skip
    about = About(
        lines=work.file.lines,
        problems=found if found is not None else _stated(work),
        options=options(work.repository, work.file, _plan(data)),
    )
    form = fields(work.shape, data, about)
    values = {
        **HELPERS,
        "work": work,
        "home": _home(work.file),
        "form": form,
        "focus": focus,
        "wrong": [(each, what) for each in form.all() for what in each.problems],
        "others": tuple(others),
        "parts": PARTS[work.file.schema],
        "base": json.dumps(work.base, ensure_ascii=False, separators=(",", ":")),
        "saved": False,
        "branch": "",
        "nothing": False,
        "clashes": (),
        "theirs": (),
        "stale": False,
        **(told or {}),
    }
    return Page("edit.html", f"{work.part.title}: {_called(work.file)}", values, status=status, holds=True)


def _stated(work: Work) -> Wrong:
    """What is wrong with the file as it is: what its model says, or else what a build would."""
    now = applied(work.file.data, ())
    if found := wrong(work.file.schema, work.shape, now):
        return found
    return by_field(errors(problems_now(work.repository, work.file)), work.file.path, work.file.text, now)[0]


def _plan(data: Entered) -> str:
    found = data.get("plan", "") if isinstance(data, Mapping) else ""
    return found if isinstance(found, str) else ""


def _called(file: FactsFile) -> str:
    return f"{file.client}, {file.agreement}" if file.agreement else file.client


# ---- sending


def edit(asked: Asked, form: Form, root: Path) -> Answer:
    """Do what a button of the form says. Only `save` writes."""
    client, agreement = asked.names["client"], asked.names.get("agreement", "")
    repository = Repository(root)
    try:
        file = facts_file(repository, client, agreement)
    except RefusedError as error:
        return _lost_page(client, agreement, form, error)
    if file.is_frozen:
        return frozen_page(file)
    work = sent(repository, file, form)
    do, _, at = one(form, "do").partition(":")
    if do in _ROWS:
        return _with_rows(work, do, at)
    if work.digest != file.digest:
        return _stale_page(work)
    step = {"save": _save, "edit": _again}.get(do, _look)
    return step(work, root)


_ROWS: Mapping[str, Callable[[Form, str, Shape], Form]] = {
    "add": with_row,
    "remove": lambda form, path, _shape: without(form, path),
}


def _with_rows(work: Work, do: str, at: str) -> Page:
    """The form with one row added or removed; nothing is checked yet."""
    try:
        shape_at(work.shape, at)
    except KeyError:
        return _form_page(work, entered(work.shape, work.form, work.base, blanks=True), {})
    form = _ROWS[do](work.form, at, work.shape)
    focus = form["has"][-1] if do == "add" else at.rpartition(".")[0]
    return _form_page(work, entered(work.shape, form, work.base, blanks=True), {}, focus=focus)


def _again(work: Work, _root: Path) -> Page:
    return _form_page(work, work.entered, {})


def _look(work: Work, root: Path) -> Page:
    """What the form would do, or what is wrong with it."""
    looked = _looked(work)
    return looked if isinstance(looked, Page) else _preview_page(work, looked, root)


def _looked(work: Work) -> Page | Preview:
    made = whole(work.file.data, work.entered, work.part.keys)
    if not work.edits:
        return _form_page(work, work.entered, told={"nothing": True})
    if found := wrong(work.file.schema, work.shape, made):
        return _form_page(work, work.entered, found, others=_elsewhere(work, found), status=422)
    try:
        text = with_edits(work.file.text, work.edits, work.file.path)
    except RefusedError as error:
        return _form_page(work, work.entered, {}, others=error.problems, status=422)
    looked = preview(work.repository, work.file, text)
    if not looked.may_be_saved:
        at_fields, others = by_field(looked.new, work.file.path, text, made)
        here = {name: each for name, each in at_fields.items() if work.shows(name)}
        hidden = [each for each in looked.new if each not in others] if len(here) < len(at_fields) else []
        return _form_page(work, work.entered, here, others=(*others, *hidden), status=422)
    return looked


def _elsewhere(work: Work, found: Wrong) -> tuple[Problem, ...]:
    """What is wrong in other parts of the file."""
    return tuple(
        Problem("ill-typed", f"{name}: {what}", None, "it is in another part of the same file")
        for name, told in found.items()
        if not work.shows(name)
        for what in told
    )


def _preview_page(work: Work, looked: Preview, root: Path, others: Sequence[Problem] = (), status: int = 200) -> Page:
    file = work.file
    values = {
        **HELPERS,
        "work": work,
        "home": _home(file),
        "looked": looked,
        "edits": work.edits_in_words,
        "branch": branch_name(file.client, file.agreement, work.edits) if _has_history(root) else "",
        "kept": kept(work.form),
        "others": tuple(others),
    }
    return Page("edit_preview.html", f"What this changes: {_called(file)}", values, status=status, holds=True)


def _has_history(root: Path) -> bool:
    """Whether there is a git repository to commit to."""
    try:
        return bool(opened(root))
    except RefusedError:
        return False


def kept(form: Form) -> list[tuple[str, str]]:
    """What was sent, to be sent again with the next button."""
    return [(name, each) for name, values in form.items() if name not in ("do", "commit") for each in values]


def _save(work: Work, root: Path) -> Answer:
    looked = _looked(work)
    if isinstance(looked, Page):
        return looked
    file, commit = work.file, None
    if one(work.form, "commit"):
        name = f"{file.client}/{file.agreement}" if file.agreement else file.client
        commit = Commit(branch_name(file.client, file.agreement, work.edits), message(name, work.edits_in_words))
    files = {file.name: file.as_bytes(looked.text)}
    try:
        with storing(root) as store:
            done = save(store, file.folder, files, {file.name: file.digest}, commit)
    except RefusedError as error:
        if any(each.rule == CHANGED for each in error.problems):
            return _stale_page(
                sent(Repository(root), facts_file(Repository(root), file.client, file.agreement), work.form)
            )
        return _preview_page(work, looked, root, error.problems, 422)
    query = urlencode({"part": work.part.name, "saved": "yes", **({"branch": done.branch} if done.branch else {})})
    return Redirect(f"{work.address}?{query}")


# ---- when the file has changed since


def _stale_page(work: Work) -> Page:
    """Both sides of an edit of a file that has changed since: what it says now, with the edits that still fit; and those that
    meet another value, which only a person can settle."""
    now = begun(work.repository, work.file, work.part)
    fitting, clashing = carried_over(work.edits, work.file.data)
    shape = shape_of(work.file.schema)
    theirs = edits(work.base, applied(now.base, ()))
    values = {
        "stale": True,
        "theirs": [in_words(each, shape) for each in theirs],
        "clashes": [in_words(each, shape) for each in clashing],
    }
    return _form_page(replace(now, form=work.form), applied(now.base, fitting), {}, told=values, status=409)


def _lost_page(client: str, agreement: str, form: Form, error: RefusedError) -> Page:
    """The page of an edit whose file is gone or cannot be read any more: what was entered is shown, so that it is not lost."""
    entries = [(name, value) for name, value in kept(form) if value and name not in ("base", "digest", "has", "part")]
    title = f"{agreement or client}: this file cannot be edited now"
    values = {"problems": error.problems, "entries": entries, "address": address_of(client, agreement)}
    return Page("edit_lost.html", title, values, status=409, holds=True)


def _home(file: FactsFile) -> str:
    """The page that a form belongs to."""
    return f"/agreements/{file.client}/{file.agreement}" if file.agreement else f"/agreements/{file.client}"
