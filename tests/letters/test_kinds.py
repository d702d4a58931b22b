"""Documents besides the contract: files of facts below an agreement, built, recorded and kept with it."""

import json

import pytest

from contract_assembly.build.pipeline import draft
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, approved, based, run, state
from tests.helpers.documents import clause_file, lay_out

LETTER = "document: cover-letter\ndate: 2026-09-02\nanswer_by: 2026-09-16\n"
CLAUSE = clause_file(
    "{{ document.writer.name }} wrote this on {{ document.date | date }} and waits until {{ document.answer_by | date }}."
)


@pytest.fixture
def root(tmp_path):
    root = based(tmp_path / "root")
    lay_out(root, "for-signature", LETTER, CLAUSE)
    return root


def build(root, *more, of="acme"):
    return run(root, "--client", of, "--format", "md", *more)


def record(root):
    return json.loads((root / AGREEMENT / "record.json").read_bytes())["documents"]


def test_a_document_is_built_beside_the_contract(root):
    said = build(root)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{AGREEMENT}: wrote contract.md, for-signature.md, record.json\n"
    words = (root / AGREEMENT / "for-signature.md").read_text()
    assert "on September 2, 2026 and waits until September 16, 2026." in words.replace("\u00a0", " ")
    assert words.count("Your agreement for signature")


def test_the_record_tells_each_document_apart(root):
    build(root)
    assert list(record(root)) == ["contract", "for-signature"]
    assert f"{AGREEMENT}/documents/for-signature.yaml" in record(root)["for-signature"]["inputs"]
    assert f"{AGREEMENT}/documents/for-signature.yaml" not in record(root)["contract"]["inputs"]


def test_a_second_build_has_nothing_to_do(root):
    build(root)
    assert build(root).out == f"{AGREEMENT}: nothing to do\n"


def test_one_document_can_be_built_alone_and_the_others_stay_recorded(root):
    build(root)
    path = root / AGREEMENT / "documents/for-signature.yaml"
    path.write_text(LETTER.replace("-16", "-18"))
    said = build(root, "--document", "for-signature", of="acme/2026-support")
    assert said.out == f"{AGREEMENT}: wrote for-signature.md, record.json\n"
    assert list(record(root)) == ["contract", "for-signature"]


def test_an_unknown_document_names_those_there_are(root):
    said = build(root, "--document", "letter", of="acme/2026-support")
    assert said.code == 1
    assert "known here: contract, for-signature" in said.err


def test_what_was_built_as_sent_is_never_built_again(root):
    (root / AGREEMENT / "documents/for-signature.yaml").write_text(LETTER + "status: sent\n")
    approved("--on", "2026-09-01")(root)
    assert build(root).code == 0
    sent = (root / AGREEMENT / "for-signature.md").read_bytes()
    assert b"DRAFT" not in sent
    (root / "clauses/letter-words.md").write_text(CLAUSE.replace("wrote", "signed"))
    assert build(root).out == f"{AGREEMENT}: nothing to do\n"
    assert (root / AGREEMENT / "for-signature.md").read_bytes() == sent


def test_a_document_of_a_signed_agreement_is_built_and_its_contract_is_not(root):
    path = root / AGREEMENT / "agreement.yaml"
    path.write_text(path.read_text().replace("status: draft", "status: signed"))
    assert build(root).out == f"{AGREEMENT}: wrote for-signature.md, record.json\n"


def test_a_document_that_is_wrong_keeps_the_whole_set_from_landing(root):
    before = state(root)
    (root / AGREEMENT / "documents/for-signature.yaml").write_text(LETTER + "writer: nobody\n")
    said = build(root)
    assert said.code == 1
    assert (
        f"{AGREEMENT}/documents/for-signature.yaml:4: error: writer: nobody is not one of the provider's people"
        in said.err
    )
    assert state(root).keys() == before.keys()


def test_a_document_of_an_unknown_kind_names_the_kinds(root):
    (root / AGREEMENT / "documents/for-signature.yaml").write_text(LETTER.replace("cover-letter", "poem"))
    with pytest.raises(RefusedError) as refused:
        draft(Repository(root), "acme", "2026-support", "for-signature")
    assert "'cover-letter'" in refused.value.problems[0].hint


def test_a_document_cannot_take_the_name_of_the_contract(root):
    (root / AGREEMENT / "documents/record.yaml").write_text(LETTER)
    assert "a document cannot be called record" in build(root).err


def test_parameters_of_the_contract_are_no_business_of_a_letter(root):
    path = root / AGREEMENT / "agreement.yaml"
    path.write_text(path.read_text() + "choose:\n  notes: notes\n")
    assert build(root).code == 0
