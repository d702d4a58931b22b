"""An invoice as a document: one page in the house style, and for value added tax a PDF with the same data inside (EN 16931).

The pages come from the same writer as contracts. The data is embedded as `factur-x.xml`, and the file declares that it is
Factur-X 1.0 (ZUGFeRD 2)."""

from collections.abc import Iterator

from contract_assembly.billing.charge import Charge
from contract_assembly.billing.e_invoice import cross_industry_invoice, is_credit_note, measured
from contract_assembly.billing.invoices import Invoice
from contract_assembly.billing.measures import explained
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Money
from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import Declaration, Enclosure, WriterExtras
from contract_assembly.facts.formatters import amount, country_name, decimal, long_date, money, short_date
from contract_assembly.facts.parties import Party
from contract_assembly.writers.formats import FORMATS

DATA = "factur-x.xml"
_FX = b"urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES = {
    "DocumentFileName": "Name of the embedded file",
    "DocumentType": "Kind of document",
    "Version": "Version of the standard",
    "ConformanceLevel": "Profile of the data",
}


def _property(name: str, about: str) -> bytes:
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{about}</pdfaProperty:description></rdf:li>"
    ).encode()


FACTUR_X = Declaration(
    statement=b'<rdf:Description rdf:about="" xmlns:fx="' + _FX + b'"><fx:DocumentType>INVOICE</fx:DocumentType>'
    b"<fx:DocumentFileName>" + DATA.encode() + b"</fx:DocumentFileName><fx:Version>1.0</fx:Version>"
    b"<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>",
    schema=b'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
    b"<pdfaSchema:namespaceURI>" + _FX + b"</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
    b"<pdfaSchema:property><rdf:Seq>"
    + b"".join(_property(name, about) for name, about in _PROPERTIES.items())
    + b"</rdf:Seq></pdfaSchema:property></rdf:li>",
)


def invoice_pdf(invoice: Invoice, house: HouseStyle) -> bytes:
    """The invoice as PDF/A-3 with its data inside. Raises RefusedError as the PDF writer does."""
    about = f"The data of invoice {invoice.number} (EN 16931)"
    data = Enclosure(DATA, "text/xml", about, "Alternative", cross_industry_invoice(invoice))
    return FORMATS["pdf"](invoice_document(invoice), house, WriterExtras((data,), declared=(FACTUR_X,)))


def invoice_document(invoice: Invoice) -> d.Document:
    """The page of an invoice; of a credit note, with positive amounts."""
    seller, buyer = invoice.seller, invoice.buyer
    assert seller is not None  # noqa: S101  # `invoices` sets both
    assert buyer is not None  # noqa: S101
    kind = "Credit note" if is_credit_note(invoice) else "Invoice"
    page = _Page(invoice, -1 if is_credit_note(invoice) else 1)
    name = f"{kind} {invoice.number}"
    dated = long_date(invoice.invoiced, invoice.locale)
    head = d.Letterhead(page.party(seller, buyer), (page.value(dated),), page.reader(buyer, seller), page.origin)
    part = d.Part(
        kind="letter",
        id="invoice",
        heading=(d.Text(f"{kind} ", page.origin), page.value(invoice.number)),
        children=tuple(page.blocks(seller, buyer)),
        origin=page.origin,
        opening=(head,),
    )
    meta = d.Meta(
        title=name,
        subject=buyer.name,
        author=seller.name,
        language=invoice.locale,
        head=f"{name} · {seller.short} to {buyer.short}",
        footer=name,
        inputs="/".join(page.origin.path.split("/")[:3]),
        paper="letter" if seller.address.country in {"US", "CA"} else "a4",
        dated=invoice.invoiced.isoformat(),
    )
    return d.Document(meta, (part,), page.origin)


