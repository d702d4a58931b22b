"""The names of the engines that lay out PDFs."""

import json
from importlib.util import find_spec

import pytest

from contract_assembly.document.engines import ENGINES
from contract_assembly.facts.parties import Provider


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_has_a_package_and_is_a_name_that_the_provider_may_give(engine):
    assert find_spec(f"contract_assembly.writers.pdf.{engine}")
    assert engine in json.dumps(Provider.model_json_schema()["properties"]["pdf"])
