"""An invoice with value added tax as data: the European standard EN 16931 in the syntax of UN/CEFACT's Cross Industry Invoice, as
in Factur-X and ZUGFeRD. Pure.

Terms are named as in EN 16931-1 (BT-1 is the number of an invoice). An invoice whose total is below zero is a credit note (type
381) with positive amounts; of a line below zero, the quantity is negative, because a price must not be (rule BR-27)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from contract_assembly.billing.charge import Charge
from contract_assembly.billing.invoices import Invoice
from contract_assembly.billing.measures import explained, is_product
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import shown
from contract_assembly.core.values import Money
from contract_assembly.facts.parties import Address, Bank, Party

_SPACES = {
    "xmlns:rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "xmlns:ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "xmlns:udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}
_GUIDELINE = "urn:cen.eu:en16931:2017"
_INVOICE, _CREDIT_NOTE = "380", "381"  # UNTDID 1001
_PIECE, _HOUR = "C62", "HUR"  # UN/ECE Recommendation 20
_TRANSFER, _SEPA = "30", "58"  # UNTDID 4461
_HOURLY = {"block", "overage"}


def problems(invoice: Invoice) -> Iterator[Problem]:
    """What the standard, or the law behind it, needs and the facts do not have."""
    for party, name in ((invoice.seller, "provider"), (invoice.buyer, "client")):
        if party is None:
            continue
        number, country = vat_number(party), party.address.country
        needed = name == "provider" or invoice.treatment == "reverse-charge"
        if not number and needed:
            what = f"{party.name} has no tax_id, which an invoice of this kind states"
            yield Problem("e-invoice", what, invoice.origin, f"add tax_id to party: in the file of the {name}")
        elif number and not number.startswith("EL" if country == "GR" else country):
            what = f"tax_id: {shown(party.tax_id)} does not begin with {country}, the country of {party.name}"
            yield Problem("e-invoice", what, invoice.origin, f"write it like {country} 123456789 (rule BR-CO-9)")


def is_for(invoice: Invoice) -> bool:
    """Whether an invoice bears value added tax, or is reverse-charged."""
    return invoice.treatment in {"vat", "reverse-charge"}


def is_credit_note(invoice: Invoice) -> bool:
    """Whether the client is given money back."""
    return invoice.total.amount < 0


def vat_number(party: Party) -> str:
    """The tax number without blanks, as the standard has it."""
    return "".join((party.tax_id or "").split())


def cross_industry_invoice(invoice: Invoice) -> bytes:
    """The invoice as XML. Its `problems` must have been looked at."""
    root = ET.Element("rsm:CrossIndustryInvoice", _SPACES)
    context = ET.SubElement(root, "rsm:ExchangedDocumentContext")
    _text(context, "ram:GuidelineSpecifiedDocumentContextParameter/ram:ID", _GUIDELINE)
    head = ET.SubElement(root, "rsm:ExchangedDocument")
    _text(head, "ram:ID", invoice.number)
    _text(head, "ram:TypeCode", _CREDIT_NOTE if is_credit_note(invoice) else _INVOICE)
    _day(head, "ram:IssueDateTime", invoice.invoiced)
    deal = ET.SubElement(root, "rsm:SupplyChainTradeTransaction")
    writer = _Deal(deal, invoice, -1 if is_credit_note(invoice) else 1)
    for number, charge in enumerate(invoice.charges, 1):
        writer.line(number, charge)
    writer.agreement()
    ET.SubElement(deal, "ram:ApplicableHeaderTradeDelivery")
    writer.settlement()
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return data + b"\n"


class _Deal:
    """Writes what was sold, between whom, and what is due. `sign` is -1 on a credit note."""

    def __init__(self, at: ET.Element, invoice: Invoice, sign: int) -> None:
        self.at, self.invoice, self.sign = at, invoice, sign

    def line(self, number: int, charge: Charge) -> None:
        """A line (BG-25): quantity times net price is its amount."""
        item = ET.SubElement(self.at, "ram:IncludedSupplyChainTradeLineItem")
        about = ET.SubElement(item, "ram:AssociatedDocumentLineDocument")
        _text(about, "ram:LineID", str(number))
        if words := explained(charge):
            _text(about, "ram:IncludedNote/ram:Content", words)
        _text(item, "ram:SpecifiedTradeProduct/ram:Name", charge.label)
        quantity, price = measured(charge, self.sign)
        deal = ET.SubElement(item, "ram:SpecifiedLineTradeAgreement")
        _text(deal, "ram:NetPriceProductTradePrice/ram:ChargeAmount", f"{price:f}")
        delivery = ET.SubElement(item, "ram:SpecifiedLineTradeDelivery")
        unit = _HOUR if charge.key.sort in _HOURLY and charge.quantity == abs(quantity) else _PIECE
        _text(delivery, "ram:BilledQuantity", f"{quantity:f}", unitCode=unit)
        settlement = ET.SubElement(item, "ram:SpecifiedLineTradeSettlement")
        tax = ET.SubElement(settlement, "ram:ApplicableTradeTax")
        self._category(tax)
        period = ET.SubElement(settlement, "ram:BillingSpecifiedPeriod")
        _day(period, "ram:StartDateTime", charge.days.first)
        _day(period, "ram:EndDateTime", charge.days.last)
        total = ET.SubElement(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
        _text(total, "ram:LineTotalAmount", self._amount(charge.amount))

    def agreement(self) -> None:
        """Seller, buyer, purchase order and contract (BG-4, BG-7, BT-13, BT-12)."""
        at = ET.SubElement(self.at, "ram:ApplicableHeaderTradeAgreement")
        for name, party in (("Seller", self.invoice.seller), ("Buyer", self.invoice.buyer)):
            assert party is not None  # noqa: S101  # `invoices` sets both
            _party(ET.SubElement(at, f"ram:{name}TradeParty"), party)
        if self.invoice.purchase_order:
            _text(at, "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID", self.invoice.purchase_order)
        _text(at, "ram:ContractReferencedDocument/ram:IssuerAssignedID", self.invoice.id)

    def settlement(self) -> None:
        """How to pay, taxes, due day and totals (BG-16, BG-23, BT-9, BG-22)."""
        invoice, currency = self.invoice, self.invoice.net.currency
        tax_amount = invoice.tax or Money(Decimal("0.00"), currency)
        at = ET.SubElement(self.at, "ram:ApplicableHeaderTradeSettlement")
        pays = invoice.bank if self.sign > 0 else None
        if pays:
            _text(at, "ram:PaymentReference", invoice.number)
        _text(at, "ram:InvoiceCurrencyCode", currency)
        if pays:
            self._means(ET.SubElement(at, "ram:SpecifiedTradeSettlementPaymentMeans"), pays)
        tax = ET.SubElement(at, "ram:ApplicableTradeTax")
        _text(tax, "ram:CalculatedAmount", self._amount(tax_amount))
        self._category(tax, base=self._amount(invoice.net))
        terms = ET.SubElement(at, "ram:SpecifiedTradePaymentTerms")
        _day(terms, "ram:DueDateDateTime", invoice.due)
        total = ET.SubElement(at, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
        _text(total, "ram:LineTotalAmount", self._amount(invoice.net))
        _text(total, "ram:TaxBasisTotalAmount", self._amount(invoice.net))
        _text(total, "ram:TaxTotalAmount", self._amount(tax_amount), currencyID=currency)
        _text(total, "ram:GrandTotalAmount", self._amount(invoice.total))
        _text(total, "ram:DuePayableAmount", self._amount(invoice.total))

    def _means(self, at: ET.Element, bank: Bank) -> None:
        """Credit transfer to the firm's account (BG-16 and BG-17), with the number of the invoice as reference (BT-83)."""
        euro = self.invoice.net.currency == "EUR"
        _text(at, "ram:TypeCode", _SEPA if euro else _TRANSFER)
        account = ET.SubElement(at, "ram:PayeePartyCreditorFinancialAccount")
        _text(account, "ram:IBANID", bank.iban)
        if bank.holder:
            _text(account, "ram:AccountName", bank.holder)
        if bank.bic:
            _text(at, "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID", bank.bic)

    def _category(self, tax: ET.Element, base: str | None = None) -> None:
        """The category of value added tax (UNTDID 5305), and on the whole its basis and the reason why none is charged."""
        reverse = self.invoice.treatment == "reverse-charge"
        rate = self.invoice.rate.value if self.invoice.rate else Decimal(0)
        _text(tax, "ram:TypeCode", "VAT")
        if base is not None:
            if reverse:
                _text(tax, "ram:ExemptionReason", "Reverse charge")
            _text(tax, "ram:BasisAmount", base)
        _text(tax, "ram:CategoryCode", "AE" if reverse else "S" if rate else "Z")
        if base is not None and reverse:
            _text(tax, "ram:ExemptionReasonCode", "VATEX-EU-AE")
        _text(tax, "ram:RateApplicablePercent", f"{rate:f}")

    def _amount(self, money: Money) -> str:
        return f"{money.rounded().amount * self.sign:f}"


