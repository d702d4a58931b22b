"""Our signature, made on this machine."""

from contract_assembly.writers.pdf.signatures import signatures_of
from tests.helpers import sent_agreement
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.living import FOLDER

sent_once = sent_agreement.sent_once
sent = sent_agreement.sent
by_both = sent_agreement.by_both


def test_our_side_is_signed_on_this_machine_and_the_bytes_that_were_sent_stay(sent, by_both, tmp_path):
    ours, _ = by_both
    was = (sent / FOLDER / "contract.pdf").read_bytes()
    assert ours.read_bytes().startswith(was)
    found = signatures_of(ours.read_bytes())
    assert [(each.field, each.by, each.is_sound) for each in found.signatures] == [
        ("Provider", "Dana Whitfield (test)", True)
    ]
    assert found.empty == ("Client",)
    again = ("sign", "acme", "--as", "provider", "--p12", str(tmp_path / "firm.p12"), "--file", str(ours))
    said = run(sent, *again, "--output", str(tmp_path / "x.pdf"))
    assert "the place of the Provider is signed already [not-signed]" in said.err


def test_a_wrong_password_is_refused(sent, by_both, tmp_path, monkeypatch):
    monkeypatch.setenv("CONTRACTS_P12_PASSWORD", "wrong")
    said = run(
        sent, "sign", "acme", "--as", "provider", "--p12", str(tmp_path / "firm.p12"), "--output", str(tmp_path / "x")
    )
    assert "or the password is wrong [not-signed]" in said.err
    assert not (tmp_path / "x").exists()


def test_the_file_of_another_agreement_is_not_signed(sent, by_both, tmp_path):
    other = REPOSITORY / "agreements/brookfield/2026-support/contract.pdf"
    line = ("sign", "acme", "--as", "provider", "--p12", str(tmp_path / "firm.p12"), "--file", str(other))
    said = run(sent, *line, "--output", str(tmp_path / "x.pdf"))
    assert "[another-document]" in said.err
    assert not (tmp_path / "x.pdf").exists()
