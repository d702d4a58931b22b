"""One browser for every test of pages: it takes longer to start than a page to be judged."""

import pytest

from tests.helpers.browsing import chromium


@pytest.fixture(scope="session")
def browser():
    with chromium() as running:
        yield running
