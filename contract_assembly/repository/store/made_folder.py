"""Make a folder of files that can all be made again, whole or not at all, in place of the one of an earlier time. A list of
what was made is in it; a folder that holds anything else is refused."""

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.source import read_plain
from contract_assembly.repository.store.disk import disk_errors_as_problems, write
from contract_assembly.repository.store.new_folder import new_folder, refuse_taken


def make(target: Path, files: Iterable[tuple[str, bytes]], listing: str) -> int:
    """Write these files, by their names, and the list of them under the name `listing`; how many they are.

    Raises RefusedError `not-empty` for a folder that holds anything that an earlier call did not make, and `not-written` if the
    disk refuses; then the folder is as it was."""
    refuse_others(target, listing)
    former = target.with_name(f".{target.name}.{os.getpid()}.old")
    with disk_errors_as_problems(str(target), "the former files are kept"):
        if target.is_dir() and any(target.iterdir()):
            target.rename(former)
    try:
        with new_folder(target) as draft:
            names = [_written(draft, name, data) for name, data in files]
            write(draft / listing, (json.dumps({"files": sorted(names)}, indent=1) + "\n").encode())
    except BaseException:
        if former.is_dir():
            with suppress(FileNotFoundError, OSError):
                target.rmdir()
            former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)
    return len(names)


def refuse_others(target: Path, listing: str) -> None:
    """Raise RefusedError `not-empty` unless the target is nothing yet, empty, or holds only what an earlier call made."""
    if not target.is_dir() or not (made := _listed(target / listing)):
        refuse_taken(target)
        return
    found = {
        each.relative_to(target).as_posix() for each in target.rglob("*") if each.is_symlink() or not each.is_dir()
    }
    if others := sorted(found - made - {listing}):
        more = f" and {len(others) - 1} more" if others[1:] else ""
        what = f"{target} also holds {others[0]}{more}, which was not made with it"
        raise RefusedError([Problem("not-empty", what, None, "move it away, or name a new folder")])


def _listed(path: Path) -> set[str]:
    """The names on the list; none where there is no such list."""
    try:
        return set(json.loads(read_plain(path, path.name))["files"])
    except (RefusedError, ValueError, KeyError, TypeError):
        return set()


def _written(folder: Path, name: str, data: bytes) -> str:
    path = folder.joinpath(*PurePosixPath(name).parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, data)
    return name
