"""The steps by which a document becomes signed."""

from datetime import UTC, datetime

from tests.helpers import sent_agreement
from tests.helpers.corpus import run
from tests.helpers.living import FOLDER, NAMED, change
from tests.helpers.sent_agreement import FACTS, record, rules, sign

sent_once = sent_agreement.sent_once
sent = sent_agreement.sent
by_both = sent_agreement.by_both

LOOKED = ("--looked-at-by", "Tom Ekberg")


def test_only_what_stands_as_it_was_sent_can_be_signed(sent):
    with (sent / FOLDER / "contract.docx").open("ab") as file:
        file.write(b"x")
    change(sent / FACTS, "users: 34", "users: 35")
    said = sign(sent)
    assert said.code == 1
    assert f"{FOLDER}/contract.docx is not what was sent" in said.err
    assert f"{FACTS} has changed since contract was sent" in said.err
    assert "signed" not in record(sent)


def test_a_copy_that_comes_later_is_filed_once(sent):
    assert sign(sent).code == 0
    assert "is signed already" in sign(sent).err
    (sent / "scan.pdf").write_bytes(b"%PDF-1.4\nanother\n%%EOF\n")
    assert sign(sent, "--signed-file", str(sent / "scan.pdf"), *LOOKED).code == 0
    assert (sent / FOLDER / "contract-signed.pdf").read_bytes() == b"%PDF-1.4\nanother\n%%EOF\n"
    assert "has its countersigned copy already" in sign(sent, "--signed-file", str(sent / "scan.pdf")).err


def test_the_day_of_the_last_signature_is_the_day_of_signing(sent, by_both, tmp_path):
    (tmp_path / "proof.pdf").write_bytes(b"%PDF-1.4 certificate of completion")
    line = ("status", *NAMED, "--set", "signed", "--signed-file", str(by_both[1]))
    said = run(sent, *line, "--certificate", str(tmp_path / "proof.pdf"))
    assert (said.code, said.err) == (0, "")
    day = datetime.now(UTC).date().isoformat()
    kept = record(sent)["signed"]
    assert kept["on"] == day
    assert kept["countersigned"]["certificate"] == "contract-certificate.pdf"
    assert f"signed by Provider: Dana Whitfield (test), {day}, Client: Robert Okafor (test), {day}" in said.out
    assert rules(sent) == []
    (sent / FOLDER / "contract-certificate.pdf").write_bytes(b"%PDF-1.4 other")
    assert rules(sent) == ["signed-changed"]
