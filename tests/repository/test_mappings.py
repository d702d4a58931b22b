"""Mappings of exports, by name or path."""

import pytest

from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.mappings import ticket_mapping, time_mapping
from tests.helpers.corpus import REPOSITORY
from tests.helpers.refusals import refused


@pytest.fixture(scope="module")
def repository():
    return Repository(REPOSITORY)


def test_a_mapping_is_found_by_its_name_and_by_its_path(repository):
    assert time_mapping(repository, "toggl") is time_mapping(repository, "provider/mappings/toggl.yaml")
    assert ticket_mapping(repository, "zendesk").at().path == "provider/mappings/zendesk.yaml"


def test_an_unknown_name_is_refused_with_the_nearest(repository):
    assert refused(lambda: time_mapping(repository, "togl")) == [("unknown-mapping", "provider/mappings/togl.yaml:1")]


@pytest.mark.parametrize(("load", "name"), [(time_mapping, "zendesk"), (ticket_mapping, "toggl")])
def test_a_mapping_for_exports_of_another_kind_is_refused(repository, load, name):
    assert refused(lambda: load(repository, name)) == [("unknown-mapping", f"provider/mappings/{name}.yaml:1")]
