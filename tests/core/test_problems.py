"""Problems in order, and not more of one file than a person reads."""

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import MAX_PER_FILE, MAX_WHAT, Problem, errors, in_order


def many(count, path="a.yaml", level="error"):
    return [Problem("rule", f"wrong {n}", Origin(path, n + 1), "fix it", level) for n in range(count)]


def test_every_problem_of_a_file_is_shown_up_to_the_bound():
    assert in_order(reversed(many(MAX_PER_FILE))) == tuple(many(MAX_PER_FILE))


def test_of_too_many_problems_the_rest_are_counted_at_their_line():
    *shown, last = in_order([*many(250), *many(2, "b.yaml")])
    assert [each.origin.path for each in (*shown, last)].count("b.yaml") == 2
    (rest,) = [each for each in shown if each.rule == "more-problems"]
    assert (rest.what, rest.origin) == ("150 more problems in this file", Origin("a.yaml", MAX_PER_FILE + 1))


def test_an_error_among_the_rest_still_counts_as_one():
    found = in_order([*many(250, level="warning"), Problem("rule", "wrong", Origin("a.yaml", 999))])
    assert [each.rule for each in errors(found)] == ["more-problems"]
    assert errors(in_order(many(250, level="warning"))) == ()


def test_a_list_that_was_cut_once_is_not_cut_again():
    once = in_order(many(250))
    assert in_order(once) == once


def test_a_message_never_repeats_a_long_value_whole():
    assert Problem("rule", f"{'9' * 5_000} is not a number").what.endswith("9 is not a number")
    assert len(Problem("rule", f"{'9' * 5_000} is not a number").what) <= MAX_WHAT + 3
    assert Problem("rule", "x" * MAX_WHAT).what == "x" * MAX_WHAT
