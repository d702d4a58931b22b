"""A redline is valid for the Open XML SDK; accepted by LibreOffice it is the new contract, rejected the old one."""

from datetime import date

import pytest

from contract_assembly.build.revisions import for_word, revision, state, working_tree
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.redline.writer import redline
from contract_assembly.writers.docx.writer import docx
from contract_assembly.writers.markdown import markdown
from tests.documents.judges import libreoffice, open_xml_sdk, settled
from tests.helpers.changed import ROOT, changed, sample
from tests.helpers.redline_bodies import LINES, LONG, PLAIN, SCHEDULE, TAIL, ending
from tests.helpers.sample_tree import p, t
from tests.helpers.sample_tree import sample as every_kind
from tests.helpers.word_bodies import HOUSE
from tests.whole.test_parity import of_markdown, of_pdf, table_heads

ACME = ("acme", "2026-support")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Acme's contract before and after every kind of change, and the redline between them."""
    root = changed(sample(tmp_path_factory.mktemp("repository")))
    now = working_tree(root)
    old, new = for_word(state(revision(root, "HEAD"), *ACME), state(now, *ACME))
    house = Repository(ROOT).house()
    into = tmp_path_factory.mktemp("redline")
    file = into / "redline.docx"
    file.write_bytes(redline(old, new, house, author=new.meta.author, day=state(now, *ACME).day))
    (into / "same.docx").write_bytes(docx(new, house))
    return file, {"accept": markdown(new, house), "reject": markdown(old, house)}


@pytest.fixture(scope="module")
def settled_and_set(made):
    """The redline accepted and rejected by LibreOffice, saved, opened again and converted to PDF; and the number of changes
    it found."""
    file, texts = made
    into = file.parent
    orders = [(how, file, into / f"{how}.docx") for how in texts] + [
        ("accept", into / "same.docx", into / "plain.docx")
    ]
    counts = settled(orders, into)
    pages = libreoffice([into / f"{how}.docx" for how in texts], into)
    return counts, dict(zip(texts, pages, strict=True))


def test_the_open_xml_sdk_finds_no_error_in_a_redline(made):
    assert open_xml_sdk(made[0]) == []


@pytest.mark.parametrize("how", ["accept", "reject"])
def test_libreoffice_gives_the_words_and_numbers_of_either_state(made, settled_and_set, how):
    text = made[1][how]
    assert of_pdf(settled_and_set[1][how].read_bytes(), table_heads(text)) == of_markdown(text)


def test_libreoffice_finds_the_changes_and_none_in_a_plain_contract(settled_and_set):
    accepted, rejected, plain = settled_and_set[0]
    assert accepted == rejected > 50
    assert plain == 0


def _terms(*parts: d.Part) -> d.Document:
    terms = ending(p(LONG)).parts[0]
    return resolved(numbered(d.Document(every_kind().meta, (terms, *parts))), {})[0]


TABLE = LINES.children[0].children[0]
CLOSED = d.Part("schedule", "closed", t("Closed"), (p("Ends with a table."), TABLE))
SMALL = {
    "split": (ending(p(f"{LONG} {TAIL}")), ending(p(LONG), p(TAIL))),
    "tail and paragraph": (ending(p(LONG)), ending(p(f"{LONG} {TAIL}"), p("Records stay."))),
    "schedule": (_terms(PLAIN), _terms(SCHEDULE, PLAIN)),
    "schedule after a table": (_terms(CLOSED, PLAIN), _terms(CLOSED, SCHEDULE, PLAIN)),
    "last schedule": (_terms(PLAIN), _terms(PLAIN, SCHEDULE)),
    "last paragraph": (_terms(), _terms(PLAIN)),
    "table": (ending(p(LONG)), ending(p(LONG), TABLE)),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The text of each small change in both directions, as LibreOffice accepts and rejects it, and as expected."""
    into = tmp_path_factory.mktemp("small")
    orders, meant = [], {}
    for n, (name, both) in enumerate(SMALL.items()):
        for back, (old, new) in enumerate((both, both[::-1])):
            file = into / f"{n}-{back}.docx"
            file.write_bytes(redline(old, new, HOUSE, author="Northlight", day=date(2026, 10, 1)))
            for how, tree in (("accept", new), ("reject", old)):
                out = into / f"{n}-{back}-{how}.docx"
                orders.append((how, file, out))
                meant[name, back, how] = out, markdown(tree, HOUSE)
    settled(orders, into)
    made = libreoffice([out for out, _ in meant.values()], into)
    return {key: (made[n].read_bytes(), text) for n, (key, (_, text)) in enumerate(meant.items())}


@pytest.mark.parametrize("how", ["accept", "reject"])
@pytest.mark.parametrize("back", [0, 1])
@pytest.mark.parametrize("name", SMALL)
def test_libreoffice_leaves_no_trace_of_a_small_change(small, name, back, how):
    made, text = small[name, back, how]
    assert of_pdf(made, table_heads(text)) == of_markdown(text)
