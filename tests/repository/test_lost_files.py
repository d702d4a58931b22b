"""Facts that a record or the last commit knows and the folder lacks are a problem in every command, for no list names them any more."""

import shutil

import pytest

from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.lost_files import lost_files
from tests.helpers.corpus import run
from tests.helpers.git_repositories import committed
from tests.helpers.living import FOLDER, NAMED, change, firm
from tests.helpers.living import FOLDER as AGREEMENT

CLIENT = "agreements/acme/client.yaml"
COMMANDS = (
    ("check",),
    ("due", "--on", "2026-11-23"),
    ("renew", "--by", "2027-09-30", "--on", "2027-06-01"),
    ("--all", "--format", "md"),
)


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory):
    root = firm(tmp_path_factory.mktemp("lost") / "root", "acme", "brookfield")
    change(root / FOLDER / "agreement.yaml", "status: sent", "status: draft")
    (root / "provider/approvals.yaml").unlink()
    assert run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01").code == 0
    assert run(root, "status", *NAMED, "--set", "sent").code == 0
    assert run(root, "status", *NAMED, "--set", "signed", "--on", "2026-09-21").code == 0
    assert run(root, "--client", "brookfield", "--format", "md").code == 0
    committed(root, "Signed")
    return root


@pytest.fixture
def signed(signed_once, tmp_path):
    return shutil.copytree(signed_once, tmp_path / "root")


def lost(root, client=None):
    found = lost_files(Repository(root), [client] if client else [])
    assert all(each.rule == "lost-facts" and "bring it back: git" in each.hint for each in found)
    return [each.origin.path for each in found]


def test_nothing_is_lost_where_every_file_is_there(signed):
    assert lost(signed) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
@pytest.mark.parametrize("path", [CLIENT, f"{AGREEMENT}/agreement.yaml"])
def test_every_command_names_what_is_lost(signed, command, path):
    (signed / path).unlink()
    said = run(signed, *command)
    assert said.code == 1
    assert f"{path}:1: error: {path} is gone, so acme" in said.err


def test_every_command_names_it_without_git_by_the_record(signed):
    shutil.rmtree(signed / ".git")
    (signed / AGREEMENT / "agreement.yaml").unlink()
    assert lost(signed) == [f"{AGREEMENT}/agreement.yaml"]


@pytest.mark.parametrize("path", [CLIENT, f"{AGREEMENT}/agreement.yaml"])
def test_a_byte_of_what_was_signed_is_found_though_its_facts_are_lost(signed, path):
    (signed / path).unlink()
    (signed / AGREEMENT / "contract.pdf").write_bytes(b"other")
    assert "contract.pdf is not what was signed" in run(signed, "check").err


def test_a_folder_that_is_gone_altogether_is_known_by_the_last_commit(signed):
    shutil.rmtree(signed / "agreements/acme")
    assert lost(signed) == [CLIENT, f"{AGREEMENT}/agreement.yaml"]
    committed(signed, "Acme is no client any more")
    assert lost(signed) == []


def test_a_lost_client_is_named_where_it_is_asked_for(signed):
    (signed / CLIENT).unlink()
    for command in (("check", "--client", "acme"), ("--client", "acme"), ("due", "--client", "acme")):
        said = run(signed, *command)
        assert said.code == 1
        assert f"{CLIENT} is gone" in said.err
        assert "there is no client" not in said.err


def test_a_loss_of_one_client_is_not_told_of_another(signed):
    (signed / CLIENT).unlink()
    assert lost(signed, "brookfield") == []
    assert run(signed, "check", "--client", "brookfield").code == 0


def test_facts_that_a_document_was_built_from_are_missed(signed):
    name = "service.yaml"
    path = signed / FOLDER / "documents/letter.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("document: annual-report\nstatus: draft\ndate: 2027-05-03\nreader: robert-okafor\n")
    assert run(signed, "--client", "acme", "--format", "md").code == 0
    (signed / FOLDER / name).unlink()
    assert lost(signed) == [f"{FOLDER}/{name}"]


def test_a_negotiated_clause_may_go(signed):
    own = signed / "agreements/brookfield/2026-support/clauses"
    own.mkdir()
    (own / "general.md").write_text((signed / "clauses/general/general.md").read_text())
    assert run(signed, "--client", "brookfield", "--format", "md").code == 0
    shutil.rmtree(own)
    assert lost(signed) == []
