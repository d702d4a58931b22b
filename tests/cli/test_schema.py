"""`build.py schema`."""

import json

import pytest

from contract_assembly.actions.json_schema import SCHEMAS
from tests.helpers import command_output
from tests.helpers.corpus import run

root = command_output.root


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_for_one_kind_of_file_and_closed(root, name):
    schema = json.loads(run(root, "schema", name).out)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False


def test_a_misspelt_schema_is_set_right(root):
    assert "did you mean agreement?" in run(root, "schema", "agrement").err


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_each_schema_is_json(root, name):
    assert json.loads(run(root, "schema", name).out)["$schema"].startswith("https://json-schema.org/")
    assert name in run(root, "schema").out.splitlines()
