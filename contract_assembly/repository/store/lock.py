"""The lock of a repository: the kernel's, so it always ends with the process."""

import fcntl
import os
import stat
import time
from pathlib import Path

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.store.disk import MODE, OWN, disk_errors_as_problems, outside, put_aside


class HeldError(Exception):
    """Another process is building or writing in this repository."""


def is_held(root: Path) -> bool:
    """Whether a process is writing in this repository now."""
    try:
        lock = os.open(root / OWN / "lock", os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
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


def acquire(root: Path, cured: list[Problem], patience: float) -> int:
    """Lock a repository, and return the descriptor of the lock. Damage in the way is reported in `cured`.

    Raises HeldError if another process still holds the lock after `patience` seconds."""
    with disk_errors_as_problems(OWN, "nothing was built"):
        own = _own_folder(root, cured)
        lock = os.open(own / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, MODE)
    until = time.monotonic() + patience
    while not _taken(lock):
        if time.monotonic() >= until:
            os.close(lock)
            raise HeldError(f"another command is writing in {root}; wait until it is done, then try again")
        time.sleep(0.02)
    return lock


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
