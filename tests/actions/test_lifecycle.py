"""The steps from draft to sent, signed and ended: what each needs, what it puts down, and what is guarded afterwards."""

import json
import shutil

import pytest

from contract_assembly.build.signed_files import frozen_problems
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import run, state
from tests.helpers.git_repositories import committed, git
from tests.helpers.living import FOLDER, NAMED, change, firm

FACTS = f"{FOLDER}/agreement.yaml"


@pytest.fixture(scope="module")
def sent_once(tmp_path_factory):
    root = firm(tmp_path_factory.mktemp("sent") / "root")
    change(root / FACTS, "status: sent", "status: draft       # ready")
    approve(root)
    said = run(root, "status", *NAMED, "--set", "sent")
    assert (said.code, said.err) == (0, "")
    committed(root, "Sent")
    return root


def approve(root):
    (root / "provider/approvals.yaml").unlink()
    assert run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01").code == 0


@pytest.fixture
def sent(sent_once, tmp_path):
    return shutil.copytree(sent_once, tmp_path / "root")


@pytest.fixture
def signed(sent):
    (sent / "back.pdf").write_bytes((sent / FOLDER / "contract.pdf").read_bytes() + b"\n1 0 obj <<>> endobj\n%%EOF\n")
    said = sign(sent, "--signed-file", str(sent / "back.pdf"))
    assert (said.code, said.err) == (0, "")
    (sent / "back.pdf").unlink()
    return sent


def sign(root, *more):
    return run(root, "status", *NAMED, "--set", "signed", "--on", "2026-09-21", *more)


def record(root):
    return json.loads((root / FOLDER / "record.json").read_bytes())["documents"]["contract"]


def rules(root):
    return [each.rule for each in frozen_problems(Repository(root), FOLDER)]


# ---- sent


def test_what_is_sent_is_built_final_and_one_line_of_the_facts_changes(sent):
    assert "status: sent       # ready\n" in (sent / FACTS).read_text()
    assert git(sent, "show", "--stat", "--format=", "HEAD", "--", FACTS).endswith("1 insertion(+), 1 deletion(-)")
    assert record(sent)["status"] == "sent"
    assert "DRAFT" not in (sent / FOLDER / "contract.md").read_text()
    assert sorted(record(sent)["outputs"]) == ["contract.docx", "contract.md", "contract.pdf"]


def test_a_build_after_the_step_has_no_other_bytes(sent):
    before = state(sent)
    assert run(sent, "--client", "acme", "--format", "md").code == 0
    assert state(sent) == before


def test_what_is_missing_is_listed_and_nothing_is_written(tmp_path):
    root = firm(tmp_path / "root")
    change(root / FACTS, "status: sent", "status: draft\nopen: [The number of users]")
    (root / "provider/approvals.yaml").unlink()
    before = state(root)
    said = run(root, "status", *NAMED, "--set", "sent")
    assert said.code == 1
    assert "error: still open: The number of users [open-fact]" in said.err
    assert said.err.count("[approval]") > 50
    assert state(root) == before


def test_a_status_that_is_no_line_of_its_own_is_left_to_a_person(sent):
    change(sent / FACTS, "status: sent       # ready", "? status\n: sent")
    said = run(sent, "status", *NAMED, "--set", "draft", "--reason", "A test")
    assert said.code == 1
    assert "[line-form]" in said.err


def test_what_was_sent_goes_back_to_draft_for_a_reason(sent):
    assert "the reason is missing" in run(sent, "status", *NAMED, "--set", "draft").err
    said = run(sent, "status", *NAMED, "--set", "draft", "--reason", "Another start date", "--on", "2026-09-10")
    assert said.code == 0
    assert (
        "\n# Taken back on 2026-09-10: Another start date\nstatus: draft       # ready\n" in (sent / FACTS).read_text()
    )
    assert record(sent)["status"] == "draft"
    assert "Draft, not for signature." in (sent / FOLDER / "contract.md").read_text()


# ---- signed


def test_what_is_signed_is_frozen_with_the_digest_of_each_file(signed):
    assert "status: signed       # ready\n" in (signed / FACTS).read_text()
    found = record(signed)
    assert found["status"] == "signed"
    assert found["signed"]["on"] == "2026-09-21"
    assert found["signed"]["files"] == {name: each["sha256"] for name, each in found["outputs"].items()}
    assert found["signed"]["countersigned"]["kind"] == "electronic"
    assert found["inputs"][FACTS]["git"] == git(signed, "hash-object", FACTS)
    assert rules(signed) == []


def test_a_scan_is_told_from_an_electronic_signature(sent):
    (sent / "scan.pdf").write_bytes(b"%PDF-1.4\nanother\n%%EOF\n")
    assert sign(sent, "--signed-file", str(sent / "scan.pdf")).code == 0
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


def test_a_copy_that_comes_later_is_filed_once(sent):
    assert sign(sent).code == 0
    assert "is signed already" in sign(sent).err
    (sent / "scan.pdf").write_bytes(b"%PDF-1.4\nanother\n%%EOF\n")
    assert sign(sent, "--signed-file", str(sent / "scan.pdf")).code == 0
    assert (sent / FOLDER / "contract-signed.pdf").read_bytes() == b"%PDF-1.4\nanother\n%%EOF\n"
    assert "has its countersigned copy already" in sign(sent, "--signed-file", str(sent / "scan.pdf")).err


