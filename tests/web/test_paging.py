"""Long lists a page at a time."""

import pytest

from contract_assembly.web.page import PageRequest
from contract_assembly.web.paging import ROWS, address, paged

EVERY = range(2 * ROWS + 1)


def shown(page="", *, served=True):
    return paged(EVERY, PageRequest(None, query={"page": page}, served=served), "/due", {"days": "90", "q": ""})


def test_each_row_is_on_one_page():
    pages = [shown(str(n)) for n in (1, 2, 3)]
    assert [row for each in pages for row in each.rows] == list(EVERY)
    assert {(each.count, each.pages) for each in pages} == {(401, 3)}
    assert pages[1].at(3) == "/due?days=90&page=3"
    assert pages[1].at(1) == "/due?days=90"


@pytest.mark.parametrize(
    ("asked", "page"), [("", 1), ("0", 1), ("-1", 1), ("99", 3), ("x", 1), ("²", 1), ("9" * 5000, 1)]
)
def test_a_page_that_is_not_there_is_the_nearest(asked, page):
    assert shown(asked).page == page


def test_without_a_server_there_is_one_page():
    assert len(shown(served=False).rows) == len(EVERY)


def test_what_people_type_is_escaped_in_an_address():
    assert address("/", {"q": "a&b=<c>", "sort": ""}) == "/?q=a%26b%3D%3Cc%3E"
    assert address("/", {}) == "/"
