"""The reader of YAML in any form: loaded for a file that needs it, and nothing is ever made of what a file names."""

import subprocess
import sys

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.facts import yaml_reader
from contract_assembly.facts.yaml_nodes import MAX_DEPTH, MAX_SCALAR, MAX_VALUES
from tests.helpers.corpus import REPOSITORY

ASKED = """
import sys
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.fields import read_as
from contract_assembly.facts.parties import Client
from pathlib import Path
path = Path("agreements/hudson/client.yaml")
try:
    read_as(Client, path.read_text("utf-8") + {more!r}, str(path))
    print("read")
except RefusedError:
    print("refused")
print("yaml" in sys.modules)
"""


@pytest.mark.parametrize(
    ("more", "said"),
    [("", ["read", "False"]), ("# a remark\n", ["read", "False"]), ("nobody: &anchor x\n", ["refused", "True"])],
)
def test_pyyaml_is_loaded_only_for_a_file_that_is_not_in_the_simplest_form(more, said):
    script = ASKED.format(more=more)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.split() == said


def refused(text):
    with pytest.raises(RefusedError) as caught:
        yaml_reader.read(text, "f.yaml", 1, template=False)
    return [(each.rule, each.origin.line) for each in caught.value.problems]


def test_what_would_make_an_object_is_refused_as_a_tag():
    assert refused("a: !!python/object/apply:os.system [true]\n") == [("yaml-tag", 1)]


def test_the_bounds_are_those_of_the_nodes():
    assert refused(f"a: {'x' * (MAX_SCALAR + 1)}") == [("yaml-size", 1)]
    assert refused("[" * (MAX_DEPTH + 1) + "a" + "]" * (MAX_DEPTH + 1)) == [("yaml-depth", 1)]
    assert refused("".join(f"k{n}: a\n" for n in range(MAX_VALUES)))[0][0] == "yaml-size"
