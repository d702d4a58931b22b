"""A fingerprint of folders changes with their facts, and with nothing else."""

import os

import pytest

from contract_assembly.repository.fingerprint import fingerprint


@pytest.fixture
def root(tmp_path):
    (tmp_path / "agreements/acme/2026-support").mkdir(parents=True)
    (tmp_path / "agreements/acme/client.yaml").write_text("a: b\n")
    (tmp_path / "agreements/acme/2026-support/ledger.csv").write_text("date\n")
    return tmp_path


def of(root):
    return fingerprint(root, "agreements/acme")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "client.yaml").write_text("a: bc\n"),
        lambda folder: os.utime(folder / "client.yaml", ns=(1, 1)),
        lambda folder: (folder / "client.yaml").unlink(),
        lambda folder: (folder / "2026-support/agreement.yaml").write_text(""),
        lambda folder: (folder / "2027-support").mkdir(),
        lambda folder: (folder / "client.yaml").rename(folder / "klient.yaml"),
        lambda folder: (folder / "2026-support").rename(folder / "2026-block"),
    ],
)
def test_it_changes_with_a_file_of_facts(root, change):
    before = of(root)
    change(root / "agreements/acme")
    assert of(root) != before


def test_it_does_not_change_with_a_document_or_another_client(root):
    before = of(root)
    (root / "agreements/acme/2026-support/contract.pdf").write_bytes(b"%PDF")
    (root / "agreements/hudson").mkdir()
    assert of(root) == before


def test_a_folder_that_is_not_there_has_one_too(root):
    assert fingerprint(root, "agreements/nobody") == fingerprint(root, "agreements/nobody")
    assert fingerprint(root, "agreements/nobody") != of(root)
