"""The form of a client's or an agreement's facts. A form is sent to be looked at first; what was looked at can then be saved."""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from contract_assembly.actions.edit.changed import with_edits
from contract_assembly.actions.edit.facts_file import FactsFile, facts_file
from contract_assembly.actions.edit.git_branch import CommitRequest, branch_name, message
from contract_assembly.actions.edit.preview import EditPreview, preview
from contract_assembly.actions.edit.save import CHANGED, save
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.git import opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.facts_form import (
    at_line,
    called,
    form_page,
    home,
    kept,
    lost_page,
    part_asked,
    problem_page,
    refused_form,
    stale_page,
    with_rows,
)
from contract_assembly.web.edit.store import storing
from contract_assembly.web.edit.submitted_form import SubmittedForm, begun, one, sent
from contract_assembly.web.edit.words import HELPERS
from contract_assembly.web.page import Answer, Form, Page, PageRequest, Redirect, named

BRANCH = re.compile(r"[a-z0-9-]{1,80}")


# ---- looking


def edit_page(asked: PageRequest) -> Answer:
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
    work = begun(repository, file, part_asked(file, asked.query))
    at = at_line(file, asked.query.get("line", ""))
    told = {"saved": "saved" in asked.query, "branch": _branch(asked.query.get("branch", ""))}
    return form_page(work, {**work.base}, told=told, focus=at)


def _branch(name: str) -> str:
    return name if BRANCH.fullmatch(name) else ""


def frozen_page(file: FactsFile) -> Page:
    """The page of facts that are sent or signed: what can be done instead."""
    title = f"{file.client}, {file.agreement}: {file.status}"
    return Page("edit_frozen.html", title, {"file": file}, status=409)


# ---- sending


def edit(asked: PageRequest, form: Form, root: Path) -> Answer:
    """Do what a button of the form says. Only `save` writes."""
    client, agreement = asked.names["client"], asked.names.get("agreement", "")
    repository = Repository(root)
    try:
        file = facts_file(repository, client, agreement)
    except RefusedError as error:
        return lost_page(client, agreement, form, error)
    if file.is_frozen:
        return frozen_page(file)
    work = sent(repository, file, form)
    do, _, at = one(form, "do").partition(":")
    if do in ("add", "remove"):
        return with_rows(work, do, at)
    if work.digest != file.digest:
        return stale_page(work)
    step = {"save": _save, "edit": _again}.get(do, _look)
    return step(work, root)


def _again(work: SubmittedForm, _root: Path) -> Page:
    return form_page(work, work.entered, {})


def _look(work: SubmittedForm, root: Path) -> Page:
    """What the form would do, or what is wrong with it."""
    looked = _looked(work)
    return looked if isinstance(looked, Page) else _preview_page(work, looked, root)


def _looked(work: SubmittedForm) -> Page | EditPreview:
    if not work.edits:
        return form_page(work, work.entered, told={"nothing": True})
    if page := refused_form(work):
        return page
    try:
        text = with_edits(work.file.text, work.edits, work.file.path)
    except RefusedError as error:
        return form_page(work, work.entered, {}, others=error.problems, status=422)
    looked = preview(work.repository, work.file, text)
    if not looked.may_be_saved:
        return problem_page(work, looked.new, text)
    return looked


def _preview_page(
    work: SubmittedForm, looked: EditPreview, root: Path, others: Sequence[Problem] = (), status: int = 200
) -> Page:
    file = work.file
    values = {
        **HELPERS,
        "work": work,
        "home": home(file),
        "looked": looked,
        "edits": work.edits_in_words,
        "branch": branch_name(file.client, file.agreement, work.edits) if _has_history(root) else "",
        "kept": kept(work.form),
        "others": tuple(others),
    }
    return Page("edit_preview.html", f"What this changes: {called(file)}", values, status=status, holds=True)


def _has_history(root: Path) -> bool:
    """Whether there is a git repository to commit to."""
    try:
        return bool(opened(root))
    except RefusedError:
        return False


def _save(work: SubmittedForm, root: Path) -> Answer:
    looked = _looked(work)
    if isinstance(looked, Page):
        return looked
    file, commit = work.file, None
    if one(work.form, "commit"):
        name = f"{file.client}/{file.agreement}" if file.agreement else file.client
        commit = CommitRequest(branch_name(file.client, file.agreement, work.edits), message(name, work.edits_in_words))
    files = {file.name: file.as_bytes(looked.text)}
    try:
        with storing(root) as store:
            done = save(store, file.folder, files, {file.name: file.digest}, commit)
    except RefusedError as error:
        if any(each.rule == CHANGED for each in error.problems):
            return stale_page(
                sent(Repository(root), facts_file(Repository(root), file.client, file.agreement), work.form)
            )
        return _preview_page(work, looked, root, error.problems, 422)
    query = urlencode({"part": work.part.name, "saved": "yes", **({"branch": done.branch} if done.branch else {})})
    return Redirect(f"{work.address}?{query}")
