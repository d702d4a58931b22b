"""Runs the `git` command; no other module does. Contacts no other machine.

A repository's `.git/config` may come from anyone, and can name programs for git to run: filters, hooks, pagers,
monitors, signature checks. None of them runs. Settings with fixed names are overridden on the command line. Settings
whose names the file chooses (`filter.NAME.clean`) are listed first, which runs nothing, and then overridden one by one.
"""

import os
import re
import subprocess
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TypeAlias

from contract_assembly.core.problems import Problem, RefusedError

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


Finished: TypeAlias = "subprocess.CompletedProcess[bytes]"


def run(root: Path, *words: str, environment: Mapping[str, str] | None = None, given: bytes = b"") -> Finished:
    """Run git in a folder, with `given` as its input. Raises RefusedError `no-git` if git is not installed, `missing-file` if the
    folder is not there."""
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


def closed(root: Path) -> Mapping[str, str]:
    """The environment for git in a repository, in which no program named in a configuration file is run."""
    listed = run(root, "config", "--list", "--name-only", "-z").stdout
    names = sorted({os.fsdecode(each) for each in listed.split(b"\0") if each})
    values = {name: "" for name in names if _NAMED_PROGRAMS.fullmatch(name)}
    values |= {name: "false" for name in names if _REQUIRED_FILTERS.fullmatch(name)}
    settings = {"GIT_CONFIG_COUNT": str(len(values))}
    for number, (name, value) in enumerate(values.items()):
        settings |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return {**_environment(), **settings}


def _command(*words: str) -> list[str]:
    settings = [word for each in _OVERRIDES for word in ("-c", each)]
    return ["git", "--no-pager", *settings, *words]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return kept | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def failed(words: bytes) -> RefusedError:
    """The refusal `git`, with git's own message."""
    message = words.decode("utf-8", "replace").strip().removeprefix("fatal: ").partition("\n")[0]
    return RefusedError(
        [Problem("git", f"git says: {message}", None, "see that 'git status' and 'git fsck' report no problem here")]
    )


class Blobs:
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
            raise failed(b"object " + blob.encode() + b" is missing; this clone may be partial or shallow")
        data = answer.read(int(head[2]))
        answer.read(1)
        return data

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        asked, answer = self.process.stdin, self.process.stdout
        assert asked is not None  # noqa: S101  # both were asked for
        assert answer is not None  # noqa: S101
        return asked, answer


def _ended(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.wait()
