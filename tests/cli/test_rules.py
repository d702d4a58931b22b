"""`build.py rules`."""

import json
import re

import pytest

from contract_assembly.rules import document as check
from contract_assembly.rules.document import RULES
from tests.helpers import command_output
from tests.helpers.command_output import data, lines
from tests.helpers.corpus import run

root = command_output.root


def test_a_rule_may_be_had_alone_as_json(root):
    assert list(data(root, "rules", "total")["rules"]) == ["total"]


def test_every_rule_is_listed_with_its_first_sentence(root):
    listed = lines(root, "rules")
    assert len(listed) == len(RULES)
    assert all(re.fullmatch(r"[a-z-]+ +[A-Z“].+", line) for line in listed)


@pytest.mark.parametrize("rule", sorted(check.RULES))
def test_each_rule_has_a_page_with_an_example_and_the_cure(root, rule):
    said = run(root, "rules", rule)
    assert said.code == 0
    assert said.out.startswith(f"{rule}\n\n")
    assert all(f"{word}." in said.out for word in ("Why it is bad", "Example", "Fix"))
    assert "**" not in said.out


def test_the_rules_are_listed_and_told_as_json(root):
    assert [line.split()[0] for line in run(root, "rules").out.splitlines()] == list(check.RULES)
    assert set(json.loads(run(root, "rules", "--json").out)["rules"]) == set(check.RULES)


def test_a_misspelt_rule_is_set_right(root):
    assert "did you mean total?" in run(root, "rules", "totl").err
