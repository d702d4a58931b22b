"""The same bytes from the same inputs, wherever and whenever they are built."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORDS = ("agreements", "clauses", "provider", "templates")
# A clock that stands elsewhere, before anything of ours is imported: no document may look at it.
IN_ANOTHER_YEAR = """
import datetime, sys, time
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls(2041, 5, 6, 7, 8, 9, tzinfo=tz)
    @classmethod
    def utcnow(cls): return cls.now()
class LaterDate(datetime.date):
    @classmethod
    def today(cls): return cls(2041, 5, 6)
datetime.datetime, datetime.date = Later, LaterDate
time.time = lambda: 2251430400.0
sys.argv = ["build.py", *sys.argv[1:]]
from contract_assembly.cli import main
main()
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return build(tmp_path_factory.mktemp("first") / "repository", {}, 0o022)


def forget(folder: Path) -> None:
    """Take away all that a build wrote, but for what was sent: that stays as it was then, whatever the program writes now."""
    record = json.loads((folder / "record.json").read_bytes())
    sent = {n: each for n, each in record["documents"].items() if n != "contract" and each["status"] == "sent"}
    kept = {file for each in sent.values() for file in each["outputs"]}
    for built in folder.glob("*.*"):
        if built.suffix not in {".yaml", ".csv"} and built.name not in kept:
            built.unlink()
    (folder / "record.json").write_text(json.dumps(record | {"documents": sent}))


def build(root: Path, environment: dict[str, str], umask: int, *code: str) -> dict[str, bytes]:
    root.mkdir(parents=True)
    for name in WORDS:
        shutil.copytree(ROOT / name, root / name)
    forget(root / "agreements/acme/2026-support")
    command = [sys.executable, *(code or [str(ROOT / "build.py")]), "--root", str(root), "--client", "acme"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    subprocess.run(command, check=True, capture_output=True, env=env, cwd=root, umask=umask)
    made = {path.name: path.read_bytes() for path in sorted((root / "agreements/acme/2026-support").glob("*.*"))}
    assert {"contract.md", "contract.docx", "contract.pdf", "record.json"} <= made.keys()
    return made


def test_time_zone_locale_hash_seed_umask_path_and_year_change_nothing(first, tmp_path):
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4711",
        "HOME": str(tmp_path),
    }
    root = tmp_path / "a much longer path, with blanks" / "repository"
    assert build(root, elsewhere, 0o077, "-c", IN_ANOTHER_YEAR) == first


def test_what_is_committed_is_what_is_built(first):
    for name, data in first.items():
        assert (ROOT / "agreements/acme/2026-support" / name).read_bytes() == data, (
            f"{name} is stale: build acme and commit it"
        )
