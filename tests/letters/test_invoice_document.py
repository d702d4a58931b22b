"""The page of an invoice, and the PDF with its data inside."""

import io

import pikepdf
import pytest
from msgspec.structs import replace

from contract_assembly.billing.e_invoice import cross_industry_invoice
from contract_assembly.document import tree as d
from contract_assembly.facts.fee_terms import InvoiceAddress
from contract_assembly.letters.invoice_document import invoice_document, invoice_pdf
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY
from tests.helpers.e_invoices import CREDIT, MONTH, british, irish, reverse_charged


def rows(invoice):
    (part,) = invoice_document(invoice).parts
    tables = [each for each in part.children if isinstance(each, d.Table)]
    return [[d.plain(cell.children).replace("\u00a0", " ") for cell in row] for table in tables for row in table.rows]


def test_the_page_has_every_line_with_its_days_and_adds_up():
    assert rows(british(*MONTH, CREDIT)) == [
        ["Contract", "NL-1"],
        ["Due", "1 January 2027"],
        ["Our registration", "Company no. 99417206"],
        ["Our VAT number", "GB 417 2296 00"],
        ["Your VAT number", "GB 994 1738 00"],
        ["User support", "1 Jan 2027 to 31 Jan 2027", "34", "62.00", "2,108.00"],
        ["User support as agreed", "17 Jan 2027 to 31 Jan 2027", "1", "60.00", "60.00"],
        ["Service Credit", "1 Jan 2027 to 31 Jan 2027", "-1", "87.63", "-87.63"],
        ["Net", "", "", "", "2,080.37"],
        ["VAT, 20 %", "", "", "", "416.07"],
        ["To be paid", "", "", "", "£2,496.44"],
    ]


def test_a_credit_note_says_so_and_has_positive_amounts():
    document = invoice_document(british(CREDIT))
    assert d.plain(document.parts[0].heading) == "Credit note NL-1-001"
    assert rows(british(CREDIT))[-1] == ["To be credited", "", "", "", "£105.16"]


def test_reverse_charge_is_said_in_words():
    (part,) = invoice_document(reverse_charged()).parts
    assert "the recipient of the services accounts for the value added tax" in d.plain(part.children[-1].children)
    assert rows(reverse_charged())[-2] == ["VAT, reverse charge", "", "", "", "0.00"]
    assert d.plain(part.opening[0].reader[-1]) == "Ireland"


def test_an_invoice_to_a_further_address_goes_there_and_shows_its_order():
    plant = InvoiceAddress(
        id="plant", name="The studio", address="5 Ropewalk, Bath", attention="Accounts", lines=("users",)
    )
    found = replace(british(), bill_to=plant, purchase_order="PO 7")
    (part,) = invoice_document(found).parts
    reader = [d.plain(line) for line in part.opening[0].reader]
    assert reader == ["Brookfield Tanner Architects LLP", "The studio", "Accounts", "5 Ropewalk, Bath"]
    assert rows(found)[0] == ["Your order", "PO 7"]


@pytest.mark.slow
def test_the_pdf_has_the_data_as_an_alternative_and_says_what_it_is():
    repository = Repository(REPOSITORY)
    house = repository.house(repository.inputs("liffey", "2026-support").provider)
    data = invoice_pdf(irish(), house)
    assert data == invoice_pdf(irish(), house)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (attached,) = pdf.Root.AF
        assert str(attached.AFRelationship) == "/Alternative"
        assert pdf.attachments["factur-x.xml"].get_file().read_bytes() == cross_industry_invoice(irish())
        metadata = pdf.Root.Metadata.read_bytes()
    assert b"<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in metadata
    assert metadata.count(b"<pdfaExtension:schemas>") == 1
