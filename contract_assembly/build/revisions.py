"""One agreement at a revision or in the working tree, and what changed between two such states.

Only words and facts count here, not approvals, so a state that could not be built as final can still be compared.
Writes nothing.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.build.assessment import Assessed, assemble_and_assess
from contract_assembly.clauses import law_rules
from contract_assembly.compare import marking
from contract_assembly.compare.difference import Difference
from contract_assembly.compare.figures import figures
from contract_assembly.compare.trees import compare
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.document.draft_marks import marked
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved, with_used_definitions
from contract_assembly.document.tree import Document
from contract_assembly.facts.term_dates import days_in_force
from contract_assembly.repository.git import Git, opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.revision import Revision

NOW = "the working tree"


class Version(Struct, frozen=True):
    """The state of a repository at a revision, with a readable name."""

    name: str
    repository: Repository
    git: Git | None = None


class AgreementVersion(Struct, frozen=True, dict=True):
    """An agreement in one version of the repository. `day` is its first day in force."""

    version: Version
    client: str
    agreement: str
    found: Assessed

    @cached_property
    def document(self) -> Document:
        """The finished tree, without the marks of a draft."""
        return self._finished(self.found.assembled.document)

    @cached_property
    def is_open(self) -> bool:
        """Whether it is a draft, or was issued with a clause that is not approved today."""
        return self.found.about.status == "draft" or any(each.state != "approved" for each in self.found.approvals)

    def as_draft(self) -> Document:
        """The finished tree with the marks of a draft, as a build shows it."""
        missing = sum(each.state != "approved" for each in self.found.approvals)
        return self._finished(
            marked(self.found.assembled.document, missing, law_rules.open_gates(self.found.about.law))
        )

    @property
    def day(self) -> date:
        """The first day on which the agreement is in force."""
        return days_in_force(self.found.inputs).first

    @property
    def folder(self) -> str:
        """Its folder, relative to the root."""
        return folder_of(self.client, self.agreement)

    def _finished(self, tree: Document) -> Document:
        document, problems = resolved(numbered(with_used_definitions(tree)), self.found.assembled.elsewhere)
        if problems:
            raise RefusedError(problems)
        return document


def working_tree(root: Path) -> Version:
    """The version in the working tree."""
    return Version(NOW, Repository(root))


def revision(root: Path, name: str) -> Version:
    """The version in a commit. Raises RefusedError `no-git` or `unknown-revision`."""
    git = opened(root)
    source = Revision.of(git, name)
    short = source.commit[:10]
    return Version(short if name.startswith(short[:7]) else f"{name} ({short})", Repository(source), git)


def state(version: Version, client: str, agreement: str) -> AgreementVersion:
    """An agreement in a version. Raises RefusedError if it does not exist there, with a hint where it does; and with
    every problem of that version, its name before each path."""

    def read() -> AgreementVersion:
        _there(version, client, agreement)
        found = AgreementVersion(version, client, agreement, assemble_and_assess(version.repository, client, agreement))
        _ = found.document  # so that all problems are reported together
        return found

    return _with_revision(version, read)


def difference(old: AgreementVersion, new: AgreementVersion) -> Difference:
    """What changed from one state to the other."""
    meta = new.document.meta
    return Difference(
        folder=new.folder if old.folder == new.folder else f"{old.folder} to {new.folder}",
        title=meta.title,
        client=meta.subject,
        language=meta.language,
        old=_name(old, new),
        new=_name(new, old),
        facts=figures((old.document, old.found.about.facts), (new.document, new.found.about.facts)),
        changes=compare(old.document, new.document),
    )


def for_word(old: AgreementVersion, new: AgreementVersion) -> tuple[Document, Document]:
    """Both trees as they go into a redline. One with open points has the marks of a draft, so that it is not signed.

    Open points are not a change to the agreement, so two drafts both have the marks of the newer one."""
    if new.is_open and not old.is_open:
        return old.document, new.as_draft()
    return _alike(old, new)


def _alike(old: AgreementVersion, new: AgreementVersion) -> tuple[Document, Document]:
    """Both trees, with the draft marks of the newer one if it has open points."""
    if not new.is_open:
        return old.document, new.document
    missing = sum(each.state != "approved" for each in new.found.approvals)
    tree = marked(old.found.assembled.document, missing, law_rules.open_gates(new.found.about.law))
    found = replace(old.found, assembled=replace(old.found.assembled, document=tree))
    return replace(old, found=found).document, new.as_draft()


def for_page(old: AgreementVersion, new: AgreementVersion) -> tuple[Document, str, str]:
    """The new tree with the changes marked in it, the name of the old state, and how much changed."""
    before, after = _alike(old, new)
    changes = compare(before, after)
    found = replace(difference(old, new), changes=changes)
    return marking.marked(after, changes), found.old, found.summary()


def _name(state: AgreementVersion, other: AgreementVersion) -> str:
    return state.version.name if state.agreement == other.agreement else f"{state.agreement} in {state.version.name}"


def _there(version: Version, client: str, agreement: str) -> None:
    path = f"{folder_of(client, agreement)}/agreement.yaml"
    if version.repository.source.has(path):
        return
    commits = list(version.git.history(path)) if version.git else []
    if commits:
        first = commits[-1]
        hint = f"it appeared in {first.id[:10]} of {first.day} ({first.subject}); name that commit or a later one"
    else:
        hint = _others(version, agreement, version.repository.agreements(client))
    what = f"{client} has no agreement {agreement} in {version.name}"
    raise RefusedError([Problem("unknown-agreement", what, None, hint)])


def _others(version: Version, agreement: str, known: tuple[str, ...]) -> str:
    there = did_you_mean(agreement, known)
    return f"{there}; an agreement that was never committed has nothing to be compared with" if version.git else there


def _with_revision(version: Version, work: Callable[[], AgreementVersion]) -> AgreementVersion:
    """Report problems of an old state with the name of its revision, because today's files may be correct."""
    try:
        return work()
    except RefusedError as error:
        if version.git is None:
            raise
        raise RefusedError(
            [
                replace(each, origin=replace(each.origin, path=f"{version.name}:{each.origin.path}"))
                if each.origin
                else each
                for each in error.problems
            ]
        ) from error
