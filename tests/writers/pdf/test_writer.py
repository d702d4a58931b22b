import io
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from contract_assembly.writers.pdf.writer import pdf
from contract_assembly.writers.pdf.writer import printed as with_pages
from tests.helpers.house import HOUSES
from tests.helpers.pdf_reader import pages as read_pages
from tests.helpers.sample_tree import cells, item, p, sample, t, v
from tests.writers.test_html import printed, squeezed

ROOT = Path(__file__).parents[3]
MM = 72 / 25.4
LINE = (
    "Each party shall keep what it learns of the other to itself, and shall tell it only to those who need to know it. "
)
CLAUSES = range(3, 31)
REPEATED = "ItemQuantityFee"  # the head row of the table that spans several pages


def terms(*blocks: d.Block) -> d.Document:
    return d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), blocks),))


def several_pages() -> d.Document:
    """The sample with many more clauses that refer to one another and a long table."""
    more = tuple(
        d.Section(f"c{n}", 1, t(f"Duty {n}"), (
            d.Section(f"c{n}-1", 2, t("Scope"), (p(LINE * 3, d.Reference(f"c{(n * 7) % 28 + 3}", "this")),), f"c{n}", f"{n}.1"),
            d.Section(f"c{n}-2", 2, t("Limits"), (p("They are:"), d.Items((item("(a)", p(LINE)), item("(b)", p(LINE))))), f"c{n}", f"{n}.2"),
        ), f"c{n}", str(n))
        for n in CLAUSES
    )  # fmt: skip
    cover, standard, *schedules = sample().parts
    rows = tuple(cells(f"row {n}", str(n), f"{n}.00") for n in range(60))
    table = d.Table(("left", "right", "right"), cells("Item", "Quantity", "Fee"), rows, t("Long"), total=True)
    last = d.Part("schedule", "schedule-long", t("Long"), (table,), "C")
    return d.Document(sample().meta, (cover, replace(standard, children=standard.children + more), *schedules, last))


@pytest.fixture(scope="module", params=HOUSES)
def house(request):
    return HOUSES[request.param]


@pytest.fixture(scope="module")
def made(house) -> bytes:
    return pdf(several_pages(), house)


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def bodies(data: bytes) -> list[str]:
    """The text of each page without running header and footer."""
    return [
        page.get_textpage().get_text_bounded(0, 26 * MM, page.get_width(), page.get_height() - 26 * MM)
        for page in pypdfium2.PdfDocument(data)
    ]


def words(data: bytes, meta: d.Meta) -> str:
    """All text of the pages except the contents, without running headers and footers, without spaces."""
    found = []
    for number, (text, body) in enumerate(zip(pages(data), map(squeezed, bodies(data)), strict=True), 1):
        head = squeezed(meta.head) if number > 1 else ""
        frame = f"{head}{squeezed(meta.footer)}Page{number}of{len(pypdfium2.PdfDocument(data))}"
        assert sorted(squeezed(text)) == sorted(frame + body)
        found += [] if body.startswith("Contents") else [body]
    return "".join(found)


def boxes(data: bytes, page: int) -> list[tuple[float, float]]:
    """Left and right edge of each character of a page, in points."""
    text = pypdfium2.PdfDocument(data)[page].get_textpage()
    found = [text.get_charbox(n) for n in range(text.count_chars())]
    return [(left, right) for left, bottom, right, top in found if right > left]


# ---- words


def test_every_word_of_the_tree_is_printed_in_order(made):
    tree = several_pages()
    assert words(made, tree.meta).replace(REPEATED, "") == squeezed("".join(printed(tree))).replace(REPEATED, "")


@pytest.mark.parametrize(
    "fact", ["<b>", "&lt;", "![x](http://example.com/x.png)", "</p></td>", "ﬁ fi ffi tt", "Łódź Ünïçödé Ελλάς Київ"]
)
def test_a_fact_is_printed_as_it_is(fact, house):
    text = "".join(pages(pdf(terms(p("(", v(fact), ")"), d.Table(("left",), (), (cells(v(fact)),))), house)))
    assert squeezed(text).count(squeezed(fact).replace("ﬁ", "fi")) + squeezed(text).count(squeezed(fact)) >= 2


def test_the_running_header_is_on_every_page_but_the_cover(made):
    head = sample().meta.head
    assert [head in text for text in pages(made)] == [False, *[True] * (len(pages(made)) - 1)]


def test_a_word_longer_than_the_line_is_wrapped_inside_the_margins(house):
    word = "x" * 3000
    items = d.Items((item("(a)", p(word)), item("(b)", d.Box((p(word),)))))
    data = pdf(terms(p(word), items, d.Table(("left", "right"), (), (cells(word, word),))), house)
    assert "".join(pages(data)).count("x") == 5 * 3000
    places = [place for page in range(len(pages(data))) for place in boxes(data, page)]
    assert min(left for left, _ in places) >= 30 * MM - 1
    assert max(right for _, right in places) <= (215.9 - 30) * MM + 1


