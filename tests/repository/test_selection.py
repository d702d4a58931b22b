"""One place looks up the names of clients, agreements and documents, so every command says the same of an unknown one."""

import pytest

from contract_assembly.core.paths import Target, target
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import documents_of, read_each, selected
from tests.helpers.corpus import REPOSITORY, based

NAMES = {
    "acme",
    "alder",
    "brookfield",
    "cedar",
    "harrow",
    "hudson",
    "juniper",
    "lakeside",
    "liffey",
    "pecan",
    "rowan",
    "solano",
    "thames",
}


@pytest.fixture
def repository(tmp_path):
    return Repository(based(tmp_path / "root"))


def test_a_target_is_a_client_or_one_of_its_agreements():
    assert target("acme") == Target("acme")
    assert target("acme/2026-support") == Target("acme", "2026-support")
    assert [str(target(each)) for each in ("acme", "acme/2026-support")] == ["acme", "acme/2026-support"]


@pytest.mark.parametrize("text", ["", " ", "acme/", "/2026-support", "/", "acme/ "])
def test_a_target_with_an_empty_name_is_refused(text):
    with pytest.raises(ValueError, match="the name is empty"):
        target(text)


def test_without_a_target_every_agreement_is_selected():
    pairs, problems = selected(Repository(REPOSITORY))
    assert {client for client, _ in pairs} >= NAMES
    assert problems == ()


def test_targets_are_selected_in_their_order_and_each_agreement_once():
    repository = Repository(REPOSITORY)
    pairs, _ = selected(repository, [target("pecan"), target("acme/2026-support"), target("acme"), target("pecan")])
    assert pairs[0][0] == "pecan"
    assert len(pairs) == len(set(pairs))
    assert ("acme", "2026-support") in pairs


def test_every_target_that_is_not_there_is_named_with_the_nearest(repository):
    with pytest.raises(RefusedError) as refused:
        selected(repository, [target("acne"), target("acme/2026-suport"), target("acme")])
    found = [(each.rule, each.hint, each.origin) for each in refused.value.problems]
    assert found == [
        ("unknown-client", "did you mean acme?", None),
        ("unknown-agreement", "did you mean 2026-support?", None),
    ]


def test_a_document_that_is_not_there_is_named_with_the_nearest(repository):
    assert documents_of(repository, "acme", "2026-support") == documents_of(
        repository, "acme", "2026-support", documents_of(repository, "acme", "2026-support")
    )
    assert documents_of(repository, "acme", "2026-support", ["contract"]) == ("contract",)
    with pytest.raises(RefusedError) as refused:
        documents_of(repository, "acme", "2026-support", ["contrat"])
    (problem,) = refused.value.problems
    assert (problem.rule, problem.hint) == ("unknown-document", "did you mean contract?")


def test_agreements_are_read_one_after_the_other_and_a_failure_stops_only_its_own():
    repository = Repository(REPOSITORY)
    pairs = [("acme", "2026-support"), ("hudson", "2026-block"), ("pecan", "2026-support")]
    refused = RefusedError([])

    def read(client, _):
        if client == "hudson":
            raise refused
        return None if client == "acme" else client

    assert list(read_each(repository, pairs, read)) == [(pairs[1], refused), (pairs[2], "pecan")]
