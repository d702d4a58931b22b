"""A file built again from its commit."""

from io import BytesIO

import pikepdf
import pytest

from tests.helpers import built_files
from tests.helpers.built_files import FOLDER, asked, edit
from tests.helpers.git_repositories import committed

made = built_files.made
root = built_files.root


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
