"""Electronic signatures: examined, and made."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from contract_assembly.writers.pdf.signatures import SigningError, signatures_of, signed
from tests.helpers import signing
from tests.helpers.corpus import REPOSITORY

SENT = (REPOSITORY / "agreements/acme/2026-support/contract.pdf").read_bytes()


@pytest.fixture(scope="module")
def ours():
    return signed(SENT, "Provider", signing.p12("Dana Whitfield (test)", b"secret"), b"secret")


def test_a_signature_names_its_place_and_its_signer_and_covers_the_file(ours, tmp_path):
    assert signatures_of(SENT).empty == ("Provider", "Client")
    both = signing.signed(ours, "Client", tmp_path)
    found = signatures_of(both)
    assert [(each.field, each.by, each.is_sound) for each in found.signatures] == [
        ("Provider", "Dana Whitfield (test)", True), ("Client", "Robert Okafor (test)", True),
    ]  # fmt: skip
    assert found.empty == ()


def test_the_bytes_that_were_sent_stay_before_the_signature(ours):
    assert ours.startswith(SENT)


def test_a_changed_byte_breaks_the_signature(ours):
    torn = bytearray(ours)
    torn[SENT.index(b"stream\n") + 50] ^= 1  # in the colour profile, which no reader of signatures needs
    assert not any(each.is_sound for each in signatures_of(bytes(torn)).signatures)


def test_a_revision_after_the_last_signature_is_not_clean(ours):
    changed = IncrementalPdfFileWriter(BytesIO(ours))
    changed.root["/Lang"] = pdf_string("fr")
    changed.update_root()
    into = BytesIO()
    changed.write(into)
    (found,) = signatures_of(into.getvalue()).signatures
    assert (found.intact, found.valid, found.clean, found.is_sound) == (True, True, False, False)


@pytest.mark.parametrize(("place", "password", "why"), [
    ("Provider", b"wrong", "the password is wrong"), ("Witness", b"secret", "is not in this PDF"),
])  # fmt: skip
def test_what_cannot_be_signed_is_said_in_a_sentence(place, password, why):
    with pytest.raises(SigningError, match=why):
        signed(SENT, place, signing.p12("Dana Whitfield (test)", b"secret"), password)
