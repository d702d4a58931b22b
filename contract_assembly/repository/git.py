"""The git repository that contains a root: its commits, what changed between them, and new commits.

`opened` finds it. A root may be a folder deep inside a larger repository. No file of a repository that exists is
changed; `begun` starts a new one, `Git.add_commit` and `Git.commit_onto` put a commit on a branch that is not checked out, and
`Git.stage` notes its files in the index. `revision` reads the files of a commit.
"""

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.repository import git_process

_AUTHOR = ("name", "email")


class Commit(Struct, frozen=True):
    """One commit: its full id, the day it was made (ISO 8601, in its author's zone), the first line of its message, its author's
    name, and the commit before it, empty for the first of all; of a merge, the first of those before it."""

    id: str
    day: str
    subject: str
    author: str = ""
    before: str = ""


class Git(Struct, frozen=True, dict=True):
    """The git repository that contains a root. `prefix` is the root's path inside the work tree: "" or
    "firm/contracts/"."""

    root: Path
    prefix: str

    def commit(self, revision: str) -> str:
        """The full id of a commit. Raises RefusedError `unknown-revision`, with similar names."""
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found.returncode:
            raise RefusedError([self._unknown(revision)])
        return found.stdout.decode().strip()

    def history(self, *paths: str, revision: str = "HEAD", skip: int = 0, most: int = -1) -> Iterator[Commit]:
        """The commits that touched these paths (relative to the root; globs as git reads them), the newest first: without the
        first `skip` of them, and at most `most`."""
        asked = ("log", "--no-show-signature", f"--skip={skip}", f"--max-count={most}")
        printed = self._run(*asked, "--format=%H%x00%as%x00%an%x00%P%x00%s", revision, "--", *(paths or (".",)))
        for line in printed.stdout.decode("utf-8", "replace").split("\n")[:-1]:
            commit, day, author, parents, subject = line.split("\0", 4)
            yield Commit(commit, day, subject, author, parents.partition(" ")[0])

    def changed(self, old: str, new: str | None = None) -> tuple[str, ...]:
        """Paths below the root that differ between two commits, or between a commit and the working tree including
        untracked files; relative to the root, in order."""
        options = ("--name-only", "-z", "--no-renames", "--relative", "--no-ext-diff", "--no-textconv")
        commits = (old, new) if new else (old,)
        found = self.checked("diff", *options, "--end-of-options", *commits, "--").split(b"\0")
        if new is None:
            found += self.checked("ls-files", "-z", "--others", "--exclude-standard").split(b"\0")
        return tuple(sorted({os.fsdecode(each) for each in found if each}))

    def blob(self, name: str) -> bytes:
        """The bytes of a blob by its id, of whatever commit. Raises RefusedError `git` where this clone does not have it."""
        return self._open_blobs.read(name)

    @cached_property
    def _open_blobs(self) -> git_process.Blobs:
        return git_process.Blobs(self.root)

    @cached_property
    def is_shallow(self) -> bool:
        """Whether this is a shallow clone, without older commits."""
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def tip(self, *names: str) -> str | None:
        """The commit of the first of these branches or tags that exists."""
        found = self._run("for-each-ref", "--format=%(objectname)", "--count=1", *names).stdout.decode().split()
        return found[0] if found else None

    def noted(self, words: str) -> str | None:
        """The newest commit before HEAD whose message has a line that begins with these words."""
        found = self._run("log", "-1", "--format=%H", "--no-show-signature", f"--grep=^{re.escape(words)}", "HEAD")
        return found.stdout.decode().strip() or None

    def add_commit(
        self, branch: str, files: Mapping[str, bytes], message: str, author: str, parent: str | None = None
    ) -> str:
        """Commit exactly these files (by path below the root) on a branch, without touching the index or the working
        tree, and return its id. `author` is who commits where git knows no one: "Jo Harbor <jo@harbor.example>"."""
        return self._import(branch, files, message, parent, author, others=False)

    def commit_onto(self, parent: str, branch: str, files: Mapping[str, bytes], message: str) -> str:
        """Commit these files (by path below the root) after a commit, on a branch, and return the new commit's id. Every other
        file is as in the parent; the index, the working tree and the branch that is checked out stay as they are."""
        return self._import(branch, files, message, parent, self.author or "", others=True)

    def stage(self, head: str, branch: str, paths: Iterable[str]) -> None:
        """Note files of a branch in the index, where it has what `head` has. A later merge of that branch then recognizes the
        files in the working tree as its own, and does not refuse. What a person has staged stays."""
        for path in paths:
            name = f"{self.prefix}{path}"
            now = self._run("rev-parse", "--verify", "--quiet", f":{name}").stdout
            if now == self._run("rev-parse", "--verify", "--quiet", f"{head}:{name}").stdout:
                blob = self.checked("rev-parse", "--verify", f"refs/heads/{branch}:{name}").decode().strip()
                self._run("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")

    @cached_property
    def author(self) -> str | None:
        """Who commits according to git's configuration, "Jo Harbor <jo@harbor.example>"; None where it does not say."""
        name, mail = (self._run("config", f"user.{each}").stdout.decode("utf-8", "replace").strip() for each in _AUTHOR)
        return f"{name} <{mail}>" if name and mail else None

    def _import(
        self, branch: str, files: Mapping[str, bytes], message: str, parent: str | None, author: str, *, others: bool
    ) -> str:
        """Commit files, with all `others` of the parent or without them."""
        known = self._run("var", "GIT_COMMITTER_IDENT")
        who = author if known.returncode else known.stdout.decode("utf-8", "replace").strip().rpartition("> ")[0] + ">"
        parts = [
            f"commit refs/heads/{branch}\ncommitter {who} now\n".encode(),
            _data(message.encode()),
            f"from {parent}\n".encode() if parent else b"",
            b"" if others else b"deleteall\n",
        ]
        for path, content in sorted(files.items()):
            parts += [f"M 100644 inline {self.prefix}{path}\n".encode(), _data(content)]
        words = ("fast-import", "--quiet", "--date-format=now", "--done", "--force")
        found = git_process.run(self.root, *words, environment=self._closed, given=b"".join([*parts, b"done\n"]))
        if found.returncode:
            raise git_process.failed(found.stderr)
        return self.commit(f"refs/heads/{branch}")

    def checked(self, *words: str) -> bytes:
        """The output of a git command. Raises RefusedError `git` with git's own message if it fails."""
        found = self._run(*words)
        if found.returncode:
            raise git_process.failed(found.stderr)
        return found.stdout

    def _run(self, *words: str) -> git_process.Finished:
        return git_process.run(self.root, *words, environment=self._closed)

    @cached_property
    def _closed(self) -> Mapping[str, str]:
        return git_process.closed(self.root)

    def _unknown(self, revision: str) -> Problem:
        what = f"git knows no commit {shown(revision)} here"
        if self.is_shallow:
            return Problem(
                "unknown-revision", what, None, "this clone is shallow: fetch the rest with 'git fetch --unshallow'"
            )
        names = self._run("for-each-ref", "--format=%(refname:short)").stdout.decode("utf-8", "replace").split()
        near = difflib.get_close_matches(revision, [*names, "HEAD"], 3, 0.5)
        hint = (
            f"did you mean {' or '.join(near)}?"
            if near
            else "see 'git log --oneline' and 'git branch --all' for its names"
        )
        return Problem("unknown-revision", what, None, hint)


