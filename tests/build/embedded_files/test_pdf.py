"""What a PDF carries."""

import zlib

import pikepdf
import pytest

from tests.helpers.corpus import based, run

FOLDER = "agreements/acme/2026-support"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = based(tmp_path_factory.mktemp("inspect") / "root")
    assert run(root, "--client", "acme").code == 0
    return root


def refused(root, path) -> str:
    """What is said of a file that is not ours: one sentence, and no more."""
    done = run(root, "inspect", str(path))
    assert (done.code, done.out) == (1, "")
    assert done.err.count("error: ") == 1
    assert "Traceback" not in done.err
    return done.err


def test_a_pdf_of_somebody_else_is_none_of_ours(root, tmp_path):
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(tmp_path / "other.pdf")
    assert "carries no record of ours" in refused(root, tmp_path / "other.pdf")


def test_a_locked_pdf_is_refused(root, tmp_path):
    with pikepdf.open(root / FOLDER / "contract.pdf") as file:
        file.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="one", user="two"))
    assert "locked with a password" in refused(root, tmp_path / "locked.pdf")


def test_a_stream_that_unpacks_without_end_is_refused(root, tmp_path):
    with pikepdf.open(root / FOLDER / "contract.pdf") as file:
        bomb = pikepdf.Stream(file, b"")
        bomb.write(zlib.compress(bytes(200_000_000)), filter=pikepdf.Name.FlateDecode)
        file.Root.AF[0].EF.F = file.make_indirect(bomb)
        file.save(tmp_path / "bomb.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    assert refused(root, tmp_path / "bomb.pdf")