def test_only_what_stands_as_it_was_sent_can_be_signed(sent):
    with (sent / FOLDER / "contract.docx").open("ab") as file:
        file.write(b"x")
    change(sent / FACTS, "users: 34", "users: 35")
    said = sign(sent)
    assert said.code == 1
    assert f"{FOLDER}/contract.docx is not what was sent" in said.err
    assert f"{FACTS} has changed since this was sent" in said.err
    assert "signed" not in record(sent)


def test_a_draft_cannot_be_signed_and_what_is_signed_never_goes_back(signed):
    assert "contract is signed and cannot become sent" in run(signed, "status", *NAMED, "--set", "sent").err
    assert "cannot become draft" in run(signed, "status", *NAMED, "--set", "draft", "--reason", "No").err


def test_a_change_of_facts_or_words_leaves_what_was_signed_alone(signed):
    before = {name: data for name, data in state(signed).items() if name.startswith(f"{FOLDER}/contract")}
    change(signed / "clauses/general/general.md", "Delay is no waiver.", "Delay alone is no waiver.")
    change(signed / FACTS, "users: 34", "users: 40")
    assert run(signed, "--client", "acme").out == f"{FOLDER}: signed or ended, so it stays as it is\n"
    assert {name: data for name, data in state(signed).items() if name in before} == before
    assert rules(signed) == []


@pytest.mark.parametrize("name", ["contract.md", "contract.docx", "contract.pdf", "contract-signed.pdf"])
def test_a_changed_byte_or_a_missing_file_is_found(signed, name):
    path = signed / FOLDER / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert rules(signed) == ["signed-changed"]
    path.unlink()
    assert rules(signed) == ["signed-missing"]
    assert run(signed, "status", "acme").code == 1


def test_line_endings_of_windows_are_no_change(signed):
    path = signed / FOLDER / "contract.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert rules(signed) == []


def test_a_status_changed_by_hand_is_found(sent, signed):
    change(signed / FACTS, "status: signed", "status: draft")
    assert rules(signed) == ["signed-undone"]


def test_the_words_of_a_signed_contract_are_found_in_history(signed):
    committed(signed, "Signed")
    clause = next(each for each in record(signed)["clauses"] if each["id"] == "general")
    before = (signed / "clauses/general/general.md").read_text()
    change(signed / "clauses/general/general.md", "Delay is no waiver.", "Delay alone is no waiver.")
    committed(signed, "Another wording for everybody")
    assert git(signed, "show", clause["git"]) == before.strip()
    for each in record(signed)["clauses"]:
        assert git(signed, "cat-file", "-t", each["git"]) == "blob"


def test_a_letter_is_sent_but_neither_signed_nor_ended(sent):
    (sent / FOLDER / "documents").mkdir(exist_ok=True)
    facts = sent / FOLDER / "documents/letter.yaml"
    facts.write_text("document: cover-letter\nstatus: draft\ndate: 2026-09-10\n")
    named = ("status", *NAMED, "--document", "letter", "--set")
    assert run(sent, *named, "sent").code == 0
    before = state(sent)
    assert "[ill-typed]" in run(sent, *named, "signed", "--on", "2026-09-21").err
    assert "letter is sent and cannot become ended" in run(sent, *named, "ended").err
    assert state(sent) == before
    (sent / FOLDER / "letter.pdf").unlink()
    assert rules(sent) == ["signed-missing"]


# ---- ended


def test_an_agreement_that_ends_early_says_its_last_day_by_whom_and_why(signed):
    early = ("status", *NAMED, "--set", "ended", "--on", "2027-03-31")
    assert "who ended the agreement early, and why, is missing" in run(signed, *early).err
    assert run(signed, *early, "--by", "client", "--reason", 'Section 20.1, "for convenience"').code == 0
    ended = Repository(signed).inputs("acme", "2026-support").agreement.model.ended
    assert (str(ended.last_day), ended.by) == ("2027-03-31", "client")
    assert (
        "status: ended       # ready\nended: {last_day: 2027-03-31, by: client, ground: "
        in (signed / FACTS).read_text()
    )
    assert rules(signed) == []


def test_an_agreement_that_ends_with_its_term_says_no_more(signed):
    assert run(signed, "status", *NAMED, "--set", "ended").code == 0
    assert "status: ended       # ready\nversion: 1\n" in (signed / FACTS).read_text()


# ---- shown


def test_without_a_step_it_shows_how_each_document_stands(sent):
    assert run(sent, "status", "acme").out == "acme/2026-support contract: sent, next: draft or signed; 0 open\n"
    said = json.loads(run(sent, "status", "acme", "--json").out)
    assert said["documents"][0]["next"] == ["draft", "signed"]


def test_options_of_a_step_go_with_a_step(sent):
    assert run(sent, "status", "acme", "--on", "2026-09-21").code == 2