class _Page:
    """The parts of the page of one invoice. `sign` is -1 on a credit note."""

    def __init__(self, invoice: Invoice, sign: int) -> None:
        self.invoice, self.sign, self.locale = invoice, sign, invoice.locale
        self.origin = invoice.origin or Origin("")

    def value(self, text: str) -> d.Value:
        """A fact as printed."""
        return d.Value(text, "", self.origin)

    def party(self, party: Party, other: Party) -> tuple[d.Line, ...]:
        """Name and address; the country where the other party is in another."""
        address = party.address
        town = ", ".join(filter(None, (address.city, address.region)))
        lines = [party.name, *address.lines, f"{town} {address.postcode}"]
        if address.country != other.address.country:
            lines.append(country_name(address.country, self.locale) or address.country)
        return tuple((self.value(line),) for line in lines)

    def reader(self, buyer: Party, seller: Party) -> tuple[d.Line, ...]:
        """The client's own address, or the further one that the invoice goes to."""
        to = self.invoice.bill_to
        if to is None:
            return self.party(buyer, seller)
        lines = [buyer.name, *([to.name] if to.name != buyer.name else []), to.attention, to.address]
        return tuple((self.value(line),) for line in lines if line)

    def blocks(self, seller: Party, buyer: Party) -> Iterator[d.Block]:
        """What it is about, its lines, and the taxes."""
        yield d.Table(("left", "left"), (), tuple(map(self._row, self._about(seller, buyer))), origin=self.origin)
        head = ("Service", "Period", "Quantity", "Unit price", f"Amount ({self.invoice.net.currency})")
        aligns: tuple[d.Align, ...] = ("left", "left", "right", "right", "right")
        lines = (*map(self._charged, self.invoice.charges), *map(self._row, self._sums()))
        yield d.Table(aligns, tuple(map(self._cell, head)), lines, total=True, origin=self.origin)
        if self.invoice.treatment == "reverse-charge":
            words = "Reverse charge: the recipient of the services accounts for the value added tax."
            yield d.Paragraph((d.Text(words, self.origin),), self.origin)

    def _about(self, seller: Party, buyer: Party) -> Iterator[tuple[str, str]]:
        if self.invoice.purchase_order:
            yield "Your order", self.invoice.purchase_order
        yield "Contract", self.invoice.id
        yield "Due", long_date(self.invoice.due, self.locale)
        if (bank := self.invoice.bank) and self.sign > 0:
            iban = " ".join(bank.iban[n : n + 4] for n in range(0, len(bank.iban), 4))
            yield "Pay to", ", ".join(filter(None, (bank.holder or seller.name, iban, bank.bic)))
        if seller.registration:
            yield "Our registration", seller.registration
        for name, party in (("Our", seller), ("Your", buyer)):
            if party.tax_id:
                yield f"{name} VAT number", party.tax_id

    def _charged(self, charge: Charge) -> tuple[d.Cell, ...]:
        """The row of a line; below its name, how it was counted where quantity and price do not show it."""
        name, *rest = self._row(self._line(charge))
        if words := explained(charge):
            name = d.Cell((*name.children, d.Break(self.origin), self.value(words)), self.origin)
        return (name, *rest)

    def _line(self, charge: Charge) -> tuple[str, ...]:
        quantity, price = measured(charge, self.sign)
        first, last = (short_date(each, self.locale) for each in (charge.days.first, charge.days.last))
        return (
            charge.label,
            first if first == last else f"{first} to {last}",
            decimal(quantity.normalize(), self.locale) if quantity != quantity.to_integral() else f"{quantity:,.0f}",
            amount(Money(price, charge.amount.currency), self.locale),
            amount(self._signed(charge.amount), self.locale),
        )

    def _sums(self) -> Iterator[tuple[str, ...]]:
        invoice, nothing = self.invoice, Money(self.invoice.net.amount * 0, self.invoice.net.currency)
        rate = f"{invoice.rate.value:f} %" if invoice.rate else "reverse charge"
        yield "Net", "", "", "", amount(self._signed(invoice.net), self.locale)
        yield f"VAT, {rate}", "", "", "", amount(self._signed(invoice.tax or nothing), self.locale)
        words = "To be credited" if self.sign < 0 else "To be paid"
        yield words, "", "", "", money(self._signed(invoice.total), self.locale)

    def _row(self, texts: tuple[str, ...]) -> tuple[d.Cell, ...]:
        return tuple(map(self._cell, texts))

    def _cell(self, text: str) -> d.Cell:
        return d.Cell((self.value(text),) if text else (), self.origin)

    def _signed(self, money_: Money) -> Money:
        return Money(money_.amount * self.sign, money_.currency)
