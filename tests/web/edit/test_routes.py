"""The addresses of the pages that write."""

import pytest

from contract_assembly.web.edit.routes import ROUTES


@pytest.mark.parametrize("route", ROUTES, ids=lambda each: each.path)
def test_a_page_that_writes_is_never_written_as_a_file(route):
    assert route.act is not None
    assert route.every is None
