"""Reads git's history through the `git` command; no other module runs it. Contacts no other machine.

`opened` finds the repository that contains a root. `Git.revision` returns one commit as a `Source`: the same files, as
they were committed. A root may be a folder deep inside a larger repository. No file of a repository that exists is
changed; `begun` starts a new one, `Git.add_commit` and `Git.commit_onto` put a commit on a branch that is not checked out, and
`Git.stage` notes its files in the index.

A repository's `.git/config` may come from anyone, and can name programs for git to run: filters, hooks, pagers,
monitors, signature checks. None of them runs. Settings with fixed names are overridden on the command line. Settings
whose names the file chooses (`filter.NAME.clean`) are listed first, which runs nothing, and then overridden one by one.
"""

import difflib
import os
import re
import subprocess
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.repository.other_programs import is_left_behind
from contract_assembly.repository.source import MAX_BYTES, missing, refused, too_big

_AUTHOR = ("name", "email")
_LINK, _FILES = "120000", {"100644", "100755"}
# Variables that choose which of the user's own settings are read. Every other GIT_ variable is dropped: git sets some for its
# hooks, which would point us at another index or folder, and others name programs or files to write.
_KEPT = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES"}
_OVERRIDES = (
    "core.quotePath=off",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.editor=true",
    "core.sshCommand=false",
    "core.askPass=",
    "core.gitProxy=",
    "core.alternateRefsCommand=",
    "credential.helper=",
    "diff.external=",
    "diff.ignoreSubmodules=all",
    "gpg.program=false",
    "log.showSignature=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
)
# Settings with a name of the file's own choosing that hold a command, and the value that turns each off.
_NAMED_PROGRAMS = re.compile(
    r"filter\..+\.(?:clean|smudge|process)|diff\..+\.(?:command|textconv)|merge\..+\.driver|gpg\..+\.program|"
    r"credential\..+\.helper|pager\..+|remote\..+\.(?:uploadpack|vcs|promisor)",
    re.IGNORECASE | re.DOTALL,
)
_REQUIRED_FILTERS = re.compile(r"filter\..+\.required", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its full id, the day it was made (ISO 8601, in its author's zone), the first line of its message, its author's
    name, and the commit before it, empty for the first of all; of a merge, the first of those before it."""

    id: str
    day: str
    subject: str
    author: str = ""
    before: str = ""


@dataclass(frozen=True)
class Git:
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

    def revision(self, revision: str) -> "Revision":
        """The files below the root in a commit. Raises RefusedError `unknown-revision`."""
        return Revision(self, self.commit(revision))

    def history(self, *paths: str, revision: str = "HEAD", skip: int = 0, most: int = -1) -> Iterator[Commit]:
        """The commits that touched these paths (relative to the root; globs as git reads them), the newest first: without the
        first `skip` of them, and at most so many."""
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
    def _open_blobs(self) -> "_Blobs":
        return _Blobs(self.root)

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
        found = _git(self.root, *words, environment=self._closed, given=b"".join([*parts, b"done\n"]))
        if found.returncode:
            raise _failed(found.stderr)
        return self.commit(f"refs/heads/{branch}")

    def checked(self, *words: str) -> bytes:
        """The output of a git command. Raises RefusedError `git` with git's own message if it fails."""
        found = self._run(*words)
        if found.returncode:
            raise _failed(found.stderr)
        return found.stdout

    def _run(self, *words: str) -> "subprocess.CompletedProcess[bytes]":
        return _git(self.root, *words, environment=self._closed)

    @cached_property
    def _closed(self) -> Mapping[str, str]:
        """The environment for git, in which no program named in a configuration file is run."""
        listed = _git(self.root, "config", "--list", "--name-only", "-z").stdout
        names = sorted({os.fsdecode(each) for each in listed.split(b"\0") if each})
        values = {name: "" for name in names if _NAMED_PROGRAMS.fullmatch(name)}
        values |= {name: "false" for name in names if _REQUIRED_FILTERS.fullmatch(name)}
        settings = {"GIT_CONFIG_COUNT": str(len(values))}
        for number, (name, value) in enumerate(values.items()):
            settings |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
        return {**_environment(), **settings}

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


@dataclass(frozen=True)
class Revision:
    """The files below the root in one commit, as a `Source`; only those in `within`, if folders are named."""

    git: Git
    commit: str
    within: tuple[str, ...] = ()
    _children: dict[str, set[str]] = field(default_factory=dict, repr=False)

    def read(self, path: str) -> bytes:
        """The bytes of a file as committed."""
        found = self._entries.get(path)
        if found is None:
            raise missing(path)
        mode, blob, size = found
        if mode not in _FILES:
            raise refused(
                "outside-root", f"{path} is a link in {self.commit[:10]}", path, "replace it by the file itself"
            )
        if size > MAX_BYTES:
            raise too_big(path)
        return self._blobs.read(blob)

    def has(self, path: str) -> bool:
        """Whether a file is at this path."""
        return path in self._entries

    def exists(self, path: str) -> bool:
        """Whether a file or a folder is at this path."""
        return path in self._entries or path.strip("/") in self._listing

    def blob(self, path: str) -> str | None:
        """The id of a file's blob; None if there is no such file."""
        found = self._entries.get(path)
        return found[1] if found else None

    def names(self, folder: str) -> tuple[str, ...]:
        """List the files and folders directly in a folder."""
        found = self._listing.get(folder.strip("/"), ())
        return tuple(sorted(name for name in found if not is_left_behind(name)))

    def below(self, folder: str) -> tuple[str, ...]:
        """List the paths of all files in a folder and its subfolders."""
        start = f"{folder.strip('/')}/" if folder.strip("/") else ""
        found = (path for path in self._entries if path.startswith(start))
        return tuple(sorted(path for path in found if not any(map(is_left_behind, path[len(start) :].split("/")))))

    @cached_property
    def _entries(self) -> dict[str, tuple[str, str, int]]:
        """The mode, blob and size of every file, by path."""
        found = {}
        for line in self.git.checked("ls-tree", "-r", "-l", "-z", self.commit, *(self.within or (".",))).split(b"\0"):
            if line:
                about, _, path = line.partition(b"\t")
                mode, kind, blob, size = about.decode().split()
                if kind == "blob":
                    found[os.fsdecode(path)] = (mode, blob, int(size))
        return found

    @cached_property
    def _listing(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path in self._entries:
            folder, _, name = path.rpartition("/")
            while name and name not in found.setdefault(folder, set()):
                found[folder].add(name)
                folder, _, name = folder.rpartition("/")
        return found

    @cached_property
    def _blobs(self) -> "_Blobs":
        return _Blobs(self.git.root)


class _Blobs:
    """One process `git cat-file --batch`, which returns one blob after the other. It ends with this object."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(  # noqa: S603  # no shell, and git's name alone
            _command("cat-file", "--batch"),
            cwd=root,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.end = weakref.finalize(self, _ended, self.process)

    def read(self, blob: str) -> bytes:
        """The bytes of a blob. Raises RefusedError `git` if this clone does not have it."""
        asked, answer = self._pipes()
        asked.write(blob.encode() + b"\n")
        asked.flush()
        head = answer.readline().split()
        if len(head) != 3:  # blob, "blob", size
            raise _failed(b"object " + blob.encode() + b" is missing; this clone may be partial or shallow")
        data = answer.read(int(head[2]))
        answer.read(1)
        return data

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        asked, answer = self.process.stdin, self.process.stdout
        assert asked is not None  # noqa: S101  # both were asked for
        assert answer is not None  # noqa: S101
        return asked, answer


def opened(root: Path) -> Git:
    """The git repository that contains a root. Raises RefusedError `no-git` if there is none, or if git is not
    installed."""
    found = _git(root, "rev-parse", "--is-inside-work-tree", "--show-prefix")
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
    found = _git(folder, "init", "--quiet", "--initial-branch=main")
    if found.returncode:
        raise _failed(found.stderr)
    return Git(folder, "")


def _data(content: bytes) -> bytes:
    """Bytes as `git fast-import` takes them."""
    return b"data %d\n" % len(content) + content + b"\n"


def _git(
    root: Path, *words: str, environment: Mapping[str, str] | None = None, given: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(  # noqa: S603  # no shell, and git's name alone
            _command(*words),
            cwd=root,
            env=environment or _environment(),
            input=given,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        if not root.is_dir():
            raise RefusedError(
                [Problem("missing-file", f"{root} is not there", None, "name a folder that exists")]
            ) from None
        what = "the program git is not installed"
        raise RefusedError(
            [Problem("no-git", what, None, "install it: apt-get install git | dnf install git | brew install git")]
        ) from None


def _command(*words: str) -> list[str]:
    settings = [word for each in _OVERRIDES for word in ("-c", each)]
    return ["git", "--no-pager", *settings, *words]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return kept | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def _failed(words: bytes) -> RefusedError:
    message = words.decode("utf-8", "replace").strip().removeprefix("fatal: ").partition("\n")[0]
    return RefusedError(
        [Problem("git", f"git says: {message}", None, "see that 'git status' and 'git fsck' report no problem here")]
    )


def _ended(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.wait()
