"""What a PDF carries."""

import zlib

import pikepdf

from tests.helpers import changed_packages
from tests.helpers.changed_packages import FOLDER, refused

root = changed_packages.root


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
