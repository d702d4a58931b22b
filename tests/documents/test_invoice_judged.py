"""E-invoices by veraPDF: the archive standard with the data inside, and the one for accessibility; and their data by the schema and
the business rules of EN 16931."""

from contract_assembly.billing.e_invoice import cross_industry_invoice
from contract_assembly.letters.invoice_document import invoice_pdf
from contract_assembly.repository.inputs import Repository
from tests.documents.judges import en16931, verapdf
from tests.helpers.corpus import REPOSITORY
from tests.helpers.e_invoices import CASES


def test_every_kind_of_invoice_conforms(tmp_path):
    repository = Repository(REPOSITORY)
    house = repository.house(repository.inputs("brookfield", "2026-support").provider)
    asked = []
    for name, invoice in CASES.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(invoice_pdf(invoice, house))
        asked += [("3a", path), ("ua1", path)]
    broken = {
        str(each): found["broken"] for each, found in zip(asked, verapdf(asked), strict=True) if not found["compliant"]
    }
    assert broken == {}


def test_the_data_of_every_kind_of_invoice_keeps_the_rules_of_the_standard(tmp_path):
    for name, invoice in CASES.items():
        (tmp_path / f"{name}.xml").write_bytes(cross_industry_invoice(invoice))
    assert en16931(sorted(tmp_path.iterdir())) == {f"{name}.xml": [] for name in sorted(CASES)}


SPOILT = {
    "BR-CO-10": (b"<ram:LineTotalAmount>2168.00<", b"<ram:LineTotalAmount>2168.01<"),
    "BR-S-08": (b"<ram:BasisAmount>2168.00<", b"<ram:BasisAmount>2168.01<"),
    "BR-27": (b"<ram:ChargeAmount>62.00<", b"<ram:ChargeAmount>-62.00<"),
    "not expected": (b"ram:DueDateDateTime>", b"ram:Unknown>"),  # the schema's own words
    "BR-61": (b"<ram:IBANID>GB29NWBK60161331926819</ram:IBANID>", b""),
}


def test_a_wrong_invoice_is_found_by_those_rules(tmp_path):
    """The judge judges: each copy breaks one rule, and the verdict names it."""
    data = cross_industry_invoice(CASES["with-bank"])
    for rule, (old, new) in SPOILT.items():
        assert old in data
        (tmp_path / f"{rule}.xml").write_bytes(data.replace(old, new))
    found = en16931(sorted(tmp_path.iterdir()))
    assert [rule for rule in SPOILT if not any(rule in each for each in found[f"{rule}.xml"])] == []
