"""Where a command over many agreements does its work: here, or on the workers of a scheduler."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from contract_assembly.core.parallel import Jobs

SCHEDULER = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Hand the work to the workers of this dask scheduler, like tcp://10.0.0.5:8786 (docs/scale.md).",
)


def where(root: Path, jobs: int, scheduler: str | None) -> "Jobs":
    """Where the work is done: in processes here, or on the workers of a scheduler. Raises click's UsageError for both."""
    if scheduler is None:
        return jobs
    if jobs > 1:
        raise click.UsageError("--jobs is for processes of this machine, --scheduler for workers: give one of them")
    from contract_assembly.repository.cluster import Cluster

    return Cluster(root, scheduler, partial(click.echo, err=True))
