"""Two small documents and the redline between them, for tests of tracked changes."""

from datetime import date

import pytest

from contract_assembly.build.revisions import for_word, revision, state, working_tree
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.writers.docx.redline.writer import redline
from contract_assembly.writers.docx.writer import docx
from tests.helpers.changed import changed, sample
from tests.helpers.sample_tree import cells, p, t
from tests.helpers.sample_tree import sample as every_kind
from tests.helpers.tracked import accepted, rejected
from tests.helpers.word_bodies import HOUSE
from tests.helpers.word_reader import W, part, read, text_of

ACME = ("acme", "2026-support")

WHO, DAY = "Northlight IT Services LLC", date(2026, 10, 1)


MARGINS = ("word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml")


def marked(old: d.Document, new: d.Document) -> bytes:
    return redline(old, new, HOUSE, author=WHO, day=DAY)


def shown(file: bytes) -> list:
    """Everything visible: each paragraph's style, number and text, and the text of headers and footers."""
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


LINES = clause("lines", d.Table(("left", "right"), cells("Item", "Fee"), (cells("Users", "10"), cells("Sites", "20"))))


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Acme's contract before and after a change of every kind, with its redline."""
    root = changed(sample(tmp_path_factory.mktemp("repository")))
    old, new = for_word(state(revision(root, "HEAD"), *ACME), state(working_tree(root), *ACME))
    return old, new, marked(old, new)


LONG = "Either party may end this Agreement if the other commits a material breach and does not cure it within thirty days."


TAIL = "Insolvency of one party does not end it by itself, and nothing in this section limits what the law allows."


ENDING = d.Section("other", 1, t("Other"), (d.Section("other-0", 2, t("Insolvency"), (p("It is for a court."),)),))


def ending(*blocks: d.Block) -> d.Document:
    return tree(d.Section("end", 1, t("End"), (d.Section("end-0", 2, t("Breach"), blocks),)), ENDING)


SCHEDULE = d.Part("schedule", "sums", t("Sums"), (p("What is due."), LINES.children[0].children[0]))


PLAIN = d.Part("schedule", "plain", t("Plain"), (p("No table."),))


FEES = clause("fees", p("Pay on time."), p("See section ", d.Reference("term-0"), " for the end."))


TERM = clause("term", p("It lasts a whole year."), d.Items((d.Item((p("one;"),)), d.Item((p("two."),)))))
