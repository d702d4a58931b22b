"""Every word of a Word file is read once, in whatever part it is, and tracked changes are kept apart."""

import pytest

from contract_assembly.writers.returned import words_of
from contract_assembly.writers.returned.limits import UnreadableError
from tests.helpers.word_packages import body, package, says, story


def texts(data: bytes) -> list[str]:
    return [each.text for each in words_of(data).lines]


def test_every_part_with_words_is_read():
    data = package(
        body(says("Body")),
        header1=story("hdr", says("Head")),
        footer2=story("ftr", says("Foot")),
        footnotes=story("footnotes", f"<w:footnote>{says('Note')}</w:footnote>"),
        endnotes=story("endnotes", f"<w:endnote>{says('End note')}</w:endnote>"),
        comments=story("comments", f'<w:comment w:author="Jane Roe">{says("Too long")}</w:comment>'),
        decoy=story("document", says("Elsewhere")),
    )
    found = {each.text: each.story for each in words_of(data).lines}
    assert found == {
        "Body": "body", "Head": "margin", "Foot": "margin", "Note": "note", "End note": "note", "Too long": "comment",
        "Elsewhere": "other",
    }  # fmt: skip
    assert words_of(data).comments[0].by == "Jane Roe"


@pytest.mark.parametrize("kind", ["del", "moveFrom"])
def test_words_that_were_deleted_or_moved_away_are_left_out(kind):
    text = "delText" if kind == "del" else "t"
    data = package(
        body(f"<w:p><w:r><w:t>Pay </w:t></w:r><w:{kind}><w:r><w:{text}>no</w:{text}></w:r></w:{kind}></w:p>")
    )
    (line,) = words_of(data).lines
    assert (line.text, line.before) == ("Pay", "Pay no")


@pytest.mark.parametrize("kind", ["ins", "moveTo"])
def test_words_that_were_inserted_or_moved_here_are_read(kind):
    data = package(body(f"<w:p><w:r><w:t>Pay </w:t></w:r><w:{kind}><w:r><w:t>double</w:t></w:r></w:{kind}></w:p>"))
    (line,) = words_of(data).lines
    assert (line.text, line.before) == ("Pay double", "Pay")


def test_tracked_changes_are_counted_and_marks_of_paragraphs_are_not():
    mark = "<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>"
    inside = "<w:ins><w:r><w:t>a</w:t></w:r></w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del>"
    found = words_of(package(body(f"<w:p>{mark}{inside}<w:moveTo><w:r><w:t>c</w:t></w:r></w:moveTo></w:p>")))
    assert (found.inserted, found.deleted, found.moved) == (1, 1, 1)


def text_box(first: str, second: str) -> str:
    return (
        f"<w:p><w:r><w:t>Before</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>{says(first)}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{says(second)}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def test_a_text_box_in_two_forms_counts_once():
    assert sorted(texts(package(body(text_box("Box", "Box"))))) == ["Before", "Box"]


def test_a_text_box_whose_two_forms_differ_hides_neither():
    assert sorted(texts(package(body(text_box("30 days", "345 days"))))) == ["30 days", "345 days", "Before"]


def test_the_part_that_the_package_names_is_the_body():
    import io
    import zipfile

    into = io.BytesIO(package(body(says("Decoy"))))
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://x/officeDocument" Target="/word/real.xml"/></Relationships>'
    )
    with zipfile.ZipFile(into, "a") as file:
        file.writestr("_rels/.rels", rels)
        file.writestr("word/real.xml", body(says("Real")))
    assert {each.text: each.story for each in words_of(into.getvalue()).lines} == {"Real": "body", "Decoy": "other"}


def test_page_numbers_are_ignored_in_headers_and_footers_only():
    page = '<w:p><w:r><w:t>Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>345</w:t></w:r></w:fldSimple></w:p>'
    found = words_of(package(body(page), footer1=story("ftr", page))).lines
    assert [(each.story, each.text, each.folio) for each in found] == [
        ("body", "Page 345", "Page 345"),
        ("margin", "Page 345", "Page"),
    ]


def test_strict_names_are_read_too():
    strict = body(says("Words")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts(package(strict)) == ["Words"]


def test_a_package_of_another_program_is_refused_with_a_message():
    import io
    import zipfile

    with zipfile.ZipFile(into := io.BytesIO(), "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UnreadableError, match="not a Word file"):
        words_of(into.getvalue())
