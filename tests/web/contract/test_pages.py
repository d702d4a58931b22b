"""The pages of a contract, as functions of what is asked."""

import shutil
import struct

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.web import templates
from contract_assembly.web.contract.pages import (
    compare_page,
    contract_page,
    picture_page,
)
from contract_assembly.web.contract.routes import ROUTES
from tests.helpers.corpus import AGREEMENT, based, change
from tests.helpers.git_repositories import begun
from tests.helpers.shown_firm import FACTS, NAMES, SCRIPT, asked, hostile, sent_then_changed


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return sent_then_changed(tmp_path_factory.getbasetemp() / "shown")


def rendered(page, *, served=True):
    return templates.rendered(page, str, served=served)


def test_a_contract_that_was_sent_is_shown_as_it_was_sent_unless_its_files_are_asked_for(root):
    sent, now = contract_page(asked(root)), contract_page(asked(root, **{"as": "files"}))
    assert "as it was sent" in rendered(sent)
    assert "2,438.00" in rendered(sent)
    assert "2,562.00" in rendered(now)


def test_each_fact_leads_to_a_card_with_its_place_which_opens_in_the_editor(root):
    page = rendered(contract_page(asked(root, **{"as": "files"})))
    assert f'title="Monthly fee · {FACTS}:' in page
    assert f'<a href="vscode://file{root.resolve()}/{FACTS}:' in page
    assert f"<code>{FACTS}:" in page
    assert "/agreements/acme/2026-support/edit?line=" in page


def test_files_hold_no_links_that_need_the_server_or_this_machine(root):
    page = rendered(contract_page(asked(root)), served=False)
    assert not {"vscode:", "/edit", "?as=", "?pdf", str(root)} & set(page.replace('"', " ").replace("?", " ?").split())
    assert "vscode" not in page
    assert str(root) not in page
    assert "/edit" not in page


def test_script_in_every_fact_is_shown_as_text(tmp_path):
    page = contract_page(asked(hostile(based(tmp_path / "root"))))
    assert page.status == 200
    text = rendered(page)
    assert text.count("<script") == text.count('<script src="')
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 10


def test_script_in_a_clause_is_a_problem_and_shown_as_text(tmp_path):
    root = based(tmp_path / "root")
    change(root, f"clauses/notes.md\n-Each party keeps notes.\n+Each party keeps {SCRIPT} notes.\n")
    page = contract_page(asked(root))
    assert page.status == 422
    text = rendered(page)
    assert text.count("<script") == text.count('<script src="')
    assert "Each party keeps &lt;script&gt;alert(1)&lt;/script&gt; notes." in text


def test_broken_facts_are_shown_with_their_lines_in_place_of_the_document(tmp_path):
    root = based(tmp_path / "root")
    change(root, f"{FACTS}\n-  length: 12 months\n+  length: 12 monts\n")
    for function in (contract_page, compare_page):
        page = function(asked(root))
        assert page.status == 422
        text = rendered(page)
        assert "12 monts" in text
        assert "agreement.yaml:13" in text
        assert 'class="wrong"' in text


def test_changes_are_marked_with_a_list_of_figures_on_top(root):
    page = rendered(compare_page(asked(root)))
    assert "<ins>" in page
    assert "<del>" in page
    assert page.index("Monthly fee") < page.index('class="paper')
    assert rendered(compare_page(asked(root, old="HEAD~1", new="HEAD"))).count("Nothing changed") == 1


@pytest.mark.parametrize("name", ["nothing-of-this-name", "no\0thing", "--output=x", "a\nb", "é" * 3_000])
def test_a_revision_that_is_unknown_is_a_problem_on_the_page(root, name):
    page = compare_page(asked(root, old=name))
    assert page.status == 422
    assert "git knows no commit" in rendered(page)


def test_a_client_whose_file_is_broken_still_has_its_pages(tmp_path):
    root = begun(based(tmp_path / "root"))
    change(root, "agreements/acme/client.yaml\n-place: US-NY\n+place: somewhere\n")
    for function in (contract_page, compare_page):
        page = function(asked(root))
        assert page.status == 422
        assert "client.yaml" in rendered(page)


def test_an_agreement_that_is_not_there_is_refused(root):
    with pytest.raises(RefusedError) as error:
        contract_page(asked(root, {"client": "acme", "agreement": "1999-support"}))
    assert [each.rule for each in error.value.problems] == ["unknown-agreement"]


def test_a_contract_on_other_paper_says_so_and_shows_the_signed_file(root, tmp_path):
    other = tmp_path / "root"
    shutil.copytree(root, other, symlinks=True)
    change(other, f"{FACTS}\n-kind: support\n+kind: support\n+origin: elsewhere\n")
    page = contract_page(asked(other))
    assert "signed on other paper" in rendered(page)
    assert page.values["sheet"] is None
    assert len(page.values["pages"]) > 1


def test_the_pages_of_the_pdf_are_pictures_of_the_file_that_was_sent(root):
    found = picture_page(asked(root, {**NAMES, "number": "1"}, **{"as": "frozen"}))
    assert found.media == "image/png"
    assert struct.unpack(">I", found.data[16:20]) == (1000,)
    for wrong in ("0", "999", "x", "9" * 50):
        with pytest.raises(RefusedError) as error:
            picture_page(asked(root, {**NAMES, "number": wrong}, **{"as": "frozen"}))
        assert [each.rule for each in error.value.problems] == ["unreadable-pdf"]


def test_pictures_are_counted_only_when_they_are_asked_for(root):
    assert contract_page(asked(root)).values["has_pages"] is False
    page = contract_page(asked(root, pdf=""))
    assert len(page.values["pages"]) == len(rendered(page).split("<figure>")) - 1 > 1


def test_site_knows_every_page_that_needs_no_server(root):
    snapshot = asked(root).snapshot
    lists = {route.path: list(route.every(snapshot)) for route in ROUTES if route.every}
    assert lists["/agreements/{client}/{agreement}/contract"] == [NAMES]
    assert {"house": "provider", "name": "paper.css"} in lists["/house/{house}/{name}"]
    assert "agreements/{client}/{agreement}".format(**NAMES) == AGREEMENT
