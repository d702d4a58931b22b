"""What a record says of a document."""

import pytest

from contract_assembly.repository.record import BuildRecord
from contract_assembly.repository.record_file import from_data, written


@pytest.mark.parametrize(("pages", "found"), [({"a": 1}, {"a": 1}), ({"a": 0}, None), ({"a": True}, None), ([1], None)])
def test_pages_count_from_one_and_belong_to_the_same_tree(pages, found):
    document = from_data({"documents": {"contract": {"tree": "t", "pages": pages}}}).of("contract")
    assert document.pages_of("t", "") == found
    assert document.pages_of("other", "") is None
    assert document.pages_of("t", "typst") is None


def test_a_record_without_an_engine_is_of_the_first_one():
    read = from_data({"documents": {"old": {"tree": "t"}, "new": {"tree": "t", "engine": "typst"}}})
    assert [read.of(name).laid_out_by for name in ("old", "new")] == ["weasyprint", "typst"]
    assert b"engine" not in written(BuildRecord("f", {"old": read.of("old")}))
    assert b'"engine": "typst"' in written(BuildRecord("f", {"new": read.of("new")}))
