"""Commit saved files on a branch named for the change. The branch that is checked out stays as it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from contract_assembly.actions.edit.changed import Edit
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import slug
from contract_assembly.repository.file_cache import Files
from contract_assembly.repository.git import Git, opened
from contract_assembly.repository.revision import Revision

_MOST = 60  # characters of a branch's name
_SUBJECT = 72


class CommitRequest(Struct, frozen=True):
    """What is asked for: the name of the branch, which gets a number if there is one already, and the message."""

    branch: str
    message: str


def branch_name(client: str, agreement: str, edits: Iterable[Edit]) -> str:
    """The name of a branch for edits: "acme-2026-support-users-36"."""
    found = tuple(edits)
    words = [client, agreement, *(_words(found[0]) if found else ("edit",))]
    more = f"-and-{len(found) - 1}-more" if len(found) > 1 else ""
    return slug("-".join(each for each in words if each))[: _MOST - len(more)].strip("-") + more


def _words(edit: Edit) -> tuple[str, ...]:
    key = next((each for each in reversed(edit.path) if isinstance(each, str)), "")
    if isinstance(edit.new, str):
        return key, edit.new
    return key, "removed" if edit.new is None else "added"


def message(name: str, told: Iterable[tuple[str, str, str]]) -> str:
    """The message of a commit: the agreement and what changes, from edits in words."""
    lines = [f"{what}: {old} to {new}" for what, old, new in told]
    subject = f"{name}: {lines[0] if len(lines) == 1 else f'{len(lines)} changes'}"
    if len(subject) > _SUBJECT:
        subject = f"{subject[: _SUBJECT - 1].rstrip()}…"
    return subject + "\n\n" + "\n".join(lines) + "\n"


def committed(root: Path, files: Mapping[str, bytes], commit: CommitRequest) -> Callable[[], str]:
    """A function that commits files (by path below the root) after they were written, and returns the name of the branch. Raises
    RefusedError at once if there is no repository, no commit yet, if git does not know who commits, or if one of the files has
    changes already that are in no commit: they would go along without a word."""
    git = opened(root)
    head, name = git.commit("HEAD"), _free(git, commit.branch)
    if problems := tuple(_uncommitted(root, Revision(git, head), files)):
        raise RefusedError(problems)
    if git.author is None:
        hint = (
            'tell it: git config --global user.name "Jo Harbor", and git config --global user.email jo@harbor.example'
        )
        raise RefusedError([Problem("no-author", "git does not know who you are, so nothing was saved", None, hint)])

    def make() -> str:
        git.commit_onto(head, name, files, commit.message)
        git.stage(head, name, files)
        return name

    return make


def _uncommitted(root: Path, head: Revision, paths: Iterable[str]) -> Iterator[Problem]:
    here, there = Files(root), Files(head)
    for path in paths:
        if here.source.has(path) and not (head.has(path) and there.digests(path) == here.digests(path)):
            what = (
                f"{path.rpartition('/')[2]} has changes that are not committed here, and a commit would take them along"
            )
            hint = "commit them first, or merge the branch that has them; or save without a commit"
            yield Problem("not-committed", what, Origin(path), hint)


def _free(git: Git, wanted: str) -> str:
    number, name = 1, wanted
    while git.tip(f"refs/heads/{name}"):
        number += 1
        name = f"{wanted}-{number}"
    return name
