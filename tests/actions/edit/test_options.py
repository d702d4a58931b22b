"""What a form offers to choose from."""

from contract_assembly.actions.edit.facts_file import facts_file
from contract_assembly.actions.edit.options import options, our_people, people_of, places_of, plans_of
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, based


def test_people_plans_places_and_lines_are_offered_by_name(tmp_path):
    repository = Repository(based(tmp_path / "root"))
    found = options(repository, facts_file(repository, "acme", "2026-support"))
    assert found["contacts.client.primary"] == (
        ("robert", "Robert Okafor, Chief Operating Officer"),
        ("lena", "Lena Fischer, Office Manager"),
    )
    assert found["signatories.provider"] == our_people(repository)
    assert found["plan"] == plans_of(repository) == (("basic", "Basic Care"),)
    assert found["fees.prices.*.line"] == (("users", "User support"), ("servers", "Server care"))
    assert found["law"] == places_of(repository)
    assert ("US-NY", "New York") in found["law"]
    assert options(repository, facts_file(repository, "acme")) == {"place": places_of(repository)}


def test_a_file_that_cannot_be_read_offers_nothing(tmp_path):
    root = based(tmp_path / "root")
    (root / "agreements/acme/client.yaml").write_text("party: [\n")
    (root / "provider/plans/basic.yaml").write_text("id: basic\n")
    repository = Repository(root)
    found = options(repository, facts_file(repository, "acme", "2026-support"))
    assert people_of(repository, "acme") == ()
    assert "contacts.client.primary" not in found
    assert "fees.prices.*.line" not in found
    assert plans_of(repository) == (("basic", "basic"),)
    assert (root / AGREEMENT).is_dir()
