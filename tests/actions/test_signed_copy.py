"""The countersigned copy: a file that holds what was sent."""

import pikepdf
import pytest

from tests.helpers import sent_agreement
from tests.helpers.corpus import REPOSITORY, state
from tests.helpers.living import FOLDER
from tests.helpers.sent_agreement import record, sign

OTHER_PDF = REPOSITORY / "agreements/brookfield/2026-support/contract.pdf"
LOOKED = ("--looked-at-by", "Tom Ekberg")

sent_once = sent_agreement.sent_once
sent = sent_agreement.sent
by_both = sent_agreement.by_both


def test_a_scan_is_told_from_an_electronic_signature(sent):
    (sent / "scan.pdf").write_bytes(b"%PDF-1.4\nanother\n%%EOF\n")
    assert sign(sent, "--signed-file", str(sent / "scan.pdf"), *LOOKED).code == 0
    assert record(sent)["signed"]["countersigned"]["kind"] == "scan"


@pytest.mark.parametrize(
    ("data", "rule"), [(b"PK\x03\x04", "not-a-pdf"), (b"%PDF-1.4 torn", "not-a-pdf"), (None, "not-signed")]
)
def test_a_file_that_is_no_signed_pdf_is_refused(sent, data, rule):
    (sent / "x.pdf").write_bytes(data or (sent / FOLDER / "contract.pdf").read_bytes())
    before = state(sent)
    said = sign(sent, "--signed-file", str(sent / "x.pdf"))
    assert said.code == 1
    assert f"[{rule}]" in said.err
    assert state(sent) == before


def test_the_signed_file_of_another_agreement_is_refused(sent):
    other = REPOSITORY / "agreements/brookfield/2026-support/contract.pdf"
    before = state(sent)
    said = sign(sent, "--signed-file", str(other))
    assert (said.code, state(sent)) == (1, before)
    assert "is the contract of agreements/brookfield/2026-support, not the contract of" in said.err


def test_a_scan_with_the_words_of_another_document_is_refused(sent, tmp_path):
    with pikepdf.open(REPOSITORY / "agreements/hudson/2026-block/contract.pdf") as file:
        del file.Root.AF
        file.save(tmp_path / "scan.pdf")
    said = sign(sent, "--signed-file", str(tmp_path / "scan.pdf"))
    assert said.code == 1
    assert "has the words of another document [another-document]" in said.err


def test_a_copy_without_a_page_of_ours_is_refused(sent, tmp_path):
    with pikepdf.open(sent / FOLDER / "contract.pdf") as file:
        del file.pages[10]
        file.save(tmp_path / "cut.pdf")
    assert "does not say what was sent" in sign(sent, "--signed-file", str(tmp_path / "cut.pdf")).err


def test_a_copy_that_was_only_saved_again_is_a_scan_with_our_words(sent, tmp_path):
    with pikepdf.open(sent / FOLDER / "contract.pdf") as file:
        file.save(tmp_path / "again.pdf")
    assert sign(sent, "--signed-file", str(tmp_path / "again.pdf")).code == 0
    assert record(sent)["signed"]["countersigned"]["kind"] == "scan"


def test_a_copy_that_cannot_be_compared_needs_a_person_who_read_it(sent):
    (sent / "scan.pdf").write_bytes(b"%PDF-1.4\nanother\n%%EOF\n")
    before = state(sent)
    said = sign(sent, "--signed-file", str(sent / "scan.pdf"))
    assert (said.code, state(sent)) == (1, before)
    assert "so it was not compared with what was sent [not-compared]" in said.err
    said = sign(sent, "--signed-file", str(sent / "scan.pdf"), *LOOKED)
    assert "Tom Ekberg read it against what was sent" in said.out
    assert record(sent)["signed"]["countersigned"]["looked_at_by"] == "Tom Ekberg"


def test_a_scan_with_a_page_of_another_document_is_refused_by_its_page(sent, tmp_path):
    with pikepdf.open(sent / FOLDER / "contract.pdf") as file, pikepdf.open(OTHER_PDF) as other:
        file.pages[10] = other.pages[3]
        del file.Root.AF
        file.save(tmp_path / "mixed.pdf")
    said = sign(sent, "--signed-file", str(tmp_path / "mixed.pdf"))
    assert "differs from what was sent on page 11 [another-document]" in said.err


def test_a_copy_with_an_empty_place_or_a_change_after_signing_is_refused(sent, by_both, tmp_path):
    ours, both = by_both
    assert "the place of the Client is not signed [empty-place]" in sign(sent, "--signed-file", str(ours)).err
    data = both.read_bytes()
    spot = data.index(b"/Contents <", len((sent / FOLDER / "contract.pdf").read_bytes())) + 200
    (tmp_path / "torn.pdf").write_bytes(
        data[:spot] + (b"0" if data[spot : spot + 1] != b"0" else b"1") + data[spot + 1 :]
    )
    assert "[broken-signature]" in sign(sent, "--signed-file", str(tmp_path / "torn.pdf")).err
