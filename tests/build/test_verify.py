"""Whether a file is what this repository builds, and at which commit: asked of real files and a real git history."""

import shutil

import pikepdf
import pytest
from docx import Document

from contract_assembly.build import verify
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.writers.docx.attachments import ITEM, NAMESPACE
from tests.build.test_embedded_files import changed_package
from tests.helpers import built_files
from tests.helpers.built_files import FACTS, FOLDER, asked, edit
from tests.helpers.corpus import based, run
from tests.helpers.git_repositories import begun, committed, git
from tests.helpers.signing import Seen, signatures, signed

made = built_files.made
root = built_files.root


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
@pytest.mark.parametrize(
    ("number", "subject", "day"), [(1, "First terms", "2026-09-02"), (2, "Other terms", "2026-09-09")]
)
def test_a_file_is_known_with_the_commit_that_brought_it(made, root, tmp_path, suffix, number, subject, day):
    done, said = asked(root, (made / f"build-{number}/contract.{suffix}").read_bytes(), tmp_path)
    assert (done.code, said["answer"]) == (0, "exact")
    assert (said["commit"]["subject"], said["commit"]["day"]) == (subject, day)
    assert said["commit"]["id"] == git(root, "log", "--format=%H", f"--grep={subject}")


def test_it_says_so_to_people(made, root):
    done = run(root, "verify", str(made / "build-1/contract.pdf"))
    commit = git(root, "log", "--format=%h", "--abbrev=10", "--grep=First terms")
    said = f"This is exactly what commit {commit} (2026-09-02, First terms) holds as {FOLDER}/contract.pdf.\n"
    assert (done.code, done.out) == (0, said)


def test_what_is_built_and_not_committed_is_known_as_such(root, tmp_path):
    edit(root, FACTS, "price: 65.00 USD", "price: 66.00 USD")
    assert run(root, "--client", "acme", "--format", "docx").code == 0
    done, said = asked(root, (root / FOLDER / "contract.docx").read_bytes(), tmp_path)
    assert (done.code, said["answer"], said["commit"]) == (0, "exact", None)
    assert "the working tree" in said["sentences"][0]


def test_another_version_says_which_clauses_and_facts_differ(made, root, tmp_path):
    git(root, "checkout", "-q", "--orphan", "other")
    for name in ("contract.md", "contract.docx", "contract.pdf"):
        (root / FOLDER / name).unlink()
    committed(root, "A history that never held the first terms")
    git(root, "branch", "-q", "-D", "main")
    done, said = asked(root, (made / "build-1/contract.pdf").read_bytes(), tmp_path)
    assert (done.code, said["answer"], said["commit"]) == (1, "another-version", None)
    assert {"fees.lines.0.amount", "fees.monthly"} <= set(said["facts"])
    assert "client.name" not in said["facts"]


def test_a_word_file_that_was_edited_is_known_by_its_record(made, root, tmp_path):
    word = Document(made / "build-1/contract.docx")
    word.core_properties.title = "Our own words"
    word.save(tmp_path / "edited.docx")
    done, said = asked(root, (tmp_path / "edited.docx").read_bytes(), tmp_path)
    assert (done.code, said["answer"], said["commit"]["subject"]) == (1, "changed", "First terms")
    assert "edited, or saved again" in " ".join(said["sentences"])


@pytest.mark.parametrize(
    "record",
    [
        '{"folder": "agreements/acme/2026-support", "documents": {"no-such": {"tree": 7, "clauses": [3, {"slot": []}]}}}',
        '{"folder": "agreements/acme/no-such", "documents": {"contract": {}}}',
        '{"folder": "agreements/no-such/2026-support", "documents": {"contract": {"clauses": 7}}}',
    ],
)
@pytest.mark.parametrize("more", [(), ("--rebuild",)])
def test_a_record_that_was_made_up_leads_nowhere(made, root, tmp_path, record, more):
    part = f'<enclosed xmlns="{NAMESPACE}"><file name="record.json">{record}</file><file name="agreement.json">{{}}</file></enclosed>'
    data = changed_package((made / "build-1/contract.docx").read_bytes(), ITEM, part.encode())
    done, said = asked(root, data, tmp_path, *more)
    assert (done.code, said["answer"] in {"unknown", "another-version"}, done.err) == (1, True, "")


