"""Comparison of words: nothing is lost, little is marked, and long texts are fast."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.compare.words import Token, blocks, cut, longest_increasing_subsequence, runs

TEXT = st.lists(
    st.sampled_from(["the ", "fee", " ", "is", "$2,400.00", ", ", "30\u00a0days", "9.2", "."]), max_size=40
).map("".join)


def marked(old: str, new: str) -> str:
    marks = {"equal": "{0}", "delete": "[-{0}]", "insert": "[+{1}]", "renumber": "[{0}>{1}]"}
    return "".join(marks[run.op].format(run.old, run.new) for run in runs(cut(old), cut(new)))


@given(TEXT, TEXT)
def test_the_runs_contain_both_texts_completely(old, new):
    found = runs(cut(old), cut(new))
    assert "".join(run.old for run in found) == old
    assert "".join(run.new for run in found) == new


@given(TEXT)
def test_a_text_has_no_change_from_itself(text):
    assert {run.op for run in runs(cut(text), cut(text))} <= {"equal"}


@given(st.lists(st.integers(0, 6), max_size=60), st.lists(st.integers(0, 6), max_size=60))
def test_blocks_cover_both_sequences_and_are_the_same_where_they_say_so(old, new):
    found = blocks(old, new)
    assert [n for block in found for n in range(*block.old)] == list(range(len(old)))
    assert [n for block in found for n in range(*block.new)] == list(range(len(new)))
    assert all(old[slice(*b.old)] == new[slice(*b.new)] for b in found if b.same)


@given(st.lists(st.integers()))
def test_the_longest_increasing_subsequence_is_increasing(numbers):
    found = [numbers[n] for n in longest_increasing_subsequence(numbers)]
    assert all(a < b for a, b in pairwise(found))
    assert bool(found) == bool(numbers)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("pay $2,400.00 a month", "pay $2,472.00 a month", "pay [-$2,400.00][+$2,472.00] a month"),
        ("by September 30, 2026.", "by September 30, 2027.", "by [-September 30, 2026][+September 30, 2027]."),
        ("on 1 October 2026 at", "on 1 November 2026 at", "on [-1 October 2026][+1 November 2026] at"),
        ("at most 5% more", "at most 7.5% more", "at most [-5%][+7.5%] more"),
        ("a good, plain word", "a bad, odd word", "a [-good, plain][+bad, odd] word"),
        ("the Client's data", "the Provider's data", "the [-Client's][+Provider's] data"),
    ],
)
def test_changes_are_whole_words_amounts_and_dates(old, new, expected):
    assert marked(old, new) == expected


def test_a_reference_is_identified_by_its_target_and_not_by_its_number():
    old, new = Token("9.2 (Notice)", "notice"), Token("10.2 (Notice)", "notice")
    (run,) = runs([old], [new])
    assert (run.op, run.old, run.new) == ("renumber", "9.2 (Notice)", "10.2 (Notice)")
    assert [run.op for run in runs([old], [Token("9.2 (Notice)", "other")])] == ["delete", "insert"]


@pytest.mark.parametrize("kind", ["reworded here and there", "other words altogether", "the same word again and again"])
def test_clauses_of_five_thousand_words_are_compared_quickly(kind):
    words = [f"word{n}" for n in range(5_000)]
    old, new = {
        "reworded here and there": (words, [w if n % 50 else "other" for n, w in enumerate(words)]),
        "other words altogether": (words, [f"other{n}" for n in range(5_000)]),
        "the same word again and again": (["the", "fee"] * 2_500, ["fee", "the", "the"] * 1_700),
    }[kind]
    start = time.process_time()
    runs(cut(" ".join(old)), cut(" ".join(new)))
    assert time.process_time() - start < 1
