"""Rules about words, tables and documents that are too long for pages."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.rules.document.size import (
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_ROWS,
    MAX_WORD,
    long_documents,
    long_tables,
    long_words,
)
from tests.helpers.rule_documents import document, places
from tests.helpers.sample_tree import t


def table(rows):
    return d.Table(("left",), (), ((d.Cell(t("x")),),) * rows)


@pytest.mark.parametrize(
    ("rule", "fits", "over"),
    [
        (long_words, f"a {'x' * MAX_WORD} b", f"a {'x' * (MAX_WORD + 1)} b"),
        (long_words, f"a {'x' * 250}-{'x' * 149} b", f"a {'x' * 300}\u00a0{'x' * 300} b"),
        (long_words, f"⟦{'x' * 200}⟧ ⟦{'x' * 300}⟧", f"⟦{'x' * 200}⟧⟦{'x' * 300}⟧"),
        (long_tables, table(MAX_ROWS), table(MAX_ROWS + 1)),
        (long_documents, table(MAX_LINES - 10), table(MAX_LINES + 1)),
        (long_documents, "x " * (MAX_CHARACTERS // 2 - 50), "x " * MAX_CHARACTERS),
    ],
)
def test_what_no_page_can_hold_is_refused(rule, fits, over):
    assert places(rule, fits) == []
    assert [level for _, level in places(rule, over)] == ["error"]


def test_a_long_word_is_shown_shortened():
    (problem,) = long_words(document("x" * 100_000))
    assert len(problem.what) < 200
    assert "100,000 characters" in problem.what
