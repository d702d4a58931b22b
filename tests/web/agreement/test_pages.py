"""The pages of a client and an agreement, as functions of what is asked."""

import re

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.web import templates
from contract_assembly.web.agreement.pages import agreement_page, client_page, file_page, history_page
from tests.helpers.corpus import based, change
from tests.helpers.shown_firm import FACTS, NAMES, asked, hostile, sent_then_changed


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return sent_then_changed(tmp_path_factory.getbasetemp() / "shown")


def rendered(page, *, served=True):
    return templates.rendered(page, str, served=served)


def test_the_page_of_an_agreement_has_its_next_step_its_facts_and_its_history(root):
    page = rendered(agreement_page(asked(root)))
    for words in ("build.py status acme/2026-support", "Monthly fee", "Read the contract", "Send the contract to Acme"):
        assert words in page
    assert f'href="vscode://file{root.resolve()}/{FACTS}:' in page


def test_as_a_file_it_names_no_place_on_this_machine_and_no_page_that_needs_the_server(root):
    for function in (agreement_page, client_page):
        page = rendered(function(asked(root)), served=False)
        assert "vscode" not in page
        assert str(root) not in page
        assert "/edit" not in page
        assert not {"/files/", "/history", "/changes", "mailto:"} & set(
            re.findall(r"/files/|/history|/changes|mailto:", page)
        )


def test_script_in_every_fact_is_shown_as_text(tmp_path):
    root = hostile(based(tmp_path / "root"))
    for function in (agreement_page, client_page):
        text = rendered(function(asked(root)))
        assert text.count("<script") == text.count('<script src="')
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_broken_facts_are_shown_with_their_lines(tmp_path):
    root = based(tmp_path / "root")
    change(root, f"{FACTS}\n-version: 1\n+version: one\n")
    page = agreement_page(asked(root))
    assert page.status == 422
    assert "version: one" in rendered(page)


def test_history_goes_back_page_by_page_whatever_is_asked(root):
    assert "Begin" in rendered(history_page(asked(root)))
    assert "There is nothing here" in rendered(history_page(asked(root, skip="30")))
    for strange in ("-1", "x", "9" * 40, "١"):
        assert history_page(asked(root, skip=strange)).values["skip"] == 0


def test_only_built_documents_are_given_out(root):
    found = file_page(asked(root, {**NAMES, "name": "contract.pdf"}))
    assert (found.data[:4], found.media, found.name) == (b"%PDF", "application/pdf", "acme-2026-support-contract.pdf")
    for name in ("agreement.yaml", "record.json", "../client.yaml", "other.pdf", "..", ".pdf"):
        with pytest.raises(RefusedError):
            file_page(asked(root, {**NAMES, "name": name}))


def test_an_unknown_client_or_agreement_is_refused(root):
    for names in (
        {"client": "acne", "agreement": "x"},
        {"client": "acme", "agreement": "x"},
        {"client": "..", "agreement": "x"},
    ):
        with pytest.raises(RefusedError):
            agreement_page(asked(root, names))
    with pytest.raises(RefusedError):
        client_page(asked(root, {"client": "acne"}))
