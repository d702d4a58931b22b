"""Whether a file is what this repository builds, and at which commit: asked of real files and a real git history."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document

from contract_assembly.writers.docx.attachments import ITEM, NAMESPACE
from tests.build.test_embedded_files import changed_package
from tests.helpers.corpus import Run, based, run
from tests.helpers.git_repositories import begun, committed, git
from tests.helpers.signing import Seen, signatures, signed
from tests.helpers.word_packages import W

FOLDER = "agreements/acme/2026-support"
TRACKED = '<w:p><w:ins w:id="9" w:author="x"><w:r><w:t>Not agreed.</w:t></w:r></w:ins></w:p>'
FACTS = f"{FOLDER}/agreement.yaml"


def edit(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text("utf-8")
    assert text.count(before) == 1
    (root / path).write_text(text.replace(before, after), "utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A history: begun, built as final, built again on other terms (the files of each build are kept beside it)."""
    top = tmp_path_factory.mktemp("verify")
    root = begun(based(top / "root"))
    for number, (message, day) in enumerate([("First terms", "2026-09-02"), ("Other terms", "2026-09-09")], 1):
        if number == 2:
            edit(root, FACTS, "price: 62.00 USD", "price: 65.00 USD")
        assert run(root, "approve", "--all", "--by", "J. Moss", "--on", "2026-09-01").code == 0
        assert run(root, "--client", "acme", "--final").code == 0
        committed(root, message, day)
        shutil.copytree(root / FOLDER, top / f"build-{number}")
    return top


@pytest.fixture
def root(made, tmp_path) -> Path:
    return Path(shutil.copytree(made / "root", tmp_path / "root", symlinks=True))


def asked(root: Path, data: bytes, folder: Path, *more: str) -> tuple[Run, dict]:
    (folder / "received").write_bytes(data)
    done = run(root, "verify", str(folder / "received"), "--json", *more)
    return done, json.loads(done.out)


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


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
@pytest.mark.parametrize("number", [1, 2])
def test_built_again_from_its_commit_it_is_the_same(made, root, tmp_path, suffix, number):
    done, said = asked(root, (made / f"build-{number}/contract.{suffix}").read_bytes(), tmp_path, "--rebuild")
    assert (done.code, said["answer"]) == (0, "exact")
    assert "byte for byte" in said["sentences"][-1]


def test_a_record_that_lies_is_found_out_by_building_again(made, root, tmp_path):
    """Somebody edits a PDF, and the record in the repository with it."""
    with pikepdf.open(made / "build-2/contract.pdf") as file:
        file.docinfo["/Title"] = "Other words"
        file.save(forged := BytesIO(), static_id=True)
    from hashlib import sha256

    was = sha256((made / "build-2/contract.pdf").read_bytes()).hexdigest()
    edit(root, f"{FOLDER}/record.json", was, sha256(forged.getvalue()).hexdigest())
    committed(root, "Nothing to see")
    done, said = asked(root, forged.getvalue(), tmp_path)
    assert (done.code, said["answer"]) == (0, "exact")
    assert "committed there with other bytes" in said["sentences"][1]
    done, said = asked(root, forged.getvalue(), tmp_path, "--rebuild")
    assert (done.code, said["answer"]) == (1, "changed")
    assert "the words are the same, the bytes are not" in said["sentences"][-1]


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


# ---- the words of the file itself


def reworded(data: bytes, changes: dict[str, str]) -> bytes:
    """A Word file in which texts were replaced where they stand in its body."""
    part = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    for before, after in changes.items():
        assert before in part
        part = part.replace(before, after, 1)
    return changed_package(data, "word/document.xml", part.encode())


