"""The agreements that a change reaches."""

import json

from tests.helpers import two_states
from tests.helpers.corpus import run

root = two_states.root
rates = two_states.rates


def test_a_change_of_a_clause_is_read_once_for_all_that_it_reaches(rates):
    found = json.loads(run(rates, "impact", "--json").out)
    (change,) = [each for each in found["changes"] if each["id"] == "assignment"]
    assert set(change["agreements"]) == {"pecan/2026-support", "acme/2026-support", "lakeside/2027-support"}
    support = {f"{client}/2026-support" for client in ("alder", "brookfield", "cedar", "harrow", "juniper", "thames")}
    over = {"cedar/2025-support", "juniper/2026-block", "rowan/2025-support", "thames/2025-support"}
    assert set(found["frozen"]) == support | over
    assert found["failed"] == ["liffey/2026-support"]
    assert set(found["same"]) == {"hudson/2026-block", "solano/2026-block"}


def test_what_was_sent_comes_first_then_what_is_decided_soonest(rates):
    found = json.loads(run(rates, "impact", "--json").out)["reached"]
    assert [each["status"] for each in found] == ["sent", "draft", "draft"]
    days = [each["decided"] for each in found]
    assert days[1:] == sorted(days[1:])


def test_side_by_side_the_reach_is_the_same(rates):
    one, two = (run(rates, "impact", "--jobs", jobs) for jobs in ("1", "2"))
    assert one == two


def test_one_failing_agreement_is_named_and_stops_nothing(rates):
    found = run(rates, "impact")
    assert found.code == 1
    assert "3 of 16 agreements change since HEAD" in found.out
    assert "10 signed or ended; 2 keep every word; 1 failed" in found.out
    assert "agreements/liffey/2026-support/agreement.yaml" in found.err


def test_what_no_changed_file_reaches_is_not_assembled(rates, monkeypatch):
    assembled = []
    from contract_assembly.build import revisions

    real = revisions.assemble_and_assess
    monkeypatch.setattr(
        revisions,
        "assemble_and_assess",
        lambda repository, client, name: assembled.append(client) or real(repository, client, name),
    )
    run(rates, "impact")
    assert set(assembled) == {"acme", "pecan", "lakeside"}
