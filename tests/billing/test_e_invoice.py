"""Invoices as data of the European standard: what is in them, and what they cannot do without."""

from decimal import Decimal

import pytest
from lxml import etree
from msgspec.structs import replace

from contract_assembly.billing.e_invoice import cross_industry_invoice, is_credit_note, is_for, measured, problems
from contract_assembly.core.values import Money
from tests.helpers.e_invoices import CASES, CREDIT, HOURS, MONTH, british, gbp, irish, reverse_charged, with_bank

NAMES = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}


def texts(invoice, path):
    root = etree.fromstring(cross_industry_invoice(invoice))
    return [each.text for each in root.iterfind(f".//{path}", NAMES)]


def test_totals_are_those_of_the_invoice():
    invoice = british(*MONTH, CREDIT)
    assert texts(invoice, "ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:TaxBasisTotalAmount") == ["2080.37"]
    assert texts(invoice, "ram:TaxTotalAmount") == ["416.07"]
    assert texts(invoice, "ram:GrandTotalAmount") == ["2496.44"]
    assert texts(invoice, "ram:LineTotalAmount") == ["2108.00", "60.00", "-87.63", "2080.37"]
    assert sum(map(Decimal, texts(invoice, "ram:LineTotalAmount")[:-1])) == invoice.net.amount


def test_a_purchase_order_of_the_client_is_named_before_the_contract():
    assert texts(british(*MONTH), "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID") == []
    invoice = replace(british(*MONTH), purchase_order="PO-2026-118")
    assert texts(invoice, "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID") == ["PO-2026-118"]
    root = etree.fromstring(cross_industry_invoice(invoice))
    (agreement,) = root.iterfind(".//ram:ApplicableHeaderTradeAgreement", NAMES)
    assert [etree.QName(each).localname for each in agreement][-2:] == [
        "BuyerOrderReferencedDocument",
        "ContractReferencedDocument",
    ]


def test_a_line_has_its_days_its_unit_and_a_price_that_is_never_below_zero():
    invoice = british(*MONTH, CREDIT, HOURS)
    assert texts(invoice, "ram:BilledQuantity") == ["34", "1", "-1", "2"]
    assert texts(invoice, "ram:ChargeAmount") == ["62.00", "60.00", "87.63", "90.00"]
    assert texts(invoice, "ram:StartDateTime/udt:DateTimeString") == ["20270101", "20270117", "20270101", "20270101"]
    root = etree.fromstring(cross_industry_invoice(invoice))
    assert [each.get("unitCode") for each in root.iterfind(".//ram:BilledQuantity", NAMES)] == [
        "C62",
        "C62",
        "C62",
        "HUR",
    ]


def test_the_account_of_the_firm_is_stated_where_the_client_pays():
    found = with_bank(british(), bic="NWBKGB2L", holder="Northlight Client Account")
    assert texts(found, "ram:IBANID") == ["GB29NWBK60161331926819"]
    assert texts(found, "ram:AccountName") == ["Northlight Client Account"]
    assert texts(found, "ram:BICID") == ["NWBKGB2L"]
    assert texts(found, "ram:PaymentReference") == [found.number]
    means = "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode"
    assert texts(found, means) == ["30"]  # a credit transfer
    euro = replace(found, net=Money(found.net.amount, "EUR"), tax=Money(found.net.amount, "EUR"))
    assert texts(euro, means) == ["58"]  # a SEPA credit transfer
    assert texts(british(), means) == texts(with_bank(british(CREDIT)), means) == []


def test_a_credit_note_has_its_own_type_and_positive_amounts():
    invoice = british(CREDIT)
    assert is_credit_note(invoice)
    assert texts(invoice, "ram:TypeCode")[0] == "381"
    assert texts(invoice, "ram:GrandTotalAmount") == ["105.16"]
    assert texts(invoice, "ram:BilledQuantity") == ["1"]
    assert texts(british(*MONTH), "ram:TypeCode")[0] == "380"


