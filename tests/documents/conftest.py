"""One browser for every test of a file: it takes longer to start than a page to be judged. It is closed at the end of the
file, because Playwright keeps an event loop running, and signing a PDF needs to start its own."""

import pytest

from tests.helpers.browsing import chromium


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running
