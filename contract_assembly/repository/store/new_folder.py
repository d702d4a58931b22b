"""Make a folder that appears whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.store.disk import disk_errors_as_problems


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder next to the target to work in; it gets the target's name at the end, and is removed after an error.

    Raises RefusedError `not-empty` if the target holds anything, and `not-written` if the disk refuses."""
    refuse_taken(target)
    with disk_errors_as_problems(str(target), "nothing was written"):
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}.new")
        draft.mkdir()
        try:
            yield draft
            if target.is_dir():
                target.rmdir()  # it is empty; Windows renames no folder over another
            draft.rename(target)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise


def refuse_taken(target: Path) -> None:
    """Raise RefusedError `not-empty` unless the target is an empty folder, or nothing yet."""
    hint = "name a new folder"
    if os.path.lexists(target) and not target.is_dir():
        raise RefusedError([Problem("not-empty", f"{target} is a file", None, hint)])
    if target.is_dir() and (held := sorted(each.name for each in target.iterdir())):
        more = f" and {len(held) - 1} more" if held[1:] else ""
        raise RefusedError([Problem("not-empty", f"{target} is not empty: it holds {held[0]}{more}", None, hint)])
