"""What a strange file carries: ours is read, anything else is refused with a sentence, and nothing can hurt the reader."""

import io
import json
import zipfile

import pikepdf
import pytest
from lxml import etree

from contract_assembly.writers.docx.attachments import ITEM, NAMESPACE
from contract_assembly.writers.returned import limits
from tests.helpers import changed_packages
from tests.helpers.changed_packages import FOLDER, changed_package, refused
from tests.helpers.corpus import run

root = changed_packages.root


def inside_pdf(data: bytes) -> dict[str, bytes]:
    """The files inside a PDF, as pikepdf lists them."""
    with pikepdf.open(io.BytesIO(data)) as file:
        return {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}


def inside_word(data: bytes) -> dict[str, bytes]:
    """The files inside a Word file, as lxml reads its custom XML part."""
    part = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(ITEM))
    return {each.get("name"): (each.text or "").encode() for each in part.iter(f"{{{NAMESPACE}}}file")}


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_our_own_files_say_what_they_carry(root, suffix):
    done = run(root, "inspect", str(root / FOLDER / f"contract.{suffix}"))
    assert done.code == 0
    assert "Northlight IT Services LLC and Acme Instruments, Inc." in done.out
    assert f"built as   {FOLDER}/contract.{suffix}" in done.out
    assert "reference  NL-2026-0042 · version 1 · draft\n" in done.out


def test_json_has_the_typed_facts_and_the_clauses(root):
    found = json.loads(run(root, "inspect", str(root / FOLDER / "contract.docx"), "--json").out)
    assert found["agreement"]["facts"]["client.name"]["value"] == "Acme Instruments, Inc."
    assert "fees" in {each["slot"] for each in found["record"]["clauses"]}


def test_a_file_inside_is_shown_as_it_is(root):
    done = run(root, "inspect", str(root / FOLDER / "contract.pdf"), "--show", "review.md")
    assert done.out.encode() == (root / FOLDER / "contract.md").read_bytes()


def test_a_name_that_is_not_inside_is_wrong_use(root):
    done = run(root, "inspect", str(root / FOLDER / "contract.pdf"), "--show", "../secret")
    assert done.code == 2
    assert "agreement.json, record.json, review.md" in done.err


def test_a_file_lies_anywhere(root, tmp_path):
    (tmp_path / "received.pdf").write_bytes((root / FOLDER / "contract.pdf").read_bytes())
    assert run(root, "inspect", str(tmp_path / "received.pdf")).code == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "neither a PDF nor a Word file"),
        (b"Dear Sir or Madam", "neither a PDF nor a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "locked with a password, or older than Word 2007"),
        (b"%PDF-1.7\nand no more", "this PDF is damaged"),
        (b"PK\x03\x04 and no more", "this Word file is damaged"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(root, tmp_path, data, sentence):
    (tmp_path / "file").write_bytes(data)
    assert sentence in refused(root, tmp_path / "file")


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_torn_file_is_refused(root, tmp_path, suffix, share):
    whole = (root / FOLDER / f"contract.{suffix}").read_bytes()
    (tmp_path / "torn").write_bytes(whole[: int(len(whole) * share)])
    assert "damaged" in refused(root, tmp_path / "torn")


def test_a_file_that_is_too_big_is_not_read(root, tmp_path):
    with (tmp_path / "big.pdf").open("wb") as file:
        file.truncate(limits.MAX_FILE + 1)
    assert "over 64,000,000 bytes" in refused(root, tmp_path / "big.pdf")


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ("{", "record.json inside this document is damaged"),
        ("[" * 100_000, "record.json inside this document is damaged"),
        ('{"folder": "../../etc", "documents": {"contract": {}}}', "not of the form that we write"),
        (
            '{"folder": "agreements/acme/--upload-pack=x", "documents": {"contract": {}}}',
            "not of the form that we write",
        ),
        ('{"folder": "agreements/acme/2026-support", "documents": {"../x": {}}}', "not of the form that we write"),
        ('{"folder": "agreements/acme/2026-support", "documents": []}', "not of the form that we write"),
        ('{"folder": 7, "documents": {"contract": {}}}', "not of the form that we write"),
    ],
)
def test_a_record_that_leads_elsewhere_is_refused(root, tmp_path, record, sentence):
    part = f'<enclosed xmlns="{NAMESPACE}"><file name="record.json">{record}</file><file name="agreement.json">{{}}</file></enclosed>'
    data = changed_package((root / FOLDER / "contract.docx").read_bytes(), ITEM, part.encode())
    (tmp_path / "strange.docx").write_bytes(data)
    assert sentence in refused(root, tmp_path / "strange.docx")


def test_what_a_file_says_cannot_act_on_the_terminal(root, tmp_path):
    record = f'{{"folder": "{FOLDER}", "documents": {{"contract": {{"clauses": 3}}}}}}'
    agreement = '{"title": "\\u001b[2JAll is well\\u0007", "facts": {"a": 7, "b": {"words": ["\\u202egood"]}}}'
    part = f'<enclosed xmlns="{NAMESPACE}"><file name="record.json">{record}</file><file name="agreement.json">{agreement}</file></enclosed>'
    data = changed_package((root / FOLDER / "contract.docx").read_bytes(), ITEM, part.encode())
    (tmp_path / "strange.docx").write_bytes(data)
    done = run(root, "inspect", str(tmp_path / "strange.docx"))
    assert done.code == 0
    assert all(each.isprintable() or each == "\n" for each in done.out)
