"""E-invoices by veraPDF: the archive standard with the data inside, and the one for accessibility."""

from contract_assembly.letters.invoice_document import invoice_pdf
from contract_assembly.repository.inputs import Repository
from tests.documents.judges import verapdf
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
