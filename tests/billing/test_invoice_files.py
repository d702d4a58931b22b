"""Invoices as files for accounting programs: the samples, word for word, and what a program would not take."""

import pytest
from msgspec.structs import replace

from contract_assembly.billing.invoice_files import files_of
from contract_assembly.core.origin import Origin
from contract_assembly.facts.fee_terms import InvoiceAddress
from contract_assembly.facts.fields import Located
from contract_assembly.facts.invoice_export import InvoiceExport
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.mappings import invoice_export
from tests.helpers.corpus import REPOSITORY
from tests.helpers.e_invoices import AT, CREDIT, MONTH, invoice, line


def sample(name):
    return invoice_export(Repository(REPOSITORY), name)


def written(name, *invoices):
    found = files_of(invoices, sample(name))
    return {end: data.decode() for end, data in found.files.items()}, [each.rule for each in found.problems]


GOLDEN = {
    "plain": (
        "\ufeffInvoice,Document,Client,Contract,Purchase order,To,Date,Due,Description,First day,Last day,Quantity,Unit price,Amount,Currency,Tax,"
        "Tax rate,Kind,Nature,Invoice net,Invoice tax,Invoice total,Working\r\n"
        'NL-1-001,invoice,Acme,NL-1,,,2026-12-02,2027-01-01,"User support, 2027-01-01 to 2027-01-31",2027-01-01,2027-01-31,34,62.00,'
        "2108.00,GBP,vat 20,20,recurring,support,2168.00,433.60,2601.60,as agreed\r\n"
        'NL-1-001,invoice,Acme,NL-1,,,2026-12-02,2027-01-01,"User support, 2027-01-17 to 2027-01-31: as agreed",2027-01-17,2027-01-31,1,60.00,'
        "60.00,GBP,vat 20,20,recurring,support,2168.00,433.60,2601.60,as agreed\r\n"
    ),
    "xero": (
        "*ContactName,EmailAddress,POAddressLine1,POAddressLine2,POAddressLine3,POAddressLine4,POCity,PORegion,POPostalCode,"
        "POCountry,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,InventoryItemCode,*Description,*Quantity,*UnitAmount,"
        "Discount,*AccountCode,*TaxType,TaxAmount,TrackingName1,TrackingOption1,TrackingName2,TrackingOption2,Currency,"
        "BrandingTheme\r\n"
        'Acme,,,,,,,,,,NL-1-001,NL-1,02/12/2026,01/01/2027,,,"User support, 01/01/2027 to 31/01/2027",34,62.00,,200,'
        "20% (VAT on Income),,,,,,GBP,\r\n"
        'Acme,,,,,,,,,,NL-1-001,NL-1,02/12/2026,01/01/2027,,,"User support, 17/01/2027 to 31/01/2027: as agreed",1,60.00,,200,'
        "20% (VAT on Income),,,,,,GBP,\r\n"
    ),
    "quickbooks-online": (
        "InvoiceNo,Customer,InvoiceDate,DueDate,Memo,Item(Product/Service),ItemDescription,ItemQuantity,ItemRate,ItemAmount,"
        "ItemTaxCode,Currency,Service Date\r\n"
        'NL-1-001,Acme,12/02/2026,01/01/2027,NL-1,Managed services,"User support, 01/01/2027 to 01/31/2027",34,62.00,2108.00,'
        "20.0% S,GBP,01/01/2027\r\n"
        'NL-1-001,Acme,12/02/2026,01/01/2027,NL-1,Managed services,"User support, 01/17/2027 to 01/31/2027: as agreed",1,60.00,60.00,'
        "20.0% S,GBP,01/17/2027\r\n"
    ),
    "odoo": (
        "id,move_type,partner_id,ref,invoice_date,invoice_date_due,currency_id,invoice_origin,invoice_line_ids/name,"
        "invoice_line_ids/quantity,invoice_line_ids/price_unit,invoice_line_ids/account_id,invoice_line_ids/tax_ids\r\n"
        'NL-1-001,out_invoice,Acme,NL-1-001,2026-12-02,2027-01-01,GBP,NL-1,"User support, 2027-01-01 to 2027-01-31",34,62.00,'
        "400000,20% S\r\n"
        ',,,,,,,,"User support, 2027-01-17 to 2027-01-31: as agreed",1,60.00,400000,20% S\r\n'
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_an_invoice_in_each_of_the_samples(name):
    assert written(name, invoice()) == ({"": GOLDEN[name]}, [])


def test_every_sample_has_a_golden_file():
    assert set(GOLDEN) == {path.stem for path in (REPOSITORY / "provider/exports").glob("*.yaml")}


def test_nothing_to_hand_over_makes_no_file():
    assert written("xero") == ({}, [])


def test_a_credit_goes_into_a_file_of_its_own_with_its_sign_turned():
    files, problems = written("xero", invoice(), invoice(CREDIT, number="NL-1-002"))
    assert (sorted(files), problems) == (["", "-credits"], [])
    assert '"Service Credit, 01/01/2027 to 31/01/2027",1,87.63,,200' in files["-credits"]
    assert "NL-1-002" not in files[""]


def test_a_credit_is_a_document_of_its_own_kind_in_one_file():
    files, _ = written("odoo", invoice(CREDIT))
    assert "NL-1-001,out_refund,Acme" in files[""]
    assert ",1,87.63,400000" in files[""]


def test_a_deduction_from_a_larger_invoice_stays_below_zero():
    files, _ = written("odoo", invoice(*MONTH, CREDIT))
    assert "out_invoice" in files[""]
    assert ",1,-87.63,400000" in files[""]


def test_amounts_below_zero_that_a_program_does_not_import_leave_the_client_out_with_the_line_and_a_cure():
    found = files_of([invoice(*MONTH, CREDIT), invoice(number="NL-2-001", client="birch")], sample("quickbooks-online"))
    assert found.refused == {"acme"}
    (problem,) = [each for each in found.problems if each.rule == "export-below-zero"]
    assert str(problem.origin) == f"{AT.path}:40"
    assert "another export, such as plain" in problem.hint
    assert "NL-2-001" in found.files[""].decode()
    assert "NL-1-001" not in found.files[""].decode()


def export(**more):
    columns = [
        {"head": "No", "field": "number"},
        {"head": "Name", "field": "contact"},
        {"head": "Sum", "field": "amount"},
    ]
    model = InvoiceExport.model_validate({"name": "P", "columns": columns, **more})
    return Located(model, {"": Origin("provider/exports/p.yaml", 1)})


@pytest.mark.parametrize(
    ("limits", "sizes"),
    [
        ({"most_invoices": 2}, {"": 4, "-2": 4, "-3": 2}),
        ({"most_rows": 4}, {"": 4, "-2": 4, "-3": 2}),
        ({"most_rows": 5}, {"": 4, "-2": 4, "-3": 2}),
        ({"most_rows": 2}, {"": 2, "-2": 2, "-3": 2, "-4": 2, "-5": 2}),
        ({}, {"": 10}),
    ],
)
def test_more_than_a_file_may_hold_is_split_between_invoices(limits, sizes):
    found = files_of([invoice(number=f"NL-{n}") for n in range(5)], export(**limits))
    assert {end: data.count(b"\n") - 1 for end, data in found.files.items()} == sizes


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"most_rows": 1}, "export-too-long"),
        ({"columns": [{"head": "A", "field": "account", "needed": "yes"}]}, "export-empty"),
        ({"columns": [{"head": "A", "field": "number", "longest": "3"}]}, "export-too-long"),
        ({"taxes": {"vat 23": "23%"}, "columns": [{"head": "A", "field": "tax_name"}]}, "export-tax"),
    ],
)
def test_what_a_program_would_not_take_is_a_problem_and_no_file(more, rule):
    found = files_of([invoice()], export(**more))
    assert ([each.rule for each in found.problems], found.files) == ([rule], {})