def test_a_row_or_box_longer_than_a_page_loses_no_words(house):
    long = " ".join(f"w{n}" for n in range(2000))
    data = pdf(terms(d.Box((p(long),)), d.Table(("left", "right"), (), (cells(long, "1"),))), house)
    assert len(re.findall(r"w\d+", squeezed("".join(pages(data))))) == 4000


def test_a_character_that_no_font_has_is_refused_with_its_place(house):
    fact = d.Value("Acme 株式会社", "client.name", Origin("agreements/acme/client.yaml", 3))
    with pytest.raises(RefusedError) as refused:
        pdf(terms(p(fact)), house)
    assert [(each.rule, str(each.origin)) for each in refused.value.problems] == [
        ("no-glyph", "agreements/acme/client.yaml:3")
    ]


# ---- pages


def test_the_terms_and_each_schedule_start_a_page(made):
    heads = ("Standard terms", "Schedule A", "Schedule B", "Schedule C", "Contents")
    tops = [text.replace("\u00a0", " ") for text in bodies(made)]
    assert all(any(text.startswith(head) for text in tops) for head in heads)


def test_the_head_of_a_table_is_repeated_on_each_of_its_pages(made):
    with_rows = [text for text in pages(made) if "row " in text]
    assert len(with_rows) > 1
    assert all("Item Quantity Fee" in text for text in with_rows)


def test_a_signature_block_is_never_split(house):
    block = next(n for n in d.walk(sample()) if isinstance(n, d.Signatures))
    for lines in range(24, 36):
        heading = d.Section("s", 1, t("Signing"), (block,), "s", "2")
        texts = pages(pdf(terms(*[p("filler")] * lines, heading), house))
        signing = [text for text in texts if "By:" in text]
        assert len(signing) == 1
        assert all(word in signing[0] for word in ("Signing", "Each party signs", "Dana Whitfield", "Robert Okafor"))
        assert signing[0].count("Date:") == 2


def test_no_page_ends_with_a_heading_or_a_lead_in(house):
    for lines in range(24, 36):
        section = d.Section(
            "s", 1, t("Heading"), (p("Lead-in:"), d.Table(("left",), cells("h"), (cells("x"), cells("y"))))
        )
        texts = pages(pdf(terms(*[p("filler")] * lines, section), house))
        assert [text for text in texts if "Heading" in text] == [
            text for text in texts if "Lead-in:" in text and "x" in text
        ]


@pytest.mark.parametrize(("paper", "size"), [("letter", (215.9, 279.4)), ("a4", (210, 297))])
def test_the_paper_is_that_of_the_metadata(paper, size, house):
    data = pdf(replace(sample(), meta=replace(sample().meta, paper=paper)), house)
    for page in pypdfium2.PdfDocument(data):
        assert page.get_size() == pytest.approx([each * MM for each in size], abs=0.1)


# ---- inside the file


def test_only_fonts_of_the_house_style_are_in_the_file(made):
    with pikepdf.open(io.BytesIO(made)) as file:
        fonts = {
            str(o.FontName).split("+")[1]
            for o in file.objects
            if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o
        }
    assert {name.split("-")[0] for name in fonts} == {"Caladea", "Carlito"}


def test_each_link_leads_to_the_page_of_its_target(made):
    texts = bodies(made)
    with pikepdf.open(io.BytesIO(made)) as file:
        names = file.Root.Names.Dests.Names
        places = {str(names[n]): _page(file, names[n + 1]) for n in range(0, len(names), 2)}
        used = {str(each.A.D if "/A" in each else each.Dest) for page in file.pages for each in page.get("/Annots", [])}
    assert {f"c{n}" for n in CLAUSES} | {"schedule-fees", "services"} <= used <= set(places)
    assert all(f"{n}. Duty {n}" in texts[places[f"c{n}"]] for n in CLAUSES)
    assert texts[places["schedule-long"]].startswith("Schedule")


def test_the_contents_list_the_page_of_each_clause(made):
    texts = pages(made)
    contents = texts[1]
    for n in CLAUSES:
        page = int(re.search(rf"Duty {n}\s+(\d+)", contents)[1])
        assert f"{n}. Duty {n}" in texts[page - 1]


def test_a_bookmark_leads_to_each_clause_and_schedule(made):
    texts = pages(made)
    file = pypdfium2.PdfDocument(made)
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in file.get_toc()]
    titles = [re.sub(r"\s+", " ", title) for title, _ in marks]
    assert {"Support Agreement", "1. Services", "30. Duty 30", "Schedule A – Fees", "Schedule C – Long"} <= set(titles)
    assert all(re.sub(r"\s+", " ", title) in re.sub(r"\s+", " ", texts[page]) for title, page in marks)
    assert all(before <= after for (_, before), (_, after) in pairwise(marks))


def _page(file: pikepdf.Pdf, destination: pikepdf.Array) -> int:
    return pikepdf.Page(destination[0]).index


def test_the_metadata_comes_from_the_document_and_has_no_date_of_today(made):
    meta = sample().meta
    with pikepdf.open(io.BytesIO(made)) as file:
        assert (file.docinfo.Title, file.docinfo.Subject, file.docinfo.Author) == (
            meta.title,
            meta.subject,
            meta.author,
        )
        assert file.Root.Lang == meta.language
        assert {str(file.docinfo[key])[:10] for key in file.docinfo if "Date" in key} <= {"D:19800101"}


