"""What a Word file carries."""

import io
import zipfile

from contract_assembly.writers.docx.attachments import ITEM, NAMESPACE
from contract_assembly.writers.returned import limits
from tests.helpers import changed_packages
from tests.helpers.changed_packages import FOLDER, changed_package, refused
from tests.helpers.corpus import run

root = changed_packages.root


def test_a_file_that_word_numbered_anew_is_still_known(root, tmp_path):
    data = (root / FOLDER / "contract.docx").read_bytes()
    part = zipfile.ZipFile(io.BytesIO(data)).read(ITEM)
    with zipfile.ZipFile(into := io.BytesIO(), "w") as package:
        package.writestr("word/document.xml", "<w/>")
        package.writestr("customXml/item1.xml", "<other/>")
        package.writestr("customXml/item7.xml", part)
    (tmp_path / "saved.docx").write_bytes(into.getvalue())
    assert run(root, "inspect", str(tmp_path / "saved.docx")).code == 0


def test_a_part_with_a_document_type_is_refused_unread(root, tmp_path):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    part = f'<!DOCTYPE e [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    part += f'<enclosed xmlns="{NAMESPACE}"><file name="record.json">&l11;&x;</file></enclosed>'
    data = changed_package((root / FOLDER / "contract.docx").read_bytes(), ITEM, part.encode())
    (tmp_path / "laughs.docx").write_bytes(data)
    assert "document type" in refused(root, tmp_path / "laughs.docx")


def test_a_part_that_unpacks_without_end_is_refused(root, tmp_path):
    bomb = b"<e>" + b" " * (limits.MAX_TEXT + 1)
    data = changed_package((root / FOLDER / "contract.docx").read_bytes(), ITEM, bomb)
    assert len(data) < 500_000
    (tmp_path / "bomb.docx").write_bytes(data)
    assert "unpacks to more than" in refused(root, tmp_path / "bomb.docx")
