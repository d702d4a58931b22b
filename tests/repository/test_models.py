"""Names of clients and agreements, and YAML files as models."""

import shutil

import pytest

from contract_assembly.facts.catalogue import Rates
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import BASE
from tests.helpers.refusals import refused


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(BASE, tmp_path / "root")


def test_clients_and_agreements_are_listed_in_order(root):
    for name in ("zebra", "beta"):
        shutil.copytree(root / "agreements/acme", root / f"agreements/{name}")
    shutil.copytree(root / "agreements/acme/2026-support", root / "agreements/acme/2025-support")
    (root / "agreements/no-client").mkdir()
    repository = Repository(root)
    assert repository.clients() == ("acme", "beta", "zebra")
    assert repository.agreements("acme") == ("2025-support", "2026-support")


def test_a_file_of_the_firm_is_read_once_for_many_states_and_again_when_it_changes(root):
    path = "provider/rates.yaml"
    first = Repository(root).load(Rates, path)
    assert Repository(root).load(Rates, path) is first
    (root / path).write_text("# Another first line\n" + (root / path).read_text())
    assert Repository(root).load(Rates, path).at("roles").line == first.at("roles").line + 1


def test_an_empty_repository_has_no_clients(tmp_path):
    assert Repository(tmp_path).clients() == ()


def test_an_unknown_client_is_told(root):
    assert refused(lambda: Repository(root).agreements("acne")) == [("unknown-client", None)]


@pytest.mark.parametrize("name", ["..", "a/b", "Acme", "acme ", ".git", "", "con", "COM1", "aux", "é", "a" + "\x00"])
def test_a_name_that_could_be_a_path_or_a_device_is_refused(root, name):
    assert refused(lambda: Repository(root).agreements(name)) == [("name", None)]
    assert refused(lambda: Repository(root).inputs("acme", name)) == [("name", None)]
