"""JSON Schema of every YAML file."""

import json

import pytest
from jsonschema import Draft202012Validator

from contract_assembly.actions.json_schema import SCHEMAS, schema_of
from contract_assembly.facts import strict_yaml
from tests.helpers.corpus import REPOSITORY


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_valid_and_committed_as_it_is_made(name):
    text = schema_of(name)
    Draft202012Validator.check_schema(json.loads(text))
    assert (REPOSITORY / f"docs/schema/{name}.json").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("name", "pattern"), [("client", "agreements/*/client.yaml"), ("plan", "provider/plans/*.yaml")]
)
def test_the_samples_are_valid_for_their_schema(name, pattern):
    validator = Draft202012Validator(json.loads(schema_of(name)))
    for path in sorted(REPOSITORY.glob(pattern)):
        data = strict_yaml.plain(strict_yaml.load(path.read_text("utf-8"), str(path)))
        unfit = [each.message for each in validator.iter_errors(data) if "is not of type" not in each.message]
        assert unfit == [], path
