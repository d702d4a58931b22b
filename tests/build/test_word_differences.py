"""The words of a file against those that it should have."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest

from tests.build.test_embedded_files import changed_package
from tests.helpers import built_files
from tests.helpers.built_files import asked
from tests.helpers.corpus import run
from tests.helpers.signing import signed
from tests.helpers.word_packages import W

made = built_files.made
root = built_files.root

TRACKED = '<w:p><w:ins w:id="9" w:author="x"><w:r><w:t>Not agreed.</w:t></w:r></w:ins></w:p>'


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
    assert "the same" not in " ".join(said["sentences"]).replace("is not the same", "")
