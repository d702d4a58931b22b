"""A file built again from its commit."""

import json
import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
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


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
@pytest.mark.parametrize("number", [1, 2])
def test_built_again_from_its_commit_it_is_the_same(made, root, tmp_path, suffix, number):
    done, said = asked(root, (made / f"build-{number}/contract.{suffix}").read_bytes(), tmp_path, "--rebuild")
    assert (done.code, said["answer"]) == (0, "exact")
    assert "byte for byte" in said["sentences"][-1]


def test_a_record_that_lies_is_found_out_by_building_again(made, root, tmp_path):
    """Somebody edits a PDF, and the record in the repository with it."""
    with pikepdf.open(made / "build-2/contract.pdf") as file:
        file.docinfo["/Title"] = "Other words"
        file.save(forged := BytesIO(), static_id=True)
    from hashlib import sha256

    was = sha256((made / "build-2/contract.pdf").read_bytes()).hexdigest()
    edit(root, f"{FOLDER}/record.json", was, sha256(forged.getvalue()).hexdigest())
    committed(root, "Nothing to see")
    done, said = asked(root, forged.getvalue(), tmp_path)
    assert (done.code, said["answer"]) == (0, "exact")
    assert "committed there with other bytes" in said["sentences"][1]
    done, said = asked(root, forged.getvalue(), tmp_path, "--rebuild")
    assert (done.code, said["answer"]) == (1, "changed")
    assert "the words are the same, the bytes are not" in said["sentences"][-1]
