"""Names of files that other programs leave, against names of ours."""

import pytest

from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.other_programs import conflict_copy, is_left_behind
from tests.helpers.corpus import AGREEMENT, based, run

LEFT = [
    "~$ntract.docx",
    "~WRL0001.tmp",
    "._fees.md",
    ".DS_Store",
    "Thumbs.db",
    "thumbs.db:encryptable",
    "desktop.ini",
    ".~lock.contract.docx#",
    "lu9a1.tmp",
    ".contract.md.swp",
    "contract.md~",
    "#contract.md#",
    ".#contract.md",
    "contract.md.orig",
    "contract.md.rej",
    "fees.md.bak",
    "4913",
    ".git",
    ".syncthing.x.tmp",
    ".stfolder",
    "__MACOSX",
    "ehthumbs.db",
    "agreement.yaml.part",
]
OURS = [
    "contract.docx",
    "contract.md",
    "agreement.yaml",
    "client.yaml",
    "record.json",
    "ledger.csv",
    ".rels",
    "[Content_Types].xml",
    "page.css",
    "acme",
    "2026-support",
    "service.yaml",
    "contract-signed.pdf",
    "statement-2026-11.eml",
    "draft.svg",
    "US-NY.yaml",
    "Inter-Bold.ttf",
    "proposal-2026-11-30.yaml",
]
COPIES = {
    "fees.sync-conflict-20261101-101500-ABCDEFG.md": "Syncthing",
    "agreement (Anna's conflicted copy 2026-11-01).yaml": "Dropbox or Nextcloud",
    "agreement (conflicted copy 2026-11-01 101500).yaml": "Dropbox or Nextcloud",
    "agreement_conflict-20261101-101500.yaml": "Dropbox or Nextcloud",
    "agreement-DESKTOP-4F3A.yaml": "OneDrive",
    "fees (1).md": "Google Drive or a browser",
    "fees - Copy.md": "a file manager",
    "Copy of fees.md": "a file manager",
    "fees copy 2.md": "a file manager",
}


@pytest.mark.parametrize("name", [*LEFT, "$RECYCLE.BIN", "System Volume Information", "Icon\r"])
def test_locks_caches_and_backups_are_passed_over(name):
    assert is_left_behind(name)


@pytest.mark.parametrize("name", OURS)
def test_files_of_ours_are_listed(name):
    assert not is_left_behind(name)
    assert conflict_copy(name) is None


@pytest.mark.parametrize(("name", "program"), COPIES.items())
def test_a_conflict_copy_is_listed_and_named(name, program):
    assert not is_left_behind(name)
    assert conflict_copy(name) == program


def test_files_of_other_programs_change_nothing_in_any_folder(tmp_path):
    root = based(tmp_path / "root")
    assert run(root, "--client", "acme", "--format", "md").code == 0
    clean = run(root, "check", "--client", "acme")
    folders = [root, *(each for each in root.rglob("*") if each.is_dir() and ".build" not in each.parts)]
    for folder in folders:
        for name in (
            "~$ntract.docx",
            "._fees.md",
            "._x.yaml",
            ".DS_Store",
            "Thumbs.db",
            "desktop.ini",
            "a.yaml~",
            ".x.md.swp",
        ):
            (folder / name).write_bytes(b"\0")
    assert run(root, "check", "--client", "acme") == clean
    built = run(root, "--client", "acme", "--format", "md")
    assert (built.code, built.out) == (0, "agreements/acme/2026-support: nothing to do\n"), built.err
    assert Repository(root).documents("acme", "2026-support") == ()


@pytest.mark.parametrize("name", COPIES)
def test_a_conflict_copy_among_clauses_or_documents_is_reported_and_stops_only_its_agreement(tmp_path, name):
    root = based(tmp_path / "root")
    folder = root / AGREEMENT / ("clauses" if name.endswith(".md") else "documents")
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("x")
    said = run(root, "--all", "--format", "md")
    assert said.code == 1
    assert "[conflict-copy]" in said.err
    assert COPIES[name] in said.err
    assert "Traceback" not in said.err
