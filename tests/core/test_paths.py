"""Names of clients and agreements: a name that no file system takes is refused before a file is looked for."""

import pytest

from contract_assembly.core.paths import MAX_NAME, folder_of, is_clients
from tests.helpers.corpus import based, run


def test_a_folder_of_a_client_lies_below_agreements():
    assert folder_of("acme") == "agreements/acme"
    assert is_clients(folder_of("acme", "2026-support") + "/agreement.yaml")
    assert not is_clients("provider/provider.yaml")


@pytest.mark.parametrize("arguments", [("--client", "x" * 5_000), ("--client", f"acme/{'x' * 5_000}")])
def test_a_name_of_5000_characters_is_refused_and_not_repeated_whole(tmp_path, arguments):
    said = run(based(tmp_path / "root"), *arguments)
    assert said.code == 1
    assert "xxx … xxx" in said.err
    assert len(said.err) < 1_000


def test_a_name_that_no_file_system_takes_cannot_be_the_name_of_a_client(tmp_path):
    root = based(tmp_path / "root")
    assert f"at most {MAX_NAME} small letters" in run(root, "--client", "x" * (MAX_NAME + 1)).err
    assert "there is no client" in run(root, "--client", "x" * MAX_NAME).err
