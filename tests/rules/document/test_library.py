"""The rules and the library: they have nothing against any clause, in any branch."""

import re
from pathlib import Path

import pytest

from contract_assembly.clauses.clause import read_clause
from contract_assembly.clauses.parse import Caption, opened, parse
from contract_assembly.core import sentinels
from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.facts.template_values import Wording
from contract_assembly.rules.document import RULES
from tests.helpers.rule_documents import document

ROOT = Path(__file__).parents[3]
CLAUSES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "clauses").rglob("*.md"))
# Rules that look at one line at a time, and so may look at every branch at once.
OF_WORDS = ("duty-in-definition", "external-reference", "literal-figure", "verbs", "forbidden-word", "balance")


def _all_branches(body):
    """The words of every branch, with a seal for each fact."""
    lines = (line for line in body.splitlines() if not re.fullmatch(r"\s*{%.*%}\s*", line))
    return re.sub(r"{{.*?}}", sentinels.sealed(0), re.sub(r"{%.*?%}", "", "\n".join(lines)))


@pytest.mark.parametrize("path", CLAUSES)
def test_no_rule_refuses_a_clause_of_the_library(path):
    clause = read_clause((ROOT / path).read_text("utf-8"), path)
    fact = Wording("fact", "some.fact", Origin("facts.yaml"))
    blocks = [
        opened(each, [fact])
        for each in parse(_all_branches(clause.body), clause.body_at).blocks
        if not isinstance(each, Caption)
    ]
    tree = document(*blocks, slot=clause.head.slot)

    assert any(isinstance(node, d.Text) for node in d.walk(tree))
    assert [(problem.rule, problem.what) for name in OF_WORDS for problem in RULES[name](tree)] == []
