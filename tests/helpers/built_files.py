"""Files that a repository built, and edits of them, for tests of `verify`."""

import json
import shutil
from pathlib import Path

import pytest

from tests.helpers.corpus import Run, based, run
from tests.helpers.git_repositories import begun, committed

FOLDER = "agreements/acme/2026-support"


FACTS = f"{FOLDER}/agreement.yaml"


def edit(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text("utf-8")
    assert text.count(before) == 1
    (root / path).write_text(text.replace(before, after), "utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A history: begun, built as final, built again on other terms (the files of each build are kept beside it)."""
    top = tmp_path_factory.mktemp("verify")
    root = begun(based(top / "root"))
    for number, (message, day) in enumerate([("First terms", "2026-09-02"), ("Other terms", "2026-09-09")], 1):
        if number == 2:
            edit(root, FACTS, "price: 62.00 USD", "price: 65.00 USD")
        assert run(root, "approve", "--all", "--by", "J. Moss", "--on", "2026-09-01").code == 0
        assert run(root, "--client", "acme", "--final").code == 0
        committed(root, message, day)
        shutil.copytree(root / FOLDER, top / f"build-{number}")
    return top


@pytest.fixture
def root(made, tmp_path) -> Path:
    return Path(shutil.copytree(made / "root", tmp_path / "root", symlinks=True))


def asked(root: Path, data: bytes, folder: Path, *more: str) -> tuple[Run, dict]:
    (folder / "received").write_bytes(data)
    done = run(root, "verify", str(folder / "received"), "--json", *more)
    return done, json.loads(done.out)