@pytest.mark.parametrize(
    ("field", "hint"),
    [("number", "shorten the fact"), ("contact", "write a shorter name under contacts: in the export")],
)
def test_a_text_may_be_as_long_as_the_program_takes_it_and_a_longer_one_has_a_cure(field, hint):
    one = invoice(number="Acme")  # as long as the name of the client
    fits, too_long = ({"columns": [{"head": "A", "field": field, "longest": str(n)}]} for n in (4, 3))
    assert files_of([one], export(**fits)).problems == []
    assert [each.hint for each in files_of([one], export(**too_long)).problems] == [hint]


@pytest.mark.parametrize("amount", ["0.00", "0.40"])
def test_only_what_is_below_zero_is_a_credit(amount):
    columns = [{"head": "Kind", "field": "document"}, {"head": "Sum", "field": "amount"}]
    for below_zero in ("turn", "refuse"):
        found = files_of([invoice(line(amount))], export(columns=columns, below_zero=below_zero))
        assert found.problems == []
        assert found.files[""].decode().splitlines()[1:] == [f"invoice,{amount}"]


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "row"),
    [
        ("0.5", "120.00", "60.00", "0.5,120.00"),
        ("0", "62.00", "0.00", "1,0.00"),
        ("-2", "62.00", "-124.00", "1,-124.00"),
    ],
)
def test_a_quantity_above_zero_stands_with_its_price_and_any_other_is_one(quantity, price, amount, row):
    columns = [{"head": each, "field": each} for each in ("quantity", "unit_price")]
    found = files_of([invoice(*MONTH, line(amount, quantity, price))], export(columns=columns, below_zero="keep"))
    assert found.files[""].decode().splitlines()[-1] == row


