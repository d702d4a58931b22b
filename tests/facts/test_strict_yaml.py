"""Strict YAML: text with its lines, or a refusal with its line; never anything else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.text import refusal
from contract_assembly.facts import strict_yaml, yaml_nodes
from contract_assembly.facts.strict_yaml import load, plain, where

JSON = st.recursive(
    st.text(max_size=8) | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)
FACT = st.text(min_size=1, max_size=30).filter(lambda text: text == text.strip() and not refusal(text))


def refused(text, **how):
    with pytest.raises(RefusedError) as caught:
        load(text, "f.yaml", **how)
    return [(problem.rule, problem.origin.line) for problem in caught.value.problems]


def problems(text):
    """What is wrong with a text; a refusal says at least one thing."""
    try:
        load(text, "f.yaml")
    except RefusedError as error:
        return error.problems or ["a refusal without a reason"]
    return []


def test_every_scalar_is_text_as_written():
    text = "a: 1.10\nb: NO\nc: 2026-10-01\nd: 007\ne: 0x10\nf: 12:30\ng: 'x: # y'\n"
    found = {"a": "1.10", "b": "NO", "c": "2026-10-01", "d": "007", "e": "0x10", "f": "12:30", "g": "x: # y"}
    assert plain(load(text, "f.yaml")) == found


def test_lists_and_mappings_keep_their_shape():
    assert plain(load("a: [x, {b: y}]\nc:\n  - z\n", "f.yaml")) == {"a": ["x", {"b": "y"}], "c": ["z"]}


def test_an_empty_text_stands_in_quotes():
    assert plain(load("a: ''\nb: '~'\nc: \"null\"", "f.yaml")) == {"a": "", "b": "~", "c": "null"}


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a: 1\nb: *x\n", "yaml-alias", 2),
        ("a: &x 1\n", "yaml-alias", 1),
        ("a: 1\nb: !!int 3\n", "yaml-tag", 2),
        ("a: 1\nb: 2\na: 3\n", "yaml-doubled-key", 3),
        ("<<: {a: b}\n", "yaml-key", 1),
        ("[a, b]: c\n", "yaml-key", 1),
        ("--- {a: b}\n--- {c: d}\n", "yaml-documents", 2),
        ("a: b\nc:\n", "yaml-no-value", 2),
        ("a: b\nc: ~\n", "yaml-no-value", 2),
        ("a: null\n", "yaml-no-value", 1),
        ("- a\n-\n", "yaml-no-value", 2),
        ("", "yaml-empty", 1),
        ("# only words\n", "yaml-empty", 1),
        ("a: b\nc: [d\n", "yaml-syntax", 3),
        ("a: b\n\tc: d\n", "yaml-syntax", 2),
        ("a: \x00\n", "yaml-syntax", 1),
        ("a: b\né: c\nd: e\x00\n", "yaml-syntax", 3),
        ("a: b\nc: \ud800\n", "yaml-syntax", 2),
        ('a: b\nc: "\\ud800"\n', "yaml-syntax", 2),
        ("a: b\nc: Suite #300\n", "yaml-comment", 2),
        ("a: Suite #\n", "yaml-comment", 1),
        ("a: #1f3a5f\n", "yaml-comment", 1),
        ("a: [Suite #300]\nb: c\n", "yaml-comment", 1),
        ("- Suite é #300\n- b\n", "yaml-comment", 1),
        ("a: Acme\n  Corp #1\n", "yaml-comment", 2),
        ("a: b ##\n", "yaml-comment", 1),
        ("a: b\nc: 'x\u202ey'\n", "fact-characters", 2),
        ('a: "x\\ny"\n', "fact-characters", 1),
        ("a: |\n  x\n  y\n", "fact-characters", 1),
        ("a: '{{ b }}'\n", "fact-characters", 1),
        ("\ue000: a\n", "fact-characters", 1),
    ],
)
def test_what_is_not_plain_is_refused_on_its_line(text, rule, line):
    assert (rule, line) in refused(text)


def test_every_problem_is_told_and_not_the_first_alone():
    assert refused("a: *x\nb: !t y\nc:\n") == [("yaml-alias", 1), ("yaml-tag", 2), ("yaml-no-value", 3)]


def test_what_is_too_deep_or_too_long_is_refused():
    assert refused("[" * 100_000) == [("yaml-depth", 1)]
    assert refused(f"a: {'x' * (yaml_nodes.MAX_SCALAR + 1)}") == [("yaml-size", 1)]
    assert refused("#" * (strict_yaml.MAX_BYTES + 1)) == [("yaml-size", 1)]
    assert refused("".join(f"k{n}: a\n" for n in range(150_000))) == [("yaml-size", yaml_nodes.MAX_VALUES // 2)]
    assert load("[" * yaml_nodes.MAX_DEPTH + "a" + "]" * yaml_nodes.MAX_DEPTH, "f.yaml")


def test_a_comment_has_a_blank_after_its_mark():
    text = "a: 34  # as of May\nb: x#y\nc: '#z' #note\n#d\ne: [f] #note\n"
    assert plain(load(text, "f.yaml")) == {"a": "34", "b": "x#y", "c": "#z", "e": ["f"]}


def test_the_cure_of_a_cut_off_value_is_true():
    with pytest.raises(RefusedError) as caught:
        load("a: Suite #300\n", "f.yaml")
    (problem,) = caught.value.problems
    assert "'#300'" in problem.what
    assert problem.hint == "put the whole value in quotes; if it is a comment, write a blank after the #"
    assert plain(load('a: "Suite #300"\n', "f.yaml")) == {"a": "Suite #300"}
    assert plain(load("a: Suite # 300\n", "f.yaml")) == {"a": "Suite"}


def test_a_file_with_hundreds_of_problems_is_read_no_further():
    assert len(refused("k: a\n" * 5_000)) == strict_yaml.MAX_PROBLEMS


@pytest.mark.parametrize("text", ["k" * 15_000 + ": a\n" + "k" * 15_000 + ": b\n", "a: &" + "x" * 5_000 + " b\n"])
def test_a_message_does_not_repeat_a_long_name_whole(text):
    with pytest.raises(RefusedError) as caught:
        load(text, "f.yaml")
    assert all(len(each.what) < 200 for each in caught.value.problems)


def test_a_template_may_hold_double_braces():
    assert plain(load("a: '{{ b }}'", "f.yaml", template=True)) == {"a": "{{ b }}"}


def test_lines_are_counted_from_where_the_text_starts():
    node = load("a: 1\nb:\n  - x\n  - y\n", "c.md", first_line=2)
    assert where(node, ("b", 1)) == Origin("c.md", 5)
    assert where(node, ("b",)) == Origin("c.md", 3)


def test_a_path_that_leads_nowhere_is_placed_at_the_nearest_thing_above():
    node = load("a:\n  b: 1\n", "f.yaml")
    assert where(node, ("a", "missing", "deeper")) == Origin("f.yaml", 1)
    assert where(node, ("a", "b", 3)) == Origin("f.yaml", 2)


@given(FACT)
def test_a_fact_comes_through_letter_for_letter(text):
    quoted = text.replace("'", "''")
    assert plain(load(f"a: '{quoted}'", "f.yaml")) == {"a": text}


@given(JSON.map(lambda value: json.dumps(value, ensure_ascii=False)) | st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text):
    assert all(problem.origin.path == "f.yaml" and problem.hint for problem in problems(text))


@given(st.text(st.sampled_from("ab:-{}[]&*!|>'\"#\n ~?%,"), max_size=40))
def test_any_punctuation_of_yaml_is_read_or_refused(text):
    assert all(1 <= problem.origin.line <= text.count("\n") + 2 for problem in problems(text))