def test_a_record_of_the_repository_that_is_torn_is_passed_over(made, root, tmp_path):
    for torn in ("{", '{"documents": 7}', '{"documents": {"contract": {"outputs": [1]}}}'):
        (root / FOLDER / "record.json").write_text(torn)
        done, said = asked(root, (made / "build-1/contract.pdf").read_bytes(), tmp_path)
        assert (done.code, said["commit"]["subject"]) == (0, "First terms")


def test_an_agreement_that_was_never_here_is_unknown(made, tmp_path):
    elsewhere = begun(based(tmp_path / "elsewhere"))
    shutil.move(elsewhere / "agreements/acme", elsewhere / "agreements/zenith")
    done, said = asked(elsewhere, (made / "build-1/contract.pdf").read_bytes(), tmp_path)
    assert (done.code, said["answer"]) == (1, "unknown")


def test_a_signed_pdf_begins_with_our_bytes(made, root, tmp_path):
    ours = (made / "build-1/contract.pdf").read_bytes()
    once = signed(ours, "Client", tmp_path)
    twice = signed(once, "Provider", tmp_path)
    for data, count in ((once, "1 signature is"), (twice, "2 signatures are")):
        assert data.startswith(ours)
        done, said = asked(root, data, tmp_path)
        assert (done.code, said["answer"], said["commit"]["subject"]) == (1, "signed", "First terms")
        assert f"{len(data) - len(ours):,} bytes were added at its end" in said["sentences"][0]
        assert count in said["sentences"][1]


def test_both_signatures_are_whole_in_the_eyes_of_somebody_else(made, tmp_path):
    ours = (made / "build-1/contract.pdf").read_bytes()
    first, last = signatures(signed(signed(ours, "Client", tmp_path), "Provider", tmp_path))
    assert first == Seen("Client", intact=True, valid=True, coverage="ENTIRE_REVISION")
    assert last == Seen("Provider", intact=True, valid=True, coverage="ENTIRE_FILE")


def test_a_signed_pdf_whose_first_bytes_were_changed_is_not_taken_for_ours(made, root, tmp_path):
    data = bytearray(signed((made / "build-1/contract.pdf").read_bytes(), "Client", tmp_path))
    data[data.index(b"%", 5) + 1] ^= 1  # in the comment at the head, which no reader minds
    done, said = asked(root, bytes(data), tmp_path)
    assert (done.code, said["answer"]) == (1, "changed")


def test_something_added_that_is_no_signature_is_told_apart(made, root, tmp_path):
    done, said = asked(root, (made / "build-1/contract.pdf").read_bytes() + b"% a note\n%%EOF\n", tmp_path)
    assert (done.code, said["answer"]) == (1, "added-to")


def test_without_git_the_working_tree_is_asked(made, root, tmp_path):
    shutil.rmtree(root / ".git")
    done, said = asked(root, (made / "build-2/contract.pdf").read_bytes(), tmp_path)
    assert (done.code, said["answer"]) == (0, "exact")
    assert "only the working tree was searched" in said["sentences"][-1]
    assert asked(root, (made / "build-1/contract.pdf").read_bytes(), tmp_path)[0].code == 1


def test_a_draft_cannot_be_signed_by_accident(root, tmp_path):
    assert run(root, "--client", "acme", "--format", "pdf").code == 0
    with pikepdf.open(root / FOLDER / "contract.pdf") as file:
        assert "/AcroForm" not in file.Root


def test_what_cannot_be_built_again_is_not_called_another_file(made, root, tmp_path, monkeypatch):
    def refuse(*_):
        raise RefusedError([Problem("missing-engine", "typst is not installed", hint="install it: pip install typst")])

    monkeypatch.setattr(verify, "made_again", refuse)
    data = (made / "build-1/contract.docx").read_bytes()
    assert asked(root, data, tmp_path)[1]["answer"] == "exact"
    done, said = asked(root, data, tmp_path, "--rebuild")
    assert (done.code, said["answer"]) == (1, "unknown")
    assert said["sentences"][-1].startswith("It could not be built again from commit ")
    assert said["sentences"][-1].endswith(
        "so nothing was compared: typst is not installed. To compare: install it: pip install typst."
    )
