"""The bounds of a clause: what would take minutes to read, or Python could not compile, is refused at its line."""

import pytest

from contract_assembly.clauses import limits
from contract_assembly.clauses.evaluation import MAX_OUTPUT
from contract_assembly.clauses.fill import compiled, fill
from contract_assembly.clauses.limits import (
    MAX_BRACKETS,
    MAX_CLAUSE,
    MAX_LISTS,
    MAX_NESTING,
    MAX_NUMBER,
    MAX_PARAGRAPH,
    MAX_TAG,
)
from contract_assembly.clauses.parse import parse
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.template_values import Fact, Series

START = Origin("clauses/x.md", 5)
YES = {"n": Fact(1, "n", START)}


def refused(text, **facts):
    """The rule and line of each problem of a text, filled and read."""
    try:
        return [
            (each.rule, each.origin.line)
            for each in parse(fill(compiled(text, START), facts, "en-US").text, START).problems
        ]
    except RefusedError as error:
        return [(each.rule, each.origin.line) for each in error.problems]


def nested(depth):
    return "{% if n %}" * depth + "x." + "{% endif %}" * depth


@pytest.mark.parametrize(
    ("fits", "over"),
    [
        (nested(MAX_NESTING), nested(MAX_NESTING + 1)),
        (nested(MAX_NESTING), nested(100)),
        ("{% if n %}x{% endif %}" * 100, "{% for a in n %}" * 30 + "x" + "{% endfor %}" * 30),
        (
            "{% if " + "(" * MAX_BRACKETS + "n" + ")" * MAX_BRACKETS + " %}x{% endif %}",
            "{% if " + "(" * 3_000 + "n" + ")" * 3_000 + " %}x{% endif %}",
        ),
        ("{% if " + "not " * (MAX_TAG - 2) + "n %}x{% endif %}", "{% if " + "not " * 3_000 + "n %}x{% endif %}"),
        ("{% if n == 1 %}x{% endif %}", "{{ n" + ".n" * 9_000 + " }}"),
        (f"{{% if n < {'9' * MAX_NUMBER} %}}x{{% endif %}}", f"{{% if n < {'9' * 9_000} %}}x{{% endif %}}"),
        ("x " * (MAX_PARAGRAPH // 2 - 10), "x " * MAX_PARAGRAPH),
        ("a\n" * (MAX_PARAGRAPH // 10), "a\n" * MAX_PARAGRAPH),
        ("x\n\n" * (MAX_CLAUSE // 3 - 1), "x\n\n" * (MAX_CLAUSE // 2)),
    ],
    ids=["ifs", "100-ifs", "loops", "brackets", "nots", "dots", "digits", "a-line", "lines", "clause"],
)
def test_a_bound_is_kept_and_what_is_over_it_is_refused_at_its_line(fits, over):
    assert refused(f"a\n\n{fits}", **YES) == []
    assert {rule for rule, _ in refused(f"a\n\n{over}", **YES)} == {"clause-size"}
    assert {line for _, line in refused(f"a\n\n{over}", **YES)} <= {5, 7}


@pytest.mark.parametrize("mark", ["<", "\\", "[", "![", "`a", "</a", "## a {#", "x", '"', "(a) ", "> ", "|", "*a "])
def test_a_hundred_thousand_marks_are_refused(mark):
    assert ("clause-size", 5) in refused(mark * (100_000 // len(mark)))


@pytest.mark.parametrize("mark", ["(a) ", "> "])
def test_marks_of_lists_and_boxes_inside_one_another_are_refused_before_python_runs_out_of_stack(mark):
    assert refused(mark * 1_000 + "x")


def test_as_many_lists_inside_one_another_as_a_contract_may_have_are_read():
    inside = "\n".join(("Each:", "", "(a) one:", "    (i) x; and", "    (ii) y; and", "(b) two."))
    assert MAX_LISTS == 2
    assert refused(inside) == []


def test_a_loop_that_prints_more_than_the_bound_is_refused():
    items = Series(tuple(Fact("x" * 400, f"names.{n}", START) for n in range(2_000)), "names", START)
    text = "{% for each in names %}" + "word " * 30 + "\n\n{% endfor %}"
    assert MAX_OUTPUT < 2_000 * 150
    assert [rule for rule, _ in refused(text, names=items)] == ["template-budget"]


def test_a_line_that_a_loop_makes_too_long_is_refused_at_its_line():
    items = Series(tuple(Fact("x", f"names.{n}", START) for n in range(2_000)), "names", START)
    assert refused("a\n\n{% for each in names %}{{ each }}, {% endfor %}", names=items) == [("clause-size", 7)]


def test_a_text_in_a_tag_cannot_hold_an_escaped_character():
    """An escape would bring in a character that no text may hold: half of a pair, or one that looks like a sealed fact."""
    assert refused(r'{{ n | agree("\ud800", "\ue000") }}', **YES) == [("clause-characters", 5)]


def test_a_clause_may_be_just_so_long():
    at = Origin("clauses/x.md", 5)
    assert list(limits.of_source("x" * MAX_CLAUSE, at)) == []
    assert [each.rule for each in limits.of_source("x" * (MAX_CLAUSE + 1), at)] == ["clause-size"]
