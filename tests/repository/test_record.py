"""What a record says of a document."""

import pytest

from contract_assembly.repository.record_file import from_data


@pytest.mark.parametrize(("pages", "found"), [({"a": 1}, {"a": 1}), ({"a": 0}, None), ({"a": True}, None), ([1], None)])
def test_pages_count_from_one_and_belong_to_the_same_tree(pages, found):
    document = from_data({"documents": {"contract": {"tree": "t", "pages": pages}}}).of("contract")
    assert document.pages_of("t") == found
    assert document.pages_of("other") is None
