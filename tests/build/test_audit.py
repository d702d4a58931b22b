"""`build.py check`: each kind of fault is planted and found with its rule and cure; what is sound is quiet; nothing is written."""

import json
import shutil
from typing import ClassVar

import pytest

from contract_assembly import __version__
from contract_assembly.build import audit, freshness
from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.build.freshness import Freshness
from contract_assembly.core import source_digest
from contract_assembly.repository import record_file, record_writer
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Folder
from contract_assembly.writers import markdown
from tests.helpers import audited
from tests.helpers.audited import assembled, build, found, sent
from tests.helpers.corpus import AGREEMENT, REPOSITORY, change, run, state

root = audited.root


def upgraded(root, monkeypatch):
    """Another version of the program, in a checkout where it has built nothing yet."""
    for module in (audit, record_writer):
        monkeypatch.setattr(module, "__version__", "another")
    monkeypatch.setattr(freshness, "program_here", lambda: "another")
    shutil.rmtree(root / ".build")


def test_another_version_that_writes_the_same_bytes_is_content(root, monkeypatch):
    upgraded(root, monkeypatch)
    made = assembled(monkeypatch)
    assert found(root) == []
    assert len(made) == 2


def test_an_upgrade_that_changes_no_byte_changes_no_record(root, monkeypatch):
    upgraded(root, monkeypatch)
    before = state(root)
    assert build(root).code == 0
    assert state(root) == before
    made = assembled(monkeypatch)
    assert found(root) == []
    assert made == [], "what this version has built once need not be built again to be checked"


def test_a_record_names_the_version_that_wrote_it_and_no_digest_of_the_source(root):
    said = json.loads((root / AGREEMENT / "record.json").read_bytes())
    assert said["format"] == record_file.FORMAT
    assert {each["version"] for each in said["documents"].values()} == {__version__}
    assert source_digest.program() not in json.dumps(said)


def test_another_version_that_writes_other_bytes_is_told_by_file(root, monkeypatch):
    upgraded(root, monkeypatch)
    monkeypatch.setattr(markdown, "markdown", lambda document, *_: markdown.review_text(document) + b"\n")
    files = ("contract.docx", "contract.md", "letter.docx", "letter.md")  # a Word file carries its review text
    assert found(root) == [("stale", file) for file in files]


@pytest.mark.parametrize("file", ["contract.md", "contract.docx"])
def test_a_file_edited_by_hand_is_told(root, file):
    path = root / AGREEMENT / file
    path.write_bytes(path.read_bytes() + b" ")
    assert found(root) == [("edited-output", file)]


def test_a_file_and_its_record_edited_together_are_found_by_a_thorough_check(root):
    path, record = root / AGREEMENT / "contract.md", root / AGREEMENT / "record.json"
    before = Repository(root).output(f"{AGREEMENT}/contract.md")
    path.write_bytes(path.read_bytes() + b" ")
    record.write_text(record.read_text().replace(before, Repository(root).output(f"{AGREEMENT}/contract.md")))
    assert found(root) == []
    assert found(root, "--thorough") == [("stale", "contract.md")]


def test_a_file_that_is_gone_is_told(root):
    (root / AGREEMENT / "contract.docx").unlink()
    assert found(root) == [("missing-output", "contract.docx")]


def test_a_document_that_was_never_built_is_told(root):
    shutil.copy(root / AGREEMENT / "documents/letter.yaml", root / AGREEMENT / "documents/second.yaml")
    assert found(root) == [("missing-output", "record.json")]


def test_a_document_whose_facts_are_gone_is_told(root):
    (root / AGREEMENT / "documents/letter.yaml").unlink()
    assert found(root) == [("left-over", "record.json")]


def test_an_agreement_without_a_record_is_told(root):
    (root / AGREEMENT / "record.json").unlink()
    assert found(root) == [("missing-record", "record.json")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"documents": 1}',
        '{"documents": {"contract": {}}}',
        '{"documents": []}',
        "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n",
    ],
)
def test_a_record_that_no_build_wrote_is_told_and_the_next_build_mends_it(root, text):
    (root / AGREEMENT / "record.json").write_text(text)
    assert found(root) == [("garbled-record", "record.json")]
    assert build(root).code == 0
    assert found(root) == []


def test_a_copy_that_nobody_recorded_is_told(root):
    shutil.copy(root / AGREEMENT / "contract.docx", root / AGREEMENT / "contract (1).docx")
    assert found(root) == [("unrecorded-file", "contract (1).docx")]


