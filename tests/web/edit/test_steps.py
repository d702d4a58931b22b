"""The steps of a document, taken on a page."""

from datetime import date

import pytest

from contract_assembly.web import templates
from contract_assembly.web.edit.steps import step, steps_page
from contract_assembly.web.page import PageRequest, Redirect
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import AGREEMENT, based, change, run

PATH = f"{AGREEMENT}/agreement.yaml"


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def asked(root, **query):
    names = {"client": "acme", "agreement": "2026-support"}
    return PageRequest(Snapshot(root, date(2026, 11, 30)), names, query)


def html(page):
    return templates.rendered(page, lambda path: path, served=True)


def test_what_is_open_stands_before_the_step_and_leads_to_its_form(root):
    change(root, f"{PATH}\n-version: 1\n+version: 1\n+open: [Ask for the address]\n")
    page = steps_page(asked(root))
    assert "still open: Ask for the address" in html(page)
    assert "/edit?line=" in html(page)
    assert "Mark the contract as sent" not in html(page)
    answer = step(asked(root), {"do": ("sent:contract",)}, root)
    assert answer.status == 422
    assert "status: draft" in (root / PATH).read_text()


@pytest.mark.slow
def test_a_contract_is_sent_and_taken_back_with_a_reason(root):
    assert run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01").code == 0
    assert "Mark the contract as sent" in html(steps_page(asked(root)))
    assert step(asked(root), {"do": ("sent:contract",)}, root) == Redirect(f"/{AGREEMENT}/step?done=sent")
    assert (root / AGREEMENT / "contract.pdf").exists()
    assert step(asked(root), {"do": ("draft:contract",), "reason": ("",)}, root).status == 422
    assert "status: sent" in (root / PATH).read_text()
    assert step(asked(root), {"do": ("draft:contract",), "reason": ("Two more users",)}, root) == Redirect(
        f"/{AGREEMENT}/step?done=draft"
    )
    assert "Two more users" in (root / PATH).read_text()


@pytest.mark.parametrize("do", ["signed:contract", "ended:contract", "draft:contract", "sent:../x", "sent:", "", "x"])
def test_no_other_step_is_taken(root, do):
    before = (root / PATH).read_bytes()
    assert step(asked(root), {"do": (do,), "reason": ("x",)}, root).status == 422
    assert (root / PATH).read_bytes() == before
