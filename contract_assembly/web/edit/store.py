"""The store for one form: the same lock, whole sets and journal as every command that writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract_assembly.core.problems import HeldError, Problem, RefusedError
from contract_assembly.repository.store import Store, locked

PATIENCE = 5.0  # seconds to wait for another command that writes


@contextmanager
def storing(root: Path) -> Iterator[Store]:
    """The store of a repository, locked. Raises RefusedError `busy` while another command writes there."""
    try:
        with locked(root, patience=PATIENCE) as store:
            yield store
    except HeldError:
        what = "another command is writing in this repository, so nothing was saved"
        raise RefusedError([Problem("busy", what, None, "wait until it is done, then send the form again")]) from None
