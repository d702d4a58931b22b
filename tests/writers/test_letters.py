"""A letter is a document like any other: its text from clauses, its letterhead and closing from facts, the same in every
format."""

import re
import shutil
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS
from tests.helpers.letters import ROOT, letter
from tests.helpers.word_reader import read
from tests.whole.test_parity import of_docx, of_markdown, of_pdf, squeezed

HOUSE = Repository(ROOT).house()
SHARED = ("provider", "templates", "clauses", "agreements/acme")


@pytest.fixture
def root_copy(tmp_path):
    """A copy of the sample repository to change."""
    for name in SHARED:
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture(scope="module")
def tree() -> d.Document:
    return letter()[0]


@pytest.fixture(scope="module")
def formats(tree):
    return {name: write(tree, HOUSE, NO_EXTRAS) for name, write in FORMATS.items()}


def problems_after(root, words, instead):
    """The problems after one change of the letter's facts."""
    path = root / "agreements/acme/2026-support/documents/cover-letter.yaml"
    before = path.read_text("utf-8")
    assert before.count(words) == 1
    path.write_text(before.replace(words, instead), "utf-8")
    with pytest.raises(RefusedError) as refused:
        letter(root)
    return [(each.rule, str(each.origin)) for each in refused.value.problems]


def test_no_rule_reports_a_problem():
    assert letter()[1] == ()


def test_letterhead_and_closing_are_facts_with_their_lines(tree):
    (head,) = tree.parts[0].opening
    assert [d.plain(line) for line in head.sender] == [
        "Northlight IT Services LLC",
        "418 Broadway, Suite 300, Albany, NY\u00a012207",
        "+1\u00a0518\u00a0555\u00a00140 · help@northlight.example · support.northlight.example",
    ]
    assert [d.plain(line) for line in head.reader] == [
        "Acme Instruments, Inc.",
        "Robert Okafor, Chief Operating Officer",
        "2200 Calder Street",
        "Rochester, NY\u00a014607",
    ]
    (date,) = head.date
    assert isinstance(date, d.Value)
    assert (date.text, date.key, date.origin.line) == ("September\u00a08, 2026", "document.date", 5)
    closing = next(node for node in d.walk(tree) if isinstance(node, d.Closing))
    assert d.plain(closing.writer[0]) == "Priya Raman"
    assert d.plain(closing.enclosed) == "Enclosed: IT Support Agreement NL-2026-0042, version 1"


def test_the_tree_is_in_reading_order(tree):
    words = [each.text for each in d.walk(tree) if isinstance(each, d.Text | d.Value)]
    order = ["Northlight IT Services LLC", "September\u00a08, 2026", " for your signature", "Dear\u00a0", "Sincerely,"]
    assert sorted(order, key=words.index) == order


def test_only_list_items_are_numbered(tree):
    assert {node.number for node in d.walk(tree) if isinstance(node, d.Section | d.Part)} == {""}
    assert {node.number for node in d.walk(tree) if isinstance(node, d.Item)} == {"(a)", "(b)", "(c)"}


def test_captions_are_headings_and_the_title_of_the_clause_is_not_printed(tree):
    headings = [(node.level, d.plain(node.heading)) for node in d.walk(tree) if isinstance(node, d.Section)]
    captions = ["", "What it gives you", "What you save", "What to check before you sign", "How to sign"]
    assert headings == [(1, each) for each in captions]


def test_all_formats_have_the_same_words(formats):
    markdown = of_markdown(formats["md"])
    assert len(markdown) > 1000
    assert of_docx(formats["docx"]) == markdown
    assert of_pdf(formats["pdf"], set()) == markdown


def test_there_are_no_contents_and_no_places_for_two_to_sign(formats):
    assert "Contents" not in squeezed(of_pdf(formats["pdf"], set()))
    styles = {style for style, *_ in read(formats["docx"])}
    assert {"LetterName", "LetterSubject", "LetterHeading", "LetterClose", "LetterWriter"} <= styles
    assert not any(style.startswith(("TOC", "Signature", "Title")) for style in styles)


def test_only_later_pages_have_a_running_head(formats):
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(formats["pdf"])]
    head = "Northlight IT Services LLC to Acme Instruments, Inc. · September 8, 2026"
    assert [head in page.replace("\u00a0", " ") for page in pages] == [False, True]
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1))


def test_the_pdf_has_one_heading_of_the_first_level_its_subject(formats, tree):
    with pikepdf.open(BytesIO(formats["pdf"])) as file:
        assert str(file.docinfo["/Title"]) == d.plain(tree.parts[0].heading)
        assert [str(each.title) for each in file.open_outline().root][:1] == [d.plain(tree.parts[0].heading)]


def test_a_box_may_follow_the_closing(tree):
    box = d.Box((d.Paragraph((d.Text("What the law wants said."),)),))
    part = tree.parts[0]
    boxed = replace(tree, parts=(replace(part, children=(*part.children, d.Section("law", 1, (), (box,)))),))
    written = {name: write(boxed, HOUSE, NO_EXTRAS) for name, write in FORMATS.items()}
    assert of_markdown(written["md"]).endswith("version1Whatthelawwantssaid.")
    assert of_docx(written["docx"]) == of_pdf(written["pdf"], set()) == of_markdown(written["md"])


@pytest.mark.parametrize(
    ("words", "instead", "rule", "line"),
    [
        ("writer: priya-raman", "writer: robert-okafor", "unknown-person", 6),
        ("reader: robert-okafor", "reader: priya-raman", "unknown-person", 7),
        ("answer_by: 2026-09-22", "answer_by: 2026-09-08", "answer-before-letter", 8),
        ("\ndate: 2026-09-08", "\ndate: 9 September", "ill-typed", 5),
    ],
)
def test_impossible_facts_of_a_letter_are_reported_with_their_line(root_copy, words, instead, rule, line):
    path = "agreements/acme/2026-support/documents/cover-letter.yaml"
    assert problems_after(root_copy, words, instead) == [(rule, f"{path}:{line}")]


def test_a_former_employee_cannot_sign_a_letter(root_copy):
    path = root_copy / "provider/provider.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(  - id: priya-raman\n)", r"\1    until: 2026-09-01\n", text), "utf-8")
    with pytest.raises(RefusedError) as refused:
        letter(root_copy)
    assert "person-left" in {each.rule for each in refused.value.problems}


def test_a_letter_opens_its_document(root_copy):
    path = root_copy / "templates/cover-letter/outline.yaml"
    cover = "  - kind: cover\n    id: cover\n    title: Cover\n    clauses: []\n"
    path.write_text(path.read_text("utf-8").replace("parts:\n", f"parts:\n{cover}"), "utf-8")
    with pytest.raises(RefusedError) as refused:
        letter(root_copy)
    assert [each.rule for each in refused.value.problems] == ["letter-first"]
