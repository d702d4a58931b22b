"""The nodes of strict YAML: they compare by what they hold and where they are, and cannot change."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.facts.strict_yaml import load
from contract_assembly.facts.yaml_nodes import Mapping, Scalar, Sequence


def at(line):
    return Origin("f.yaml", line)


def test_a_file_is_read_into_nodes_with_their_lines():
    found = load("a: x\nb:\n  - y\n", "f.yaml")
    wanted = Mapping(
        {"a": Scalar("x", at(1)), "b": Sequence((Scalar("y", at(3)),), at(3))}, {"a": at(1), "b": at(2)}, at(1)
    )
    assert found == wanted
    assert load("a: x\n", "f.yaml") != load("\na: x\n", "f.yaml")


def test_a_node_cannot_be_changed():
    with pytest.raises(AttributeError):
        Scalar("x", at(1)).text = "y"
