"""A signed contract that tests of forms change, built and signed once."""

import shutil

import pytest

from tests.helpers.firms import changeable


@pytest.fixture(scope="session")
def signed_once(tmp_path_factory):
    return changeable(tmp_path_factory.mktemp("signed") / "root")


@pytest.fixture
def root(signed_once, tmp_path):
    return shutil.copytree(signed_once, tmp_path / "root")
