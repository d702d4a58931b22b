"""The library that the program brings, with its schemas, and how a firm's repository keeps up with it.

The branch `contract-library` holds the program's files as they are, one commit for each version. A firm's own branch
begins at its first commit, so `git merge` knows what both sides changed, line by line.
"""

from collections.abc import Mapping

from msgspec import Struct

from contract_assembly import __version__
from contract_assembly.actions.json_schema import SCHEMAS, schema_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.git import Git
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import PIN, Pin, digest, library_files, pin
from contract_assembly.repository.revision import Revision

BRANCH = "contract-library"
NOTE = "Contract-Library:"
_AUTHOR = "Contract Assembly <program@contract-assembly.invalid>"


class LibraryComparison(Struct, frozen=True):
    """A firm's library against the program's: paths that the firm changed, and paths that the program has changed since
    the version that the firm has."""

    pinned: str
    version: str
    own: tuple[str, ...]
    newer: tuple[str, ...]


def program_set() -> dict[str, bytes]:
    """The program's library and schemas by path, with the pin of both."""
    schemas = {f"docs/schema/{name}.json": schema_of(name).encode() for name in SCHEMAS}
    files = library_files() | schemas
    return files | {PIN: pin(files).encode()}


def first_commit(git: Git, files: Mapping[str, bytes], author: str) -> str:
    """Put the library on its branch, and return the commit."""
    return git.add_commit(BRANCH, files, _message(files), author)


def compared(repository: Repository, git: Git) -> LibraryComparison:
    """Compare a firm's library with the program's. Raises RefusedError `no-library` where it has no pin."""
    pinned, files = _pinned(repository), program_set()
    before = _before(git)
    was = Revision.of(git, before)
    old = {path: was.read(path) for path in was.below("") if path != ".gitattributes"}
    own = [path for path, data in old.items() if not repository.source.has(path) or repository.read(path) != data]
    newer = [path for path in {*old, *files} if path != ".gitattributes" and old.get(path) != files.get(path)]
    return LibraryComparison(pinned.version, __version__, _without_pin(own), _without_pin(newer))


def update(repository: Repository, git: Git, *, dry_run: bool = False) -> str | None:
    """Commit the program's library on its branch, after the version that is there, and return the commit; None if it is
    the same. The firm's own branch and its files stay as they are. In a dry run nothing is committed."""
    _pinned(repository)
    before, files = _before(git), program_set()
    was = Revision.of(git, before)
    if was.has(PIN) and was.read(PIN) == files[PIN]:
        return None
    return before if dry_run else git.add_commit(BRANCH, files, _message(files), _AUTHOR, before)


def _pinned(repository: Repository) -> Pin:
    if not repository.source.exists(PIN):
        what = "nothing says which version of the program these clauses came from"
        raise RefusedError(
            [Problem("no-library", what, Origin(PIN), "a repository that `build.py init` makes has this file")]
        )
    return repository.load(Pin, PIN).model


def _before(git: Git) -> str:
    """The commit that the next version follows: the tip of the branch here or at the host, or else the newest version
    that was merged."""
    found = git.tip(f"refs/heads/{BRANCH}", f"refs/remotes/*/{BRANCH}") or git.noted(NOTE)
    if found is None:
        what = f"git has no branch {BRANCH} here, and no commit of a version before"
        raise RefusedError([Problem("no-library", what, Origin(PIN), f"fetch it: git fetch origin {BRANCH}")])
    return found


def _without_pin(paths: list[str]) -> tuple[str, ...]:
    return tuple(sorted(each for each in paths if each != PIN))


def _message(files: Mapping[str, bytes]) -> str:
    return f"Take the library of Contract Assembly {__version__}\n\n{NOTE} {__version__} {digest(files)}\n"
