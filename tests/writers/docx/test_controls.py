"""A file returned from Word is read by clause. Changes are made as a lawyer's Word would make them: with lxml, inside the
controls."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx as python_docx
import pytest
from lxml import etree

from contract_assembly.build.pipeline import draft
from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.runs import tag
from contract_assembly.writers.docx.writer import docx
from tests.helpers.control_reader import BODY, clause_texts, fact_texts
from tests.helpers.sample_tree import sample
from tests.helpers.word_reader import W
from tests.writers.docx.test_writer import HOUSE

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def acme():
    return draft(Repository(ROOT), "acme", "2026-support").document


@pytest.fixture(scope="module")
def sent(acme) -> bytes:
    return docx(acme, HOUSE)


def edited(file: bytes, change) -> bytes:
    """The file as python-docx saves it after a change of its body."""
    word = python_docx.Document(BytesIO(file))
    change(word.element.body)
    saved = BytesIO()
    word.save(saved)
    return saved.getvalue()


def inside(body, name: str):
    """The control around paragraphs with this tag."""
    return next(each for each in body.iterchildren(f"{W}sdt") if each.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == name)


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = clause_texts(before), clause_texts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def test_every_clause_is_found_with_its_words_in_order(acme, sent):
    clauses = [each for part in acme.parts for each in part.children if isinstance(each, d.Section)]
    found = clause_texts(sent)
    assert list(found) == [each.clause for each in clauses]
    assert len(found) > 70
    for each in clauses:
        words = "".join(found[each.clause].split())
        assert words.startswith("".join(d.plain(each.heading).split()))
        for paragraph in (node for node in d.walk(each) if isinstance(node, d.Paragraph)):
            assert "".join(d.plain(paragraph.children).split()) in words


def test_every_fact_is_found_with_its_words_wherever_it_occurs(acme, sent):
    found = fact_texts(sent)
    expected: dict[str, tuple[str, ...]] = {}
    for each in d.walk(acme):
        if isinstance(each, d.Value) and each.text and each.key:
            expected[tag(each.key)] = (*expected.get(tag(each.key), ()), each.text)
    assert {name: sorted(texts) for name, texts in found.items()} == {n: sorted(texts) for n, texts in expected.items()}


def test_a_file_that_word_only_saved_has_the_same_texts(sent):
    assert changed(sent, edited(sent, lambda body: None)) == set()


def test_the_clause_whose_words_were_changed_is_found(sent):
    name = next(each for each in clause_texts(sent) if each.startswith("confidentiality"))

    def soften(body):
        words = next(each for each in inside(body, name).iter(f"{W}t") if "shall" in (each.text or ""))
        words.text = words.text.replace("shall", "should", 1)

    assert changed(sent, edited(sent, soften)) == {name}


def test_a_fact_that_was_changed_is_found_with_its_clause(sent):
    key = "fees.monthly"

    def cheaper(body):
        for control in body.iter(f"{W}sdt"):
            if control.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == key:
                next(control.iter(f"{W}t")).text = "$1.00"

    after = edited(sent, cheaper)
    old, new = fact_texts(sent), fact_texts(after)
    assert {name for name in old if old[name] != new[name]} == {key}
    assert set(new[key]) == {"$1.00"}
    assert changed(sent, after)


def test_a_clause_that_was_deleted_or_moved_is_found():
    before = docx(sample(), HOUSE)
    gone = edited(before, lambda body: body.remove(inside(body, "fees")))
    moved = edited(before, lambda body: body.insert(0, inside(body, "fees")))
    assert changed(before, gone) == {"fees"}
    assert changed(before, moved) == set()
    assert next(iter(clause_texts(moved))) == "fees"


def test_tracked_changes_are_read_as_the_other_side_would_have_them():
    def track(body):
        run = next(each for each in inside(body, "services").iter(f"{W}r") if "maintenance" in "".join(each.itertext()))
        holder, place = run.getparent(), run.getparent().index(run)
        deleted = etree.SubElement(holder, f"{W}del", {f"{W}id": "900", f"{W}author": "x"})
        holder.insert(place, deleted)
        deleted.append(run)
        for each in run.iter(f"{W}t"):
            each.tag = f"{W}delText"
        added = etree.fromstring(
            f'<w:ins xmlns:w="{W[1:-1]}" w:id="901" w:author="x"><w:r><w:t>repairs</w:t></w:r></w:ins>'
        )
        holder.insert(place + 1, added)

    before = docx(sample(), HOUSE)
    after = edited(before, track)
    assert changed(before, after) == {"services"}
    assert "\nrepairs\n" in clause_texts(after)["services"]
    assert "maintenance" not in clause_texts(after)["services"]


def test_words_outside_clauses_are_left_out():
    before = docx(sample(), HOUSE)
    more = edited(
        before,
        lambda body: body.insert(0, etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>Hi</w:t></w:r></w:p>')),
    )
    assert changed(before, more) == set()


# ---- files of other kinds


def packed(body: bytes, name: str = BODY) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, body)
    return file.getvalue()


BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>"""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        packed(b"<w"),
        packed(b"", "other.xml"),
        packed(b""),
        packed(BOMB),
        packed(BOMB.decode().encode("utf-16")),
    ],
    ids=["empty", "pdf", "torn", "no body", "empty body", "entities", "entities in UTF-16"],
)
def test_anything_but_a_word_file_is_refused(data):
    for read in (clause_texts, fact_texts):
        with pytest.raises(RefusedError, match="not-a-word-file"):
            read(data)


def test_a_truncated_file_is_refused():
    whole = docx(sample(), HOUSE)
    for end in range(0, len(whole), 997):
        with pytest.raises(RefusedError, match="not-a-word-file"):
            clause_texts(whole[:end])


def test_a_corrupted_byte_is_refused_or_harmless():
    whole = docx(sample(), HOUSE)
    for place in range(0, len(whole), 613):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0x55
        try:
            clause_texts(bytes(spoilt))
        except RefusedError as error:
            assert error.problems[0].rule == "not-a-word-file"  # noqa: PT017  # either result is right
