"""The redline of a renewal: the next contract with tracked changes against the agreed one, or why there is none."""

from collections.abc import Iterator

from contract_assembly.build import revisions
from contract_assembly.build.assessment import Assessed
from contract_assembly.build.difference_formats import enclosed_in
from contract_assembly.build.pipeline import examined, render
from contract_assembly.build.revisions import Version, for_word, state
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.amendment import amendments, steps_of
from contract_assembly.letters.amendments.states import ContractState, states
from contract_assembly.renewals.plan import RenewalPlan
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import recorded
from contract_assembly.repository.record_writer import file_name


def redline_of(repository: Repository, plan: RenewalPlan) -> bytes | Problem:
    """The next contract with tracked changes against the agreed one, marked as a draft; or why there is none."""
    before = _agreed_text(repository, plan)
    if isinstance(before, Problem):
        return before
    from contract_assembly.writers.docx.redline.writer import redline  # loads lxml and python-docx

    version = Version("the renewal", repository)
    new = state(version, plan.client, plan.next_name)
    if isinstance(before, Assessed):
        old, after = for_word(revisions.AgreementVersion(version, plan.client, plan.name, before), new)
    else:
        old, after = before.document, new.as_draft()
    house = repository.house(new.found.inputs.provider)
    pages = recorded(repository, new.folder).of(CONTRACT).pages or None
    return redline(old, after, house, author=after.meta.author, day=new.day, pages=pages, enclosed=enclosed_in(new))


def _agreed_text(repository: Repository, plan: RenewalPlan) -> ContractState | Assessed | Problem:
    """The state of the contract with its signed amendments; without amendments, the contract, if today's files give the words
    that were signed. A problem if the agreed words cannot be reproduced, because a redline against other words would be wrong."""
    found = amendments(repository, plan.client, plan.name)
    if not found:
        return _as_signed(repository, plan, CONTRACT)
    last = found[-1]
    name = f"amendment-{last.model.number}"
    if last.model.status != "signed":
        what = f"no redline: {name} is {last.model.status}, so what it changes is not agreed"
        return Problem("no-redline", what, last.at("status"), "have it signed, or take it back, first", "warning")
    if isinstance(unlike := _as_signed(repository, plan, name), Problem):
        return unlike
    try:
        return states(repository, plan.client, plan.name, steps_of(found))[-1]
    except RefusedError as error:
        first = error.problems[0]
        return Problem("no-redline", f"no redline: {first.what}", first.origin, first.hint, "warning")


def _as_signed(repository: Repository, plan: RenewalPlan, name: str) -> Assessed | Problem:
    """A document that was signed, assembled from today's files; or why these do not give its words."""
    path = f"{folder_of(plan.client, plan.name)}/{file_name(name, 'md')}"
    hint = "compare with the state that was signed: build.py diff CLIENT REVISION --between OLD NEW --format docx"
    if not repository.source.exists(path):
        what = f"no redline: the signed {name} was not built here"
        return Problem("no-redline", what, Origin(path), hint, "warning")
    signed = repository.read(path)
    for found, words in _as_built(repository, plan, name):
        if words == signed:
            return found
    what = f"no redline: facts, clauses or plans have changed since this was signed, so the words of {name} differ"
    return Problem("no-redline", what, Origin(path), hint, "warning")


def _as_built(repository: Repository, plan: RenewalPlan, name: str) -> Iterator[tuple[Assessed, bytes]]:
    """A document with its words, in the kind of build that was recorded, a final version or a draft, and in the other."""
    was_final = recorded(repository, folder_of(plan.client, plan.name)).of(name).is_final
    for final in (was_final, not was_final):
        try:
            found, again = examined(repository, plan.client, plan.name, name, final=final)
        except RefusedError as error:
            if errors(error.problems):
                continue
            raise
        if not errors(again.warnings):
            yield found, render(repository, again, ("md",))[0][file_name(name, "md")]