def test_line_endings_of_windows_do_not_look_edited(root):
    for path in [*root.rglob("*.md"), *root.rglob("*.yaml"), *(root / AGREEMENT).glob("record.json")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert found(root) == []


def test_a_status_that_was_only_typed_is_told(root):
    path = root / AGREEMENT / "agreement.yaml"
    path.write_text(path.read_text().replace("status: draft", "status: signed"))
    assert ("signed-unrecorded", "agreement.yaml") in found(root)


def test_problems_of_the_facts_are_told_as_a_build_would(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    assert ("ill-typed", "agreement.yaml") in found(root)


def test_a_name_of_another_client_in_a_final_letter_is_noticed(root):
    sent(root)
    facts = root / AGREEMENT / "documents/letter.yaml"
    letter = record_file.read(Repository(root), AGREEMENT).of("letter")
    known = Freshness(Repository(root))
    assert known.changed("acme", "2026-support", letter) == ()
    shutil.copytree(root / "agreements/acme", root / "agreements/zenith")
    other = root / "agreements/zenith/client.yaml"
    other.write_text(other.read_text().replace("short: Acme", "short: wait"))
    assert Freshness(Repository(root)).changed("acme", "2026-support", letter) == ("agreements/zenith/client.yaml",)
    assert facts.exists()


def test_a_folder_that_was_renamed_is_told_and_side_by_side_the_same_is_found_in_the_same_order(root):
    shutil.copytree(root / "agreements/acme", root / "agreements/zenith")
    stale = [("stale", "agreements/zenith/2026-support/record.json")] * 2
    assert found(root) == found(root, "--jobs", "2") == stale


class Watched(Folder):
    """A folder that remembers what was read in it."""

    seen: ClassVar[set[str]] = set()

    def read(self, path):
        self.seen.add(path)
        return super().read(path)


def _not_signed():
    """The sample agreements whose documents may be built again."""
    samples = Repository(REPOSITORY)
    pairs = ((client, name) for client in samples.clients() for name in samples.agreements(client))
    return [pair for pair in pairs if samples.agreed(*pair).model.status != "signed"]


@pytest.mark.parametrize(("client", "agreement"), _not_signed())
def test_every_file_that_a_sample_document_reads_is_in_its_record(client, agreement):
    """Else a change of it would go unnoticed. Clauses that were not taken, the house and approvals are judged on their own."""
    for name in ("contract", *Repository(REPOSITORY).documents(client, agreement)):
        Watched.seen = set()
        found = assemble_and_assess(Repository(Watched(REPOSITORY)), client, agreement, name)
        sources = {*found.sources, *found.about.content.pinned}  # what grows is recorded as far as it was read
        apart = ("templates/house/", "provider/approvals.yaml")
        known = (".md", "/record.json")  # a step that changes a record builds the drafts again
        read = {path for path in Watched.seen if not path.startswith(apart) and not path.endswith(known)}
        assert read - sources == set()
        assert len(read) > 5


def test_the_program_is_the_same_with_any_line_endings(tmp_path, monkeypatch):
    here = tmp_path / "program"
    shutil.copytree(source_digest._HERE, here, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(source_digest, "_HERE", here)
    source_digest.program.cache_clear()
    one = source_digest.program()
    for path in here.rglob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    source_digest.program.cache_clear()
    assert source_digest.program() == one
    (here / "text.py").write_text("")
    source_digest.program.cache_clear()
    assert source_digest.program() != one
    monkeypatch.undo()
    source_digest.program.cache_clear()


def test_a_check_that_trusts_no_record_finds_the_samples_as_they_were_built():
    said = run(REPOSITORY, "check", "--client", "acme", "--thorough", "--json")
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out) == {"checked": 1, "problems": []}


def test_departures_are_shown_and_are_no_error():
    said = run(REPOSITORY, "check", "--client", "pecan")
    assert (said.code, said.out) == (0, "1 agreement checked: all is as recorded\n")
    assert (
        "subcontracting (acceptable) differs from the preferred clause: negotiated clause, never approved" in said.err
    )


@pytest.mark.parametrize("status", ["signed", "ended"])
def test_a_contract_that_was_never_built_and_is_called_signed_is_reported_by_check_and_build(root, status):
    """A build leaves it alone, so "build it" would be no cure."""
    path = root / AGREEMENT / "agreement.yaml"
    path.write_text(path.read_text().replace("status: draft", f"status: {status}"))
    record = json.loads((root / AGREEMENT / "record.json").read_bytes())
    del record["documents"]["contract"]
    (root / AGREEMENT / "record.json").write_text(json.dumps(record))
    for each in root.glob(f"{AGREEMENT}/contract.*"):
        each.unlink()
    rules = [rule for rule, _ in found(root)]
    assert "signed-unrecorded" in rules
    assert "missing-output" not in rules
    built = run(root, "--client", "acme")
    assert f"warning: status is {status}, but record.json does not list what was signed" in built.err