def measured(charge: Charge, sign: int = 1) -> tuple[Decimal, Decimal]:
    """Quantity and net price of a line, whose product is its amount: the price is never below zero. A part of a month, or an
    amount that is only rounded, is one unit."""
    amount, quantity, price = charge.amount.amount * sign, charge.quantity, charge.price
    if is_product(charge) and quantity is not None and price is not None and price.amount >= 0:
        return quantity * sign, price.amount
    return (Decimal(1), amount) if amount >= 0 else (Decimal(-1), -amount)


def _party(at: ET.Element, party: Party) -> None:
    _text(at, "ram:Name", party.name)
    if party.registration:
        _text(at, "ram:SpecifiedLegalOrganization/ram:ID", party.registration)
    _address(ET.SubElement(at, "ram:PostalTradeAddress"), party.address)
    if number := vat_number(party):
        _text(at, "ram:SpecifiedTaxRegistration/ram:ID", number, schemeID="VA")


def _address(at: ET.Element, address: Address) -> None:
    _text(at, "ram:PostcodeCode", address.postcode)
    for name, text in zip(("LineOne", "LineTwo", "LineThree"), address.lines, strict=False):
        _text(at, f"ram:{name}", text)
    _text(at, "ram:CityName", address.city)
    _text(at, "ram:CountryID", address.country)
    if address.region:
        _text(at, "ram:CountrySubDivisionName", address.region)


def _text(at: ET.Element, path: str, text: str, **attributes: str) -> None:
    """An element at a path, with its text."""
    for step in path.split("/"):
        at = ET.SubElement(at, step)
    at.text = text
    at.attrib.update(attributes)


def _day(at: ET.Element, name: str, day: date) -> None:
    inside = ET.SubElement(ET.SubElement(at, name), "udt:DateTimeString", {"format": "102"})
    inside.text = f"{day:%Y%m%d}"
