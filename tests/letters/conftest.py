"""The repositories that tests of the renewal letter change."""

import pytest

from tests.helpers.renewal_documents import AGREEMENT, FACTS, INTENT, NOTICES, change, office


@pytest.fixture
def root(tmp_path):
    return office(tmp_path)


@pytest.fixture
def quiet(root):
    """A renewal at which nothing changes."""
    change(root, AGREEMENT, (INTENT, ""), (NOTICES, ""))
    change(root, FACTS, ("counts: Two people", "# Two people"), ("price_notice: yes\n", ""))
    return root
