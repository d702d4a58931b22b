"""The lock of a repository: the operating system's, so it always ends with the process. The only module that imports
`filelock`."""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from contract_assembly.core.problems import HeldError, Problem, RefusedError
from contract_assembly.repository.store.disk import OWN, disk_errors_as_problems, outside, put_aside

if TYPE_CHECKING:
    from filelock import BaseFileLock


def is_held(root: Path) -> bool:
    """Whether a process is writing in this repository now."""
    from filelock import Timeout

    path = root / OWN / "lock"
    if path.is_symlink() or not path.is_file():
        return False
    lock = _lock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _own_folder(root: Path, cured: list[Problem]) -> Path:
    """Make our own folder with a plain file for the lock. Anything in the way is moved out of it."""
    own = root / OWN
    if own.is_symlink():
        raise RefusedError([outside(OWN)])
    if os.path.lexists(own) and not own.is_dir():
        own.rename(aside := root / f"{OWN}.damaged")
        own.mkdir()
        cured.append(put_aside(root, aside, OWN))
    own.mkdir(exist_ok=True)
    wanted = (own / ".gitignore", own / "lock")
    cured += [put_aside(root, each) for each in wanted if os.path.lexists(each) and not _is_plain(each)]
    if not (own / ".gitignore").exists():
        (own / ".gitignore").write_text("*\n", "ascii")
    return own


def _is_plain(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def acquire(root: Path, cured: list[Problem], patience: float) -> "BaseFileLock":
    """Lock a repository, and return its lock, to be released. Damage in the way is reported in `cured`.

    Raises HeldError if another process still holds the lock after `patience` seconds."""
    from filelock import Timeout

    with disk_errors_as_problems(OWN, "nothing was built"):
        lock = _lock(_own_folder(root, cured) / "lock")
        try:
            lock.acquire(timeout=patience, poll_interval=0.02)
        except Timeout:
            what = f"another command is writing in {root}; wait until it is done, then try again"
            raise HeldError(what) from None
    return lock


def _lock(path: Path) -> "BaseFileLock":
    """The lock of the operating system on a file: flock, or on Windows LockFile."""
    from filelock import FileLock  # only a command that writes needs it

    return FileLock(path, thread_local=False)
