"""Records and keys of documents."""

from datetime import date

from msgspec.structs import replace

from contract_assembly import __version__
from contract_assembly.document.tree import Text
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord, Judged, Output
from contract_assembly.repository.record_writer import Keys, file_name, files_of, finished, ingredients, unchanged
from tests.helpers.corpus import REPOSITORY
from tests.helpers.sample_tree import sample

JUDGED = Judged("support", "US-NY", date(2026, 10, 1), final=False, unapproved=0)


def test_a_mail_comes_with_the_pdf_that_it_carries():
    assert file_name("contract", "pdf") == "contract.pdf"
    assert files_of("letter", ("md", "pdf"), mailed=True) == ("letter.md", "letter.pdf", "letter.eml")
    assert files_of("letter", ("md",), mailed=True) == ("letter.md",)
    assert files_of("letter", ("md", "pdf"), mailed=False) == ("letter.md", "letter.pdf")


def test_a_source_that_does_not_exist_has_no_digests():
    record = ingredients(
        Repository(REPOSITORY),
        (),
        ("README.md", "no-such-file"),
        status="draft",
        reference="A-1",
        tree="t",
        judged=JUDGED,
        pinned={},
        engine="weasyprint",
    )
    assert record.engine == ""
    assert record.inputs["no-such-file"] is None
    assert len(record.inputs["README.md"].sha256) == 64


def test_an_output_carries_the_key_of_its_tree_and_earlier_ones_stay():
    kept = {"contract.md": Output("old", "tree-before")}
    record = finished(DocumentRecord(tree="tree-now"), "inputs", {"contract.pdf": b"%PDF"}, kept, {"fees": 2})
    assert record.outputs["contract.md"] == kept["contract.md"]
    assert record.outputs["contract.pdf"][1:] == ("tree-now", "inputs")
    assert (record.version, record.pages) == (__version__, {"fees": 2})


def test_a_record_that_another_version_wrote_is_unchanged_if_nothing_else_differs():
    record = DocumentRecord(tree="t", version="1")
    assert unchanged(record, replace(record, version="2"))
    assert not unchanged(record, replace(record, tree="u"))
    assert not unchanged(None, record)


def test_equal_trees_have_equal_keys_and_any_word_changes_the_key():
    tree = sample()
    house = Repository(REPOSITORY).house()
    first, *others = tree.parts
    changed = replace(tree, parts=(replace(first, heading=(Text("Another"),)), *others))
    keys = Keys(house)
    assert keys.of(tree) == Keys(house).of(sample())
    assert keys.of(changed) != keys.of(tree)
    assert keys.of(replace(changed, parts=tree.parts)) == keys.of(tree)
