"""A PDF with every kind of change marked is valid for qpdf, and an accessible archive file for veraPDF."""

import pytest

from contract_assembly.build.revisions import for_page, revision, state, working_tree
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.pdf.marked_changes import marked_pdf
from tests.documents.judges import pdfinfo, qpdf, verapdf
from tests.helpers.changed import ROOT, changed, sample

ACME = ("acme", "2026-support")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = changed(sample(tmp_path_factory.mktemp("repository")))
    old, new = state(revision(root, "HEAD"), *ACME), state(working_tree(root), *ACME)
    file = tmp_path_factory.mktemp("marked") / "marked.pdf"
    document, name, summary = for_page(old, new)
    file.write_bytes(marked_pdf(document, Repository(ROOT).house(new.found.inputs.provider), name, summary))
    return file


def test_verapdf_finds_it_compliant_with_both_standards(made):
    verdicts = verapdf([("3a", made), ("ua1", made)])
    assert [(each["compliant"], each["broken"]) for each in verdicts] == [(True, {})] * 2
    assert all(each["checks"] > 50_000 for each in verdicts)


def test_qpdf_finds_its_syntax_sound_and_poppler_no_form_in_it(made):
    assert qpdf(made) == ""
    assert pdfinfo(made)["Tagged"] == "yes"
    assert pdfinfo(made)["Form"] == "none"