@pytest.mark.parametrize("more", [(), ("--rebuild",)])
def test_words_that_were_changed_in_word_are_listed_with_clause_and_fact(made, root, tmp_path, more):
    ours = (made / "build-1/contract.docx").read_bytes()
    done, said = asked(
        root, reworded(ours, {">2,108.00<": ">1,900.00<", "on-going maintenance": "maintenance"}), tmp_path, *more
    )
    assert (done.code, said["answer"]) == (1, "changed")
    assert said["facts"] == ["fees.lines.0.amount"]
    assert set(said["clauses"]) == {"services", "fees"}
    assert ("2,108.00", "1,900.00") in [(each["old"], each["new"]) for each in said["changes"]]
    assert not any("the words are the same" in each for each in said["sentences"])
    shown = run(root, "verify", str(tmp_path / "received"), *more).out
    assert "  fees: '2,108.00' became '1,900.00'\n" in shown
    assert "facts that differ: fees.lines.0.amount\n" in shown


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"<w:body>": f"<w:body>{TRACKED}"}, "added 'Not agreed.'"),
        ({"Each party keeps": '</w:t></w:r><w:del w:id="9" w:author="x"><w:r><w:delText>silently </w:delText></w:r></w:del><w:r><w:t xml:space="preserve">Each party keeps'}, "added 'silently'"),
    ],
    ids=["inserted", "only if rejected"],
)  # fmt: skip
def test_tracked_changes_count_whichever_way_they_are_taken(made, root, tmp_path, change, place):
    done, said = asked(root, reworded((made / "build-1/contract.docx").read_bytes(), change), tmp_path)
    assert (done.code, said["answer"]) == (1, "changed")
    assert place in run(root, "verify", str(tmp_path / "received")).out


@pytest.mark.parametrize("story", ["footer", "header", "comments", "footnotes"])
def test_words_in_every_story_of_a_word_file_are_read(made, root, tmp_path, story):
    ours = (made / "build-1/contract.docx").read_bytes()
    part = f'<w:x xmlns:w="{W}"><w:p><w:r><w:t>Not agreed.</w:t></w:r></w:p></w:x>'
    (tmp_path / "more.docx").write_bytes(ours)
    with ZipFile(tmp_path / "more.docx", "a") as file:
        file.writestr(f"word/{story}9.xml", part)
    done, said = asked(root, (tmp_path / "more.docx").read_bytes(), tmp_path)
    assert (done.code, said["answer"]) == (1, "changed")
    assert [each["new"] for each in said["changes"]] == ["Not agreed."]


@pytest.mark.parametrize("more", [(), ("--rebuild",)])
def test_a_page_that_was_taken_out_is_missed(made, root, tmp_path, more):
    with pikepdf.open(made / "build-1/contract.pdf") as file:
        del file.pages[2]
        file.save(cut := BytesIO())
    done, said = asked(root, cut.getvalue(), tmp_path, *more)
    assert (done.code, said["answer"]) == (1, "changed")
    assert said["clauses"]
    assert any(each["new"] == "" for each in said["changes"])


def test_a_pdf_that_was_only_saved_again_has_the_same_words_and_says_what_was_not_compared(made, root, tmp_path):
    with pikepdf.open(made / "build-1/contract.pdf") as file:
        file.save(again := BytesIO())
    done, said = asked(root, again.getvalue(), tmp_path)
    assert (done.code, said["answer"], said["changes"]) == (1, "changed", [])
    assert said["sentences"][-1] == "Its words are the same, on every page; pictures and layout were not compared."


def test_words_that_were_added_below_a_signature_are_found(made, root, tmp_path):
    """A later revision of a signed PDF may draw a page over the one that was signed."""
    from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(signed((made / "build-1/contract.pdf").read_bytes(), "Client", tmp_path)))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    while page["/Type"] == "/Pages":
        page = page["/Kids"][0].get_object()
    font = DictionaryObject(
        {NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in
         (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"))}
    )  # fmt: skip
    resources = page["/Resources"].get_object()
    resources["/Font"].get_object()[NameObject("/ZZ")] = font
    drawn = writer.add_object(StreamObject(stream_data=b"BT /ZZ 12 Tf 50 20 Td (Price: 1.00) Tj ET"))
    contents = page["/Contents"]
    page[NameObject("/Contents")] = type(writer.root["/Pages"]["/Kids"])(
        [*(contents if isinstance(contents, list) else [page.raw_get("/Contents")]), drawn]
    )
    writer.update_container(page)
    writer.update_container(resources)
    writer.update_container(resources["/Font"].get_object())
    writer.write(out := BytesIO())
    done, said = asked(root, out.getvalue(), tmp_path)
    assert (done.code, said["answer"]) == (1, "changed")
    assert any("1.00" in each["new"] for each in said["changes"])


def test_a_file_whose_words_cannot_be_read_is_never_called_the_same(made, root, tmp_path):
    ours = (made / "build-1/contract.docx").read_bytes()
    data = changed_package(ours, "word/document.xml", b"<w")
    done, said = asked(root, data, tmp_path, "--rebuild")
    assert (done.code, said["answer"]) == (1, "changed")
    assert "were not compared: this Word file is damaged" in " ".join(said["sentences"])
    assert "the same" not in " ".join(said["sentences"]).replace("come out the same", "")


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
