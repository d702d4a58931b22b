"""Exports of invoices: what their mappings must say, and the samples."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.facts.fields import Located
from contract_assembly.facts.invoice_export import InvoiceExport, problems
from tests.helpers.corpus import REPOSITORY
from tests.helpers.models import read, refused

COLUMNS = [{"head": "No", "field": "number"}]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"dates": "%d/%m"}, "does not hold a whole day"),
        ({"columns": []}, "there are no columns"),
        ({"columns": [*COLUMNS, {"head": "No", "field": "due"}]}, "'No' is the heading of two columns"),
        ({"most_rows": "0"}, "most_rows: a file must hold something"),
        ({"most_invoices": "0"}, "most_invoices: a file must hold something"),
    ],
)
def test_a_mapping_that_leaves_something_open_is_refused(more, says):
    model = InvoiceExport.model_validate({"name": "P", "columns": COLUMNS, **more})
    (problem,) = problems(Located(model, {"": Origin("p.yaml", 1)}))
    assert says in problem.what


def test_a_column_holds_a_field_or_a_value():
    text = "name: P\ncolumns:\n  - {head: A, field: number, value: x}\n"
    assert [what for _, what, _ in refused(InvoiceExport, text)] == ["columns.0: write a field or a value, not both"]


@pytest.mark.parametrize("path", sorted((REPOSITORY / "provider/exports").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_samples_are_sound(path):
    assert list(problems(read(InvoiceExport, path.read_text("utf-8")))) == []
