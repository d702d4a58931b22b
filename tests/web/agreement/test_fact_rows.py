"""Files of facts as rows for people."""

from contract_assembly.facts.parties import Client
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.agreement.fact_rows import fact_groups, fact_rows, people_of, words
from tests.helpers.corpus import based


def rows_of(root):
    inputs = Repository(root).inputs("acme", "2026-support")
    return inputs, {each.key: each for each in fact_rows(inputs.agreement, people_of(inputs.client, inputs.provider))}


def test_every_line_of_facts_has_a_row_with_its_place_and_nothing_that_is_not_written(tmp_path):
    root = based(tmp_path / "root")
    inputs, rows = rows_of(root)
    text = (root / "agreements/acme/2026-support/agreement.yaml").read_text("utf-8").splitlines()
    shown = {each.origin.line for each in rows.values()}
    headings = {n for n, line in enumerate(text, 1) if line.endswith(":")}
    assert shown == set(range(1, len(text) + 1)) - headings
    assert "fees.setup" not in rows
    assert inputs.agreement.model.fees.setup is None


def test_values_are_in_words_and_people_by_name(tmp_path):
    _, rows = rows_of(based(tmp_path / "root"))
    assert (rows["term.first_day"].name, rows["term.first_day"].value) == ("First day", "1 October 2026")
    assert (rows["coverage.users"].name, rows["coverage.users"].value) == ("Users", "34")
    assert (rows["coverage.assets.0"].name, rows["coverage.assets.0"].value) == ("Servers", "3")
    assert rows["coverage.sites.0"].value == "2200 Calder Street"
    assert rows["contacts.client.primary"].value == "Lena Fischer"
    assert "after 2 business hours" in rows["contacts.escalation.0"].value
    assert rows["fees.increase_cap"].name == "Cap on price rises"


def test_facts_have_the_names_that_the_forms_give_them(tmp_path):
    root = based(tmp_path / "root")
    _, rows = rows_of(root)
    about = Repository(root).load(Client, "agreements/acme/client.yaml")
    names = {each.key: each.name for each in fact_rows(about, {})}
    assert rows["id"].name == "Contract number"
    assert rows["signatories.provider"].name == "For us"
    assert rows["contacts.client.primary"].name == "The client’s contacts, point of contact"
    assert names["party.short"] == "Short name"
    assert names["party.address.city"] == "Registered address, city"


def test_groups_follow_the_headings_of_the_file(tmp_path):
    inputs, _ = rows_of(based(tmp_path / "root"))
    names = [each.name for each in fact_groups(inputs.agreement, {})]
    assert names == ["General", "Term", "Coverage", "Contacts", "Fees", "Signatories", "Backup"]
    assert words("first_day") == "First day"
