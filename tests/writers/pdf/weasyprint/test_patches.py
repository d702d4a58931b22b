"""Each page is laid out twice: with the savings of `patches`, and by unchanged WeasyPrint."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from cffi import FFI
from msgspec.structs import replace

from contract_assembly.build.pipeline import draft
from contract_assembly.document.writer_extras import NO_EXTRAS, Enclosure, WriterExtras
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.pdf.weasyprint import patches, setup
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.sample_tree import cells, d, item, p, sample, t
from tests.writers.pdf.test_writer import several_pages, terms

REPOSITORY = Repository(Path(__file__).parents[4])
HOUSE = REPOSITORY.house()
MARKS = d.Paragraph(
    (*(d.Marked(how, t(f"words {how}")) for how in ("inserted", "deleted", "note")), d.Break(), *t("end"))
)


def slow(monkeypatch, *left_out: str) -> None:
    """Turn off the savings with these names, or all of them."""
    kept = [each for each in setup._savings() if (left_out and each.name not in left_out) or each.name == "zlib"]
    monkeypatch.setattr(setup, "_savings", lambda: kept)


@pytest.fixture(scope="module")
def contract():
    return draft(REPOSITORY, "hudson", "2026-block").document, HOUSE


def test_a_whole_contract_is_the_same_bytes(contract, monkeypatch):
    quick = pdf(*contract)
    slow(monkeypatch)
    assert pdf(*contract) == quick


@pytest.mark.parametrize(
    "document",
    [
        sample(),
        several_pages(),
        replace(sample(), meta=replace(sample().meta, watermark="draft", paper="a4", language="de-DE")),
        terms(
            MARKS, d.Box((MARKS,)), d.Items((item("(a)", MARKS, d.Table(("left", "right"), (), (cells("x", "1"),))),))
        ),
        terms(p("x" * 900), p(d.Emphasis(t("Ελλάς")), d.Strong((d.Emphasis(t("both fi ffi")),)))),
    ],
    ids=["sample", "several pages", "draft on A4", "marks", "long words and other letters"],
)
@pytest.mark.parametrize(
    "beside", [NO_EXTRAS, WriterExtras((Enclosure("facts.json", "application/json", "Facts", "Data", b"{}" * 999),))]
)
def test_any_page_is_the_same_bytes(document, beside, monkeypatch):
    quick = pdf(document, HOUSE, beside)
    slow(monkeypatch)
    assert pdf(document, HOUSE, beside) == quick


BARS = """
ins::before { content: ""; position: absolute; left: -12px; width: 3px; height: 9px; background: #a3232b; border-radius: 2px }
del::before { content: "["; position: absolute; left: -12px; background: #a3232b }
table { float: right; box-sizing: border-box; margin: calc(2px + 1%) 5% }
td { border-radius: 3px; max-height: 50% }
"""


def test_other_styles_of_a_house_give_the_same_bytes(monkeypatch):
    document = terms(MARKS, d.Table(("left", "right"), cells("a", "b"), (cells("x", "1"), cells("y", "2"))), p("end"))
    house = replace(HOUSE, css=HOUSE.css + BARS)
    quick = pdf(document, house)
    slow(monkeypatch)
    assert pdf(document, house) == quick


@pytest.mark.parametrize(
    "name",
    [
        "check_math",
        "strut",
        "resolve_percentages",
        "resolve_radii_percentages",
        "is_in_normal_flow",
        "setup",
        "split_first_line",
        "new",
        "write",
        "page_references",
    ],
)
def test_each_saving_alone_keeps_the_bytes(name, monkeypatch):
    assert name in {each.name for each in setup._savings()}
    quick = pdf(sample(), HOUSE)
    slow(monkeypatch, name)
    assert pdf(sample(), HOUSE) == quick


def test_the_base_sheet_gives_the_same_page_as_weasyprints_own(contract, monkeypatch):
    ours = pdf(*contract)
    folder = Path(setup.part(".css").__file__).parent
    whole = setup.part("").CSS(filename=folder / "html5_ua.css")
    monkeypatch.setattr(setup._page(), "_ua_stylesheets", lambda self, forms=False: [whole])
    assert pdf(*contract) == ours


def test_savings_are_active_only_while_a_page_is_made():
    before = {(each.owner, each.name): vars(each.owner)[each.name] for each in setup._savings()}
    with suppress(ZeroDivisionError), setup.at_work():
        assert all(vars(each.owner)[each.name] is each.quicker for each in setup._savings())
        raise ZeroDivisionError
    assert all(vars(owner)[name] is value for (owner, name), value in before.items())


@pytest.mark.parametrize("library", ["weasyprint", "pydyf"])
def test_another_version_is_not_patched(library, monkeypatch):
    names = ("", ".css", ".text.line_break", ".layout.percent", ".formatting_structure.boxes", ".layout.inline")
    modules = list(map(setup.part, names))
    assert patches.savings(setup.objects(), *modules)
    monkeypatch.setattr({"weasyprint": modules[0], "pydyf": setup.objects()}[library], "__version__", "999")
    assert patches.savings(setup.objects(), *modules) == ()


class Style(dict[str, object]):
    font_config = object()

    def __missing__(self, name: str) -> str:
        return "normal"


class Line:
    text = "words"


def test_a_line_is_broken_once_for_each_text_style_and_width():
    asked = []

    def slow(text, style, context, max_width, spacing, is_line_start=True):
        asked.append((text, max_width))
        return Line(), len(asked), None

    quick = patches._lines(slow)
    first, number, _ = quick("words", Style(), None, 90, 0, is_line_start=True)
    again, same, _ = quick("words", Style(), None, 90, 0, is_line_start=True)
    assert number == same == 1
    assert first is not again, "drawing one changes it"
    others = [
        quick("words", Style(), None, 80, 0, is_line_start=True),
        quick("words", Style(font_size=9), None, 90, 0, is_line_start=True),
        quick("other words", Style(), None, 90, 0, is_line_start=True),
        quick("words", Style(), None, 90, 0, is_line_start=False),
        quick("words", Style(), None, 90, 1, is_line_start=True),
    ]
    assert [each[1] for each in others] == [2, 3, 4, 5, 6]


def test_no_more_lines_are_kept_than_twenty_contracts_have(monkeypatch):
    monkeypatch.setattr(patches, "LINES", 2)
    asked = []
    quick = patches._lines(lambda text, *_: (asked.append(text), 1))
    for text in ("a", "b", "a", "c", "a"):
        quick(text, Style(), None, 90)
    assert asked == ["a", "b", "c", "a"]


def test_every_property_that_breaks_a_line_is_known():
    """WeasyPrint reads these and `line_height`, which `strut` alone needs."""
    files = [Path(setup.part(name).__file__).read_text("utf-8") for name in (".text.line_break", ".text.fonts")]
    assert {*re.findall(r"style\['(\w+)'\]", "".join(files))} - {"line_height"} == set(patches.LINE)


@pytest.mark.parametrize(
    ("kind", "values"), [("int[3]", [1, 2, 3]), ("int[3]", (1, 2, 3)), ("int[3]", None), ("int[3]", [1]), ("int *", 7)]
)
def test_an_array_of_c_is_what_it_would_be(kind, values):
    library = FFI()
    slow, quick = FFI.new(library, kind, values), patches._arrays(FFI.new)(library, kind, values)
    assert bytes(library.buffer(quick)) == bytes(library.buffer(slow))


def test_arrays_of_many_sizes_are_of_one_type():
    library = FFI()
    new = patches._arrays(FFI.new)
    assert {library.typeof(new(library, f"int[{size}]", list(range(size)))).cname for size in (2, 3, 4)} == {"int[]"}