# ---- the same bytes, and nothing from outside
SCRIPT = """
import hashlib, sys
sys.path.insert(0, {root!r})
from tests.helpers.house import HOUSES
from tests.writers.pdf.test_writer import pdf, several_pages
print(hashlib.sha256(pdf(several_pages(), HOUSES[{engine!r}])).hexdigest())
"""


def run(engine: str, folder: Path, **environment: str) -> str:
    command = [sys.executable, "-c", SCRIPT.format(root=str(ROOT), engine=engine)]
    done = subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip() + done.stderr.strip()


def test_two_runs_give_the_same_bytes(made, house):
    assert pdf(several_pages(), house) == made


def test_the_machine_does_not_change_the_bytes(house, tmp_path):
    (tmp_path / "tmp").mkdir()
    here = run(house.engine, ROOT, PYTHONHASHSEED="1", TZ="UTC")
    elsewhere = {
        "PYTHONHASHSEED": "2",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "de_DE.UTF-8",
        "LANG": "ja_JP.UTF-8",
        "FC_LANG": "ja",
    }
    folders = {
        "TMPDIR": str(tmp_path / "tmp"),
        "HOME": str(tmp_path),
        "SOURCE_DATE_EPOCH": "1",
        "FONTCONFIG_FILE": "/none",
        "FONTCONFIG_SYSROOT": "/none",
    }
    assert re.fullmatch("[0-9a-f]{64}", here)
    assert run(house.engine, tmp_path, **elsewhere, **folders) == here
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_was_made_before_does_not_change_the_bytes(made, house):
    pdf(replace(sample(), meta=replace(sample().meta, paper="a4")), house)
    pdf(terms(p(d.Emphasis(t("Ελλάς")), d.Strong((d.Emphasis(t("both")),)))), house)
    assert pdf(several_pages(), house) == made


def test_a_total_is_on_the_page_of_the_row_before_it(house):
    """Wherever the first page ends: at each row of the last ones, and between the last row and the total."""
    rows = tuple(cells(f"row {n}", f"{n}.00") for n in range(20))
    table = d.Table(
        ("left", "right"), cells("Item", "Fee"), (*rows, cells("All of it", "190.00")), t("Fees"), total=True
    )
    ends = set()
    for lines in range(13, 19):
        first, *_ = bodies(pdf(terms(*(p("A line.") for _ in range(lines)), table), house))
        assert ("All of it" in first) == ("row 19" in first)
        ends.add(max(n for n in range(20) if f"row {n}\r" in first.replace(" ", " ") or f"row {n} " in first))
    assert len(ends) > 2


def test_a_caption_does_not_break_because_its_line_is_full(house):
    words = (
        "The Provider owes no continuing service and no service levels. The Cover Page lists what else is not included."
    )
    section = d.Section(
        "a", 1, t("A"), (d.Section("b", 2, t("No support contract"), (p(words),), number="1.1"),), number="1"
    )
    made = pdf(terms(section), house)
    assert any("No support contract. The Provider owes" in line for line in pages(made)[0].splitlines())


# ---- pages of headings


def test_the_layout_gives_the_page_of_each_part_and_section(made, house):
    tree = several_pages()
    data, found = with_pages(tree, house)
    assert data == made
    texts = [squeezed(each) for each in pages(data)]
    sections = [each for each in d.walk(tree) if isinstance(each, d.Section | d.Part) and each.id]
    assert found.keys() == {each.id for each in sections}
    for each in sections:
        heading = d.plain(d.title(each)) if isinstance(each, d.Part) else d.label(each) + d.plain(each.heading)
        assert squeezed(heading) in texts[found[each.id] - 1]


def test_only_the_first_page_of_a_cover_has_no_running_header(house):
    cover, *others = sample().parts
    long = replace(cover, children=tuple(p(LINE * 3) for _ in range(30)))
    texts = pages(pdf(replace(sample(), parts=(long, *others)), house))
    assert [sample().meta.head in each for each in texts[:3]] == [False, True, True]


def test_no_page_ends_with_a_heading_and_one_row_of_its_table(house):
    """The text before the table grows, so that it begins at every position near the bottom of a page."""
    rows = tuple(cells(f"Row {n}", "words") for n in range(1, 11))
    key_terms = d.Section("", 1, t("Key terms"), (d.Table(("left", "left"), (), rows),))
    schedules = [d.Part("schedule", f"s{n}", t("S"), (*[p("Words.")] * n, key_terms)) for n in range(24, 31)]
    counts = []
    for page in read_pages(pdf(d.Document(sample().meta, tuple(schedules)), house)):
        texts = [line.text.replace("\u00a0", " ") for line in page.body()]
        if "Key terms" in texts:
            counts.append(sum(text.startswith("Row ") for text in texts[texts.index("Key terms") :]))
    assert len(counts) == 7
    assert min(counts) == 2
