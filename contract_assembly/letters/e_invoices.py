"""The e-invoices of what is handed over: a PDF for each invoice with value added tax. Reads through `repository`."""

from collections.abc import Iterable

from msgspec import Struct, field

from contract_assembly.billing.e_invoice import is_for, problems
from contract_assembly.billing.invoices import Invoice
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.letters.invoice_document import invoice_pdf
from contract_assembly.repository.inputs import Repository


class Made(Struct):
    """The PDFs by the number of their invoice, what is wrong, and the clients of which nothing can be handed over."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


def e_invoices(repository: Repository, invoices: Iterable[Invoice]) -> Made:
    """The e-invoices. A client of which one cannot be made is left out whole; invoices without value added tax have none."""
    made = Made()
    for each in [each for each in invoices if is_for(each)]:
        wrong = list(problems(each))
        if not wrong:
            try:
                house = repository.house(repository.inputs(each.client, each.agreement).provider)
                made.files[each.number] = invoice_pdf(each, house)
            except RefusedError as error:
                wrong += error.problems
        if wrong:
            made.problems += wrong
            made.refused.add(each.client)
    return made
