"""A redline accepted is the new Word file, rejected the old one: words, numbers, styles, heads and feet, as an own reader of the
standard finds them."""

from datetime import date
from itertools import product
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from contract_assembly.build.pipeline import draft
from contract_assembly.build.revisions import for_word, revision, state, working_tree
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.redline.writer import redline
from contract_assembly.writers.docx.writer import docx
from tests.helpers.changed import ROOT, changed, sample
from tests.helpers.sample_tree import cells, p, t
from tests.helpers.sample_tree import sample as every_kind
from tests.helpers.tracked import accepted, rejected
from tests.helpers.word_reader import W, part, read, text_of
from tests.writers.docx.test_writer import HOUSE

WHO, DAY = "Northlight IT Services LLC", date(2026, 10, 1)
ACME = ("acme", "2026-support")
MARGINS = ("word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml")
REAL = [ACME, ("brookfield", "2026-support"), ("hudson", "2026-block")]


def marked(old: d.Document, new: d.Document) -> bytes:
    return redline(old, new, HOUSE, WHO, DAY)


def shown(file: bytes) -> list:
    """Everything that a reader sees: each paragraph's style, number and words, and the words of heads and feet."""
    return [*read(file), *[text_of(part(file, name)) for name in MARGINS]]


def marks(file: bytes, *names: str) -> list:
    return [each for name in names for each in part(file, "word/document.xml").iter(f"{W}{name}")]


def holds_both(old: d.Document, new: d.Document) -> bytes:
    file = marked(old, new)
    assert shown(accepted(file)) == shown(docx(new, HOUSE))
    assert shown(rejected(file)) == shown(docx(old, HOUSE))
    return file


def tree(*clauses: d.Block) -> d.Document:
    document = d.Document(every_kind().meta, (d.Part("terms", "terms", t("Terms"), clauses),))
    return resolved(numbered(document), {})[0]


def clause(name: str, *blocks: d.Block) -> d.Section:
    subs = [d.Section(f"{name}-{n}", 2, t("Caption"), (block,)) for n, block in enumerate(blocks)]
    return d.Section(name, 1, t(name.capitalize()), tuple(subs))


FEES = clause("fees", p("Pay on time."), p("See section ", d.Reference("term-0"), " for the end."))
TERM = clause("term", p("It lasts a whole year."), d.Items((d.Item((p("one;"),)), d.Item((p("two."),)))))
LINES = clause("lines", d.Table(("left", "right"), cells("Item", "Fee"), (cells("Users", "10"), cells("Sites", "20"))))


@pytest.fixture(scope="module")
def documents():
    repository = Repository(ROOT)
    return {pair: draft(repository, *pair).document for pair in REAL}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Acme's contract before and after a change of every kind, with its redline."""
    root = changed(sample(tmp_path_factory.mktemp("repository")))
    old, new = for_word(state(revision(root, "HEAD"), *ACME), state(working_tree(root), *ACME))
    return old, new, marked(old, new)


def test_a_real_change_is_accepted_to_the_new_contract_and_rejected_to_the_old(both):
    old, new, file = both
    assert shown(accepted(file)) == shown(docx(new, HOUSE))
    assert shown(rejected(file)) == shown(docx(old, HOUSE))
    assert shown(docx(old, HOUSE)) != shown(docx(new, HOUSE))


def test_a_real_change_marks_little_and_a_move_as_a_move(both):
    file = both[2]
    assert 20 < len(marks(file, "ins", "del")) < 200
    moves = [
        {each.get(f"{W}name") for each in marks(file, name)} for name in ("moveFromRangeStart", "moveToRangeStart")
    ]
    assert moves[0] == moves[1]
    assert len(moves[0]) == 3  # the clause and its two subsections
    gone = "".join(text_of(each) for each in marks(file, "moveFrom"))
    assert gone == "".join(text_of(each) for each in marks(file, "moveTo"))
    assert "liability insurance" in gone


def test_each_change_bears_who_and_when_and_a_number_of_its_own(both):
    found = marks(both[2], "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "pPrChange")
    assert {(each.get(f"{W}author"), each.get(f"{W}date")) for each in found} == {(WHO, "2026-10-01T00:00:00Z")}
    numbers = [each.get(f"{W}id") for each in found]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(("before", "after"), list(product(REAL, REAL)), ids=lambda pair: pair[0])
def test_any_contract_becomes_any_other(documents, before, after):
    file = holds_both(documents[before], documents[after])
    assert bool(marks(file, "ins", "del")) == (before != after)


def test_the_file_is_sound_in_the_eyes_of_a_validator(both, documents, tmp_path):
    files = {"change": both[2], "other": marked(documents[REAL[0]], documents[REAL[1]])}
    for name, file in files.items():
        (tmp_path / f"{name}.docx").write_bytes(file)
        result = OpenXmlValidator().validate(tmp_path / f"{name}.docx")
        assert not [str(each) for each in result.errors]


def test_the_same_states_give_the_same_bytes(both):
    assert marked(both[0], both[1]) == both[2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((FEES, TERM), (LINES, FEES, TERM)),
        ((FEES, TERM, LINES), (TERM, FEES)),
        ((FEES, TERM), (TERM, FEES)),
        ((LINES, FEES, TERM), (FEES, TERM, LINES)),
        ((TERM,), (clause("term", p("It lasts two whole years."), d.Items((d.Item((p("one;"),)), d.Item((p("new; or"),)), d.Item((p("two."),))))),)),
        ((TERM,), (clause("term", d.Items((d.Item((p("one;"),)), d.Item((p("two."),)))), p("It lasts a whole year.")),)),
        ((LINES,), (clause("lines", d.Table(("left", "right"), cells("Item", "Fee"), (cells("Sites", "25"), cells("Phones", "3")))),)),
        ((LINES,), (clause("lines", d.Table(("left",), cells("Item"), (cells("Users"),))),)),
        ((FEES, TERM), (clause("fees", p("Pay on time, always.")), TERM)),
    ],
)  # fmt: skip
def test_small_changes_hold_both_states(old, new):
    holds_both(tree(*old), tree(*new))


def test_a_number_that_a_reference_shows_is_tracked_inside_its_field():
    file = holds_both(tree(FEES, TERM), tree(LINES, FEES, TERM))
    (paragraph,) = [each for each in part(file, "word/document.xml").iter(f"{W}p") if "for the end" in text_of(each)]
    kinds = [each.get(f"{W}fldCharType") for each in paragraph.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert [each.text for each in paragraph.iter(f"{W}delText")] == ["2.1"]


def test_every_kind_of_node_comes_and_goes():
    whole = every_kind()
    first = d.Document(whole.meta, whole.parts[:1])
    for old, new in ((whole, whole), (whole, first), (first, whole)):
        holds_both(old, new)


def test_nothing_but_words_is_in_the_file(both, tmp_path):
    (tmp_path / "a.docx").write_bytes(both[2])
    with ZipFile(tmp_path / "a.docx") as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in file.namelist() if "comment" in name or "people" in name]
