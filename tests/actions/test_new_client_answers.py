"""Answers about a new client, in the files that begin it."""

from contract_assembly.actions.new_client_answers import Answers, answered
from contract_assembly.repository.yaml_editor import data_of

CLIENT = b"""\
party:
  name: Oakridge (registered name to be entered)
  address:
    lines: [Street and number to be entered]
    city: City to be entered
    region: NY
    postcode: to be entered        # like 00000
people:
  - id: director
    name: Signatory (name to be entered)
    role: to be entered
  - id: contact
    name: Contact (name to be entered)
    role: to be entered
"""
AGREEMENT = b"""\
plan: basic                       # a file of provider/plans
coverage:
  users: 10
  sites:
    - {name: Head office, address: Street and city to be entered}
  assets:                          # kinds
    - {kind: workstation, count: 10}
    - {kind: firewall, count: 1}
contacts:
  client: {primary: contact, deputy: director}
  escalation:
    - {provider: contact, client: contact}
"""
FILES = {"agreements/oakridge/client.yaml": CLIENT, "agreements/oakridge/2027-support/agreement.yaml": AGREEMENT}


def made(answers):
    client, agreement = answered(FILES, answers).values()
    return data_of(client.decode()), data_of(agreement.decode()), client.decode(), agreement.decode()


def test_without_answers_every_byte_stays():
    assert answered(FILES, Answers()) == FILES


def test_what_is_known_takes_the_place_of_its_placeholder_and_comments_stay():
    address = {"lines": {0: "1 Main Street"}, "city": "Albany", "postcode": "12207"}
    client, agreement, text, terms = made(Answers({"address": address}, {"plan": "complete"}, {"users": "12"}))
    assert client["party"]["address"] == {
        "lines": ["1 Main Street"], "city": "Albany", "region": "NY", "postcode": "12207",
    }  # fmt: skip
    assert "# like 00000" in text
    assert agreement["coverage"]["sites"] == [{"name": "Head office", "address": "1 Main Street, Albany, NY 12207"}]
    assert (agreement["plan"], agreement["coverage"]["users"]) == ("complete", "12")
    assert "# a file of provider/plans" in terms


def test_counts_change_rows_add_others_and_none_takes_one_away():
    _, agreement, _, _ = made(Answers(counts={"server": "2", "firewall": "0", "workstation": "7"}))
    assert agreement["coverage"]["assets"] == [{"kind": "workstation", "count": "7"}, {"kind": "server", "count": "2"}]


def test_people_get_ids_from_their_names_and_agreements_name_them_so():
    client, agreement, _, _ = made(Answers(people={"contact": {"name": "Zoë O’Dell", "role": "Owner"}}))
    assert client["people"][1] == {"id": "zoe-odell", "name": "Zoë O’Dell", "role": "Owner"}
    assert agreement["contacts"]["client"] == {"primary": "zoe-odell", "deputy": "director"}


def test_two_people_of_one_name_keep_two_ids():
    same = {"name": "Jo Harbor"}
    client, _, _, _ = made(Answers(people={"director": same, "contact": same}))
    assert [each["id"] for each in client["people"]] == ["jo-harbor", "contact"]