@pytest.mark.parametrize(("treatment", "rate"), [("vat", "20"), ("reverse-charge", "20"), ("added", "")])
def test_a_rate_is_written_where_tax_is_counted_or_the_buyer_counts_it(treatment, rate):
    columns = [{"head": "Rate", "field": "tax_rate"}, {"head": "No", "field": "number"}]
    found = files_of([replace(invoice(), treatment=treatment)], export(columns=columns))
    assert found.files[""].decode().splitlines()[1] == f"{rate},NL-1-001"


def test_two_clients_that_would_become_one_contact_are_both_left_out():
    found = files_of(
        [invoice(client="acme"), invoice(client="ACME"), invoice(client="birch")], export(contacts={"acme": "Acme"})
    )
    assert ([each.rule for each in found.problems], found.refused) == (["export-contact"], {"acme", "ACME"})


PLANT = InvoiceAddress(id="plant", name="The plant", address="75 Emerson Road", attention="Stores", lines=("servers",))


def test_an_invoice_to_a_further_address_has_its_order_its_lines_and_may_be_a_contact_of_its_own():
    columns = [{"head": each, "field": each} for each in ("contact", "reference", "purchase_order", "bill_to")]
    found = replace(invoice(), bill_to=PLANT, purchase_order="PO 7")
    written = files_of([invoice(), found], export(columns=columns, contacts={"acme/plant": "Acme (plant)"}))
    rows = written.files[""].decode().splitlines()
    assert (rows[1], rows[3]) == ("Acme,NL-1,,", 'Acme (plant),PO 7,PO 7,"The plant, Stores, 75 Emerson Road"')
    assert written.problems == []


@pytest.mark.parametrize(
    ("treatment", "rate", "key"),
    [
        ("vat", "20", "vat 20"),
        ("gst", "10", "gst 10"),
        ("sales-tax", "8.25", "sales-tax 8.25"),
        ("added", "20", "added"),
    ],
)
def test_a_mapping_names_taxes_by_their_kind_and_rate(treatment, rate, key):
    found = files_of(
        [replace(invoice(rate=rate), treatment=treatment)], export(columns=[{"head": "Tax", "field": "tax_name"}])
    )
    assert found.files[""].decode().splitlines()[1:] == [key, key]


def test_a_text_that_a_spreadsheet_would_run_is_written_as_text():
    found = files_of([invoice()], export(contacts={"acme": "=cmd()"}))
    assert ",'=cmd()," in found.files[""].decode()
