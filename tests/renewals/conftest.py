"""The firm that tests of renewals change."""

import pytest

from tests.helpers.firms import without_built


@pytest.fixture
def firm(tmp_path):
    return without_built(tmp_path)