@pytest.mark.parametrize(("total", "note"), [("-0.01", True), ("0.00", False), ("0.01", False)])
def test_only_an_invoice_below_zero_is_a_credit_note(total, note):
    assert is_credit_note(replace(british(), net=gbp(total), tax=gbp("0.00"))) == note


def test_a_line_of_nothing_is_one_unit_or_its_units_for_nothing():
    assert measured(replace(CREDIT, amount=gbp("0.00"))) == (1, 0)
    free = replace(MONTH[0], price=gbp("0.00"), amount=gbp("0.00"))
    assert measured(free) == (free.quantity, 0)


def test_lines_are_numbered_from_one_and_days_have_the_form_of_the_standard():
    root = etree.fromstring(cross_industry_invoice(british(*MONTH, CREDIT)))
    assert [each.text for each in root.iterfind(".//ram:LineID", NAMES)] == ["1", "2", "3"]
    assert {each.get("format") for each in root.iterfind(".//udt:DateTimeString", NAMES)} == {"102"}


def test_reverse_charge_has_its_category_its_reason_and_both_tax_numbers():
    invoice = reverse_charged()
    assert set(texts(invoice, "ram:CategoryCode")) == {"AE"}
    assert set(texts(invoice, "ram:RateApplicablePercent")) == {"0"}
    assert texts(invoice, "ram:ExemptionReasonCode") == ["VATEX-EU-AE"]
    assert texts(invoice, "ram:SpecifiedTaxRegistration/ram:ID") == ["GB417229600", "IE9942680ZZ"]
    assert texts(invoice, "ram:TaxTotalAmount") == ["0.00"]


def test_a_purchase_order_comes_before_the_contract():
    found = replace(british(), purchase_order="PO 7")
    assert texts(found, "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID") == ["PO 7"]
    assert texts(british(), "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID") == []


def test_a_fact_is_never_markup():
    seller = british().seller
    invoice = replace(british(), seller=seller.model_copy(update={"name": "A <b>&amp;</b> B"}))
    assert texts(invoice, "ram:SellerTradeParty/ram:Name") == ["A <b>&amp;</b> B"]


@pytest.mark.parametrize(
    ("invoice", "number", "says"),
    [
        (british(), None, "has no tax_id"),
        (british(), "417 2296 00", "does not begin with GB"),
        (irish(), "GB 417 2296 00", "does not begin with IE"),
    ],
)
def test_what_the_standard_needs_and_the_facts_do_not_have_is_asked_for(invoice, number, says):
    wrong = replace(invoice, seller=invoice.seller.model_copy(update={"tax_id": number}))
    assert [says in each.what for each in problems(wrong)] == [True]
    assert list(problems(invoice)) == []


def test_the_client_needs_a_tax_number_only_where_it_accounts_for_the_tax():
    def without(invoice):
        return replace(invoice, buyer=invoice.buyer.model_copy(update={"tax_id": None}))

    assert list(problems(without(british()))) == []
    assert [each.rule for each in problems(without(reverse_charged()))] == ["e-invoice"]


def test_quantity_times_price_is_the_amount():
    for charge in (*MONTH, CREDIT, HOURS):
        for sign in (1, -1):
            quantity, price = measured(charge, sign)
            assert gbp(str(quantity * price)).rounded() == gbp(str(charge.amount.amount * sign)).rounded()


def test_only_value_added_tax_has_e_invoices():
    assert {is_for(replace(british(), treatment=each)) for each in ("vat", "reverse-charge")} == {True}
    assert {is_for(replace(british(), treatment=each)) for each in ("sales-tax", "added", "none")} == {False}


def test_the_same_invoice_gives_the_same_bytes():
    for invoice in CASES.values():
        assert cross_industry_invoice(invoice) == cross_industry_invoice(invoice)


def test_an_invoice_without_tax_has_none_in_its_totals():
    none = replace(british(*MONTH), tax=None, rate=None, treatment="none", tax_parts=())
    assert texts(none, "ram:TaxTotalAmount") == ["0.00"]
    assert texts(none, "ram:GrandTotalAmount") == ["2168.00"]
