"""`build.py check`, and a build with nothing to do, over many agreements: whole processes, in a scratch copy only."""

import os
import shutil
from pathlib import Path

from bench.clock import Group, compared
from bench.cold import Copy, copied

MANY = 40


def copied_many_times(words: Path, scratch: Path, many: int) -> Copy:
    """A repository with `many` agreements, built as review text: copies of the sample client under other names, so that as
    much is hashed and checked as for so many real ones."""
    copy = copied(words, scratch)
    copy.forget()
    sample = next(each for each in sorted((scratch / "agreements").iterdir()) if (each / "client.yaml").exists())
    kept = scratch / "sample"
    shutil.move(sample, kept)
    shutil.rmtree(scratch / "agreements")
    for number in range(many):
        target = scratch / "agreements" / f"client-{number:05d}"
        shutil.copytree(kept, target, ignore=shutil.ignore_patterns("documents", "*.pdf", "*.docx", "*.eml"))
        for facts in target.glob("*/agreement.yaml"):
            facts.write_text(facts.read_text("utf-8").replace("status: sent", "status: draft"), "utf-8")
    copy.build("--all", "--format", "md", "--jobs", str(os.cpu_count() or 1))
    return copy


def checking(words: Path, scratch: Path, rounds: int, many: int = MANY) -> Group:
    """Measure whether cost grows linearly: twice as many agreements should take at most twice the time."""
    some, twice = (
        copied_many_times(words, scratch / "some", many),
        copied_many_times(words, scratch / "twice", 2 * many),
    )
    name = f"check, nothing changed, {many} agreements"
    jobs = {
        name: lambda: some.build("check"),
        f"the same, {2 * many} agreements": lambda: twice.build("check"),
        f"--all --format md, nothing to do, {many} agreements": lambda: some.build("--all", "--format", "md"),
    }
    return compared("Check: whole processes", jobs, name, rounds, {f"the same, {2 * many} agreements": 2.0})
