"""The form that amends a signed agreement: the form of its facts, with the days of the amendment. First it shows what the
amendment would say and do; then facts and amendment are written as one set."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from contract_assembly.actions.edit.amendment import AmendmentPreview, NextAmendment, coming, enter, preview
from contract_assembly.actions.edit.changed import with_edits
from contract_assembly.actions.edit.checks import in_form
from contract_assembly.actions.edit.facts_file import FactsFile, facts_file
from contract_assembly.actions.edit.save import CHANGED
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.asked_form import ask, day, together
from contract_assembly.web.edit.asked_form import wrong as wrong_days
from contract_assembly.web.edit.effect import shown
from contract_assembly.web.edit.facts import frozen_page
from contract_assembly.web.edit.facts_form import (
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
from contract_assembly.web.edit.submitted_form import SubmittedForm, Way, begun, one, sent
from contract_assembly.web.edit.words import HELPERS
from contract_assembly.web.page import Answer, Form, Page, PageRequest, Redirect, named

DAYS = together(
    "",
    "",
    together(
        "amendment",
        "The amendment",
        ask("on", "Date of the amendment", "date", help="The day that the document bears."),
        ask("effective", "First day of the changes", "date"),
    ),
)
AMEND = Way("amend", "amend.html", DAYS, leaves_out=("open",))
# How the problem of a day begins, and its field.
_STARTS = {"--on ": "amendment.on", "--effective ": "amendment.effective"}


def amend_page(asked: PageRequest) -> Answer:
    """The form of a part of the facts of a signed agreement."""
    client, agreement = named(asked)
    repository = asked.snapshot.repository
    file = facts_file(repository, client, agreement)
    if file.status != "signed":
        return frozen_page(file) if file.is_frozen else Redirect(f"{home(file)}/edit")
    try:
        next_one = coming(repository, client, agreement, asked.snapshot.on)
    except RefusedError as error:
        return _not_now(file, error)
    days = {"amendment": {"on": next_one.on.isoformat(), "effective": next_one.effective.isoformat()}}
    work = begun(repository, file, part_asked(file, asked.query, AMEND), AMEND, days)
    return _form(work, next_one, form_page(work, {**work.base}, told={"saved": "saved" in asked.query}))


def amend(asked: PageRequest, form: Form, root: Path) -> Answer:
    """Do what a button of the form says. Only `save` writes."""
    client, agreement = named(asked)
    repository = Repository(root)
    try:
        file = facts_file(repository, client, agreement)
    except RefusedError as error:
        return lost_page(client, agreement, form, error, AMEND)
    if file.status != "signed":
        return frozen_page(file)
    try:
        next_one = coming(repository, client, agreement, asked.snapshot.on)
    except RefusedError as error:
        return _not_now(file, error)
    work = sent(repository, file, form, AMEND)
    do, _, at = one(form, "do").partition(":")
    answer = _answer(work, next_one, root, do, at)
    return _form(work, next_one, answer) if isinstance(answer, Page) and answer.template == AMEND.template else answer


def _not_now(file: FactsFile, error: RefusedError) -> Page:
    """The page of an agreement that takes no amendment, or none yet: why, and what else there is."""
    values = {"home": home(file), "problems": error.problems}
    return Page("amend_not.html", called(file), values, status=409)


def _answer(work: SubmittedForm, next_one: NextAmendment, root: Path, do: str, at: str) -> Answer:
    if do in ("add", "remove"):
        return with_rows(work, do, at)
    if work.digest != work.file.digest:
        return stale_page(work)
    if do == "edit":
        return form_page(work, work.entered, {})
    looked = _looked(work)
    if isinstance(looked, Page):
        return looked
    stale = one(work.form, "mark") not in ("", next_one.mark)
    if do != "save" or stale:
        return _preview_page(work, next_one, looked, stale=stale)
    try:
        with storing(root) as store:
            enter(store, work.file, _text(work), *_days(work))
    except RefusedError as error:
        if any(each.rule == CHANGED for each in error.problems):
            return stale_page(_again(work, root))
        return _preview_page(work, next_one, looked, others=error.problems)
    return Redirect(f"{work.address}?part={work.part.name}&saved=yes")


def _form(work: SubmittedForm, next_one: NextAmendment, page: Page) -> Page:
    """The form with the amendment that it goes into."""
    values = {**page.values, "amendment": next_one}
    title = f"{next_one.title}: {called(work.file)}"
    return Page(page.template, title, values, status=page.status, holds=True)


def _again(work: SubmittedForm, root: Path) -> SubmittedForm:
    repository = Repository(root)
    return sent(repository, facts_file(repository, work.file.client, work.file.agreement), work.form, AMEND)


def _text(work: SubmittedForm) -> str:
    return with_edits(work.file.text, work.edits, work.file.path)


def _days(work: SubmittedForm) -> tuple[Any, Any]:
    entered = work.asked["amendment"]
    return day(entered["on"]), day(entered["effective"])


def _looked(work: SubmittedForm) -> Page | AmendmentPreview:
    """What the amendment would be, or the form with what is in its way."""
    if page := refused_form(work, wrong_days(DAYS, work.asked or {})):
        return page
    try:
        return preview(work.repository, work.file, _text(work), *_days(work))
    except RefusedError as error:
        if not work.edits and {each.rule for each in error.problems} == {"nothing-to-amend"}:
            return form_page(work, work.entered, {}, told={"nothing": True})
        return _refused(work, error.problems)


def _refused(work: SubmittedForm, problems: Sequence[Problem]) -> Page:
    of_days, rest = dict[str, tuple[str, ...]](), list[Problem]()
    for each in problems:
        start = next((start for start in _STARTS if each.what.startswith(start)), "")
        if start:
            told = in_form(replace(each, what=each.what.removeprefix(start)), "")
            of_days[_STARTS[start]] = (*of_days.get(_STARTS[start], ()), told)
        else:
            rest.append(each)
    return problem_page(work, rest, _text_or_stated(work), of_days)


def _text_or_stated(work: SubmittedForm) -> str:
    """The text with the edits; that of now if they cannot be carried out."""
    try:
        return _text(work)
    except RefusedError:
        return work.file.text


def _preview_page(
    work: SubmittedForm,
    next_one: NextAmendment,
    looked: AmendmentPreview,
    *,
    others: Sequence[Problem] = (),
    stale: bool = False,
) -> Page:
    values: Mapping[str, Any] = {
        **HELPERS,
        "work": work,
        "home": home(work.file),
        "amendment": next_one,
        "looked": looked,
        "effect": shown(looked.effect) if looked.effect else None,
        "edits": work.edits_in_words,
        "kept": [each for each in kept(work.form) if each[0] != "mark"],
        "others": tuple(others),
        "stale": stale,
    }
    status = 409 if stale else 422 if others else 200
    return Page("amend_preview.html", f"{next_one.title}: {called(work.file)}", values, status=status, holds=True)
