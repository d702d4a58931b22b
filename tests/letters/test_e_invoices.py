"""E-invoices of what is handed over: which invoices have one, and which clients are left out."""

import pytest
from msgspec.structs import replace

from contract_assembly.letters import e_invoices as module
from contract_assembly.letters.e_invoices import e_invoices
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY
from tests.helpers.e_invoices import british, irish


@pytest.fixture
def made(monkeypatch):
    """E-invoices of these invoices; pages are laid out elsewhere."""
    monkeypatch.setattr(module, "invoice_pdf", lambda invoice, house: f"{invoice.number} {len(house.fonts)}".encode())
    return lambda *invoices: e_invoices(Repository(REPOSITORY), invoices)


def of(invoice, client, number):
    return replace(invoice, client=client, agreement="2026-support", number=number)


def test_each_invoice_with_value_added_tax_has_one_and_no_other(made):
    other = replace(of(british(), "acme", "NL-2-001"), treatment="added", tax=None)
    found = made(of(british(), "brookfield", "NL-1-001"), other, of(irish(), "liffey", "NL-3-001"))
    assert (sorted(found.files), found.problems, found.refused) == (["NL-1-001", "NL-3-001"], [], set())


def test_a_client_without_what_the_standard_needs_is_left_out(made):
    seller = irish().seller.model_copy(update={"tax_id": None})
    wrong = replace(of(irish(), "liffey", "NL-3-001"), seller=seller)
    found = made(of(british(), "brookfield", "NL-1-001"), wrong)
    assert (sorted(found.files), found.refused) == (["NL-1-001"], {"liffey"})
    assert [each.rule for each in found.problems] == ["e-invoice"]
