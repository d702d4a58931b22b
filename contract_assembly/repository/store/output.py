"""Write a file named on the command line, anywhere on disk, whole or not at all."""

import os
from pathlib import Path

from contract_assembly.repository.store.disk import disk_errors_as_problems, write


def write_named(path: Path, content: bytes) -> None:
    """Write these bytes to a file. A former file stays until they are on the disk. A pipe or a device gets them
    directly.

    Raises RefusedError `not-written` if the disk refuses."""
    target = Path(os.path.realpath(path))
    with disk_errors_as_problems(str(path), "nothing was written there"):
        if target.exists() and not target.is_file():
            with target.open("wb", buffering=0) as file:
                file.write(content)
            return
        draft = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            write(draft, content)
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def make_folder(path: Path) -> None:
    """Make a folder named on the command line, if it is not there. Raises RefusedError `not-written` if the disk refuses."""
    with disk_errors_as_problems(str(path), "nothing was written there"):
        path.mkdir(parents=True, exist_ok=True)