def opened(root: Path) -> Git:
    """The git repository that contains a root. Raises RefusedError `no-git` if there is none, or if git is not
    installed."""
    found = git_process.run(root, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    if found.returncode:
        words = found.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ").partition("\n")[0]
        hint = "run 'git init' there, add the files and commit them; then every change has a history"
        if "dubious ownership" in words:
            hint = "the folder belongs to another user: let git trust it, as its message says ('git status' shows it)"
        raise RefusedError(
            [Problem("no-git", f"{root} has no history that can be read: {words or 'not a work tree'}", None, hint)]
        )
    inside, prefix = (*found.stdout.decode().split("\n"), "")[:2]
    if inside != "true":
        raise RefusedError(
            [Problem("no-git", f"{root} is not a git work tree", None, "work in a clone that has its files")]
        )
    return Git(root, prefix)


def begun(folder: Path) -> Git:
    """A new repository in a folder, on the branch main. Raises RefusedError `no-git` if git is not installed."""
    found = git_process.run(folder, "init", "--quiet", "--initial-branch=main")
    if found.returncode:
        raise git_process.failed(found.stderr)
    return Git(folder, "")


def _data(content: bytes) -> bytes:
    """Bytes as `git fast-import` takes them."""
    return b"data %d\n" % len(content) + content + b"\n"
