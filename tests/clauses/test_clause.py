"""Clause files: their front matter and their words."""

import pytest

from contract_assembly.clauses.clause import read_clause
from contract_assembly.core.origin import Origin
from tests.helpers.clause_files import YIELD, clause, refusal


def test_a_clause_is_a_head_and_words():
    found = clause()
    assert (found.head.id, found.head.laws, found.body) == ("renewal", ("*",), "Words.\n")
    assert found.body_at == Origin("clauses/renewal.md", 10)
    assert found.located.at("purpose") == Origin("clauses/renewal.md", 8)


def test_the_same_words_are_read_once_and_other_words_again():
    found = clause()
    assert clause() is found
    assert clause(more="survives: yes\n").head.survives
    assert not found.head.survives


def test_a_clause_without_a_head_is_refused():
    assert refusal(lambda: read_clause("Words.\n", "clauses/x.md")) == [("front-matter", 1)]


def test_the_id_of_a_clause_is_the_name_of_its_file():
    text = (
        "---\nid: other\ntitle: T\nslot: s\nkinds: [support]\nlaws: ['*']\nrung: preferred\npurpose: W\n---\nWords.\n"
    )
    assert refusal(lambda: read_clause(text, "clauses/renewal.md")) == [("clause-id", 2)]


def test_every_problem_of_a_head_is_told_at_its_line():
    assert refusal(lambda: clause(laws="[us]", rung="best", more="extra: 1\n")) == [
        ("ill-typed", 6),
        ("ill-typed", 7),
        ("unknown-key", 9),
    ]


def test_a_fallback_says_when_to_yield_and_who_sees_it():
    found = clause(rung="acceptable").head.yields
    assert (found.when, found.to) == ("The client asks.", ("owner",))


@pytest.mark.parametrize(
    ("rung", "more", "line"),
    [
        ("acceptable", "retired: no # yield\n", 7),
        ("last-resort", "retired: no # yield\n", 7),
        ("preferred", YIELD, 9),
        ("acceptable", "yield: {when: The client asks., to: []}\n", 9),
    ],
)
def test_a_yield_belongs_to_a_fallback_and_to_nothing_else(rung, more, line):
    assert refusal(lambda: clause(rung=rung, more=more)) == [("yield", line)]


def test_a_negotiated_clause_need_not_say_when_to_yield():
    text = '---\nid: x\ntitle: T\nslot: s\nkinds: [support]\nlaws: ["*"]\nrung: last-resort\npurpose: W\n---\nWords.\n'
    assert read_clause(text, "agreements/acme/2026-support/clauses/x.md").head.yields is None
    assert refusal(lambda: read_clause(text, "clauses/x.md")) == [("yield", 7)]
