"""The firm's own playbook: it names only what is there, and every fallback of the library has a point that asks for it."""

import json

from contract_assembly.actions.playbook import playbook
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY, based, run


def test_every_fallback_answers_something_that_clients_ask_for():
    found = playbook(Repository(REPOSITORY))
    assert len(found) > 20
    assert [each.slot for each in found if not each.points] == []


def test_every_point_has_a_fallback_in_some_slot():
    found = playbook(Repository(REPOSITORY))
    points = {point.id: point for each in found for point in each.points}
    yielding = {each.slot for each in found for position in each.positions if position.when}
    assert len(points) >= 15
    assert [point.id for point in points.values() if not yielding & set(point.slots)] == []


def test_one_slot_under_one_law():
    (play,) = playbook(Repository(REPOSITORY), "liability", "GB-EW")
    of_support = [(each.clause, each.rung) for each in play.positions if "support" in each.kinds]
    assert of_support == [
        ("liability-gb", "preferred"),
        ("liability-two-years-gb", "acceptable"),
        ("liability-insured-gb", "last-resort"),
    ]


def test_the_command_prints_what_is_asked_what_to_take_and_whom_to_show_it():
    said = run(REPOSITORY, "playbook", "liability", "--laws", "US-NY").out
    for words in ("asked", "A limit of two years' fees", "liability-insured", "show it to", "owner, counsel, insurer"):
        assert words in said
    assert "liability-insured-gb" not in said
    assert max(map(len, said.splitlines())) <= 120


def test_the_command_answers_in_json():
    (slot,) = json.loads(run(REPOSITORY, "playbook", "renewal", "--json").out)["slots"]
    assert slot["slot"] == "renewal"
    assert slot["points"][0]["facts"] == ["term.renewal", "term.renewal_length", "term.notice"]
    assert {each["rung"] for each in slot["positions"]} == {"preferred", "acceptable"}


def test_a_firm_without_a_playbook_has_its_fallbacks_alone(tmp_path):
    root = based(tmp_path / "root")
    assert playbook(Repository(root)) == ()


def test_a_law_that_cannot_be_one_is_wrong_use():
    said = run(REPOSITORY, "playbook", "--laws", "ireland")
    assert (said.code, "ireland is not a law like US-NY" in said.err) == (2, True)
