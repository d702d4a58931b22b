"""A redline is sound for the Open XML SDK, and LibreOffice accepts it to the new contract and rejects it to the old one."""

import pytest

from contract_assembly.build.revisions import for_word, revision, state, working_tree
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.redline.writer import redline
from contract_assembly.writers.docx.writer import docx
from contract_assembly.writers.markdown import markdown
from tests.documents.judges import libreoffice, open_xml_sdk, settled
from tests.helpers.changed import ROOT, changed, sample
from tests.whole.test_parity import of_markdown, of_pdf, table_heads

ACME = ("acme", "2026-support")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Acme's contract before and after a change of every kind, and the redline between them."""
    root = changed(sample(tmp_path_factory.mktemp("repository")))
    now = working_tree(root)
    old, new = for_word(state(revision(root, "HEAD"), *ACME), state(now, *ACME))
    house = Repository(ROOT).house()
    into = tmp_path_factory.mktemp("redline")
    file = into / "redline.docx"
    file.write_bytes(redline(old, new, house, new.meta.author, state(now, *ACME).day))
    (into / "same.docx").write_bytes(docx(new, house))
    return file, {"accept": markdown(new, house), "reject": markdown(old, house)}


@pytest.fixture(scope="module")
def settled_and_set(made):
    """What LibreOffice makes of it, saved, opened anew and set as PDF; and how many changes it found."""
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
def test_libreoffice_comes_to_the_words_and_numbers_of_either_state(made, settled_and_set, how):
    text = made[1][how]
    assert of_pdf(settled_and_set[1][how].read_bytes(), table_heads(text)) == of_markdown(text)


def test_libreoffice_finds_the_changes_and_none_in_a_plain_contract(settled_and_set):
    accepted, rejected, plain = settled_and_set[0]
    assert accepted == rejected > 50
    assert plain == 0
