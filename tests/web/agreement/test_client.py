"""A client as its page shows it."""

from contract_assembly.repository.inputs import Repository
from contract_assembly.web.agreement.client import client_view
from tests.helpers.corpus import REPOSITORY, based, change
from tests.helpers.shown_firm import FACTS, ON


def test_its_agreements_come_the_newest_first_with_what_is_next():
    found = client_view(Repository(REPOSITORY), "cedar", ON)
    assert [each.name for each in found.agreements] == ["2026-support", "2025-support"]
    assert found.agreements[0].listed.status == "signed"
    assert {each.name for each in found.people} >= {"Marcus Bell"}
    assert "People" not in {each.name for each in found.groups}


def test_what_is_wrong_with_one_file_leaves_the_rest(tmp_path):
    root = based(tmp_path / "root")
    change(root, f"{FACTS}\n-version: 1\n+version: one\n")
    found = client_view(Repository(root), "acme", ON)
    assert (found.name, [len(each.problems) for each in found.agreements]) == ("Acme Instruments, Inc.", [1])
    change(root, "agreements/acme/client.yaml\n-place: US-NY\n+place: somewhere\n")
    broken = client_view(Repository(root), "acme", ON)
    assert (broken.name, len(broken.problems)) == ("acme", 1)
