"""What a fact may hold, and typography."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.text import (
    MAX_SHOWN,
    curled,
    cut,
    did_you_mean,
    joined,
    nearest,
    refusal,
    shortened,
    shown,
    slug,
    typeset,
    with_count,
)
from contract_assembly.core.values import Duration, Money, Percent, Weekdays, parse_date, parse_time


@pytest.mark.parametrize(
    "text", ["Zoë & Søn <b>", "5 < 6 | *x* `y` {z}", "日本語", "O’Brien", "a\u00a0b", "{ {", "नमस्ते", "😀"]
)
def test_any_letters_and_marks_may_be_a_fact(text):
    assert refusal(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\x00b", "control"),
        ("a\nb", "line break"),
        ("a\tb", "control"),
        ("a\x7fb", "control"),
        ("a\uffffb", "unassigned"),
        ("a\u202eb", "invisible"),
        ("a\u2066b", "invisible"),
        ("a\u200bb", "invisible"),
        ("a\u00adb", "invisible"),
        ("a\ufeffb", "invisible"),
        ("a\u3164b", "invisible"),
        ("a\U000e0041b", "invisible"),
        ("a\ue000b", "private-use"),
        ("a\U0010fffdb", "private-use"),
        ("{{name}}", "{{ or }}"),
        ("name}}", "{{ or }}"),
    ],
)
def test_a_fact_that_could_deceive_is_refused(text, reason):
    assert reason in refusal(text)


def test_a_template_may_hold_double_braces_and_nothing_else_more():
    assert refusal("{{ agreement.title }}", template=True) is None
    assert refusal("{{ a }}\u202e", template=True)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ('the "Fees" are due', "the “Fees” are due"),
        ('"Fees"', "“Fees”"),
        ('("Fees")', "(“Fees”)"),
        ("the Client's data", "the Client’s data"),
        ("the parties' duties", "the parties’ duties"),
        ("'so-called'", "‘so-called’"),
        ("\"'so-called' fees\"", "“‘so-called’ fees”"),
        ("a -- b", "a – b"),
        ("a---b", "a—b"),
        ("24-hour", "24-hour"),
    ],
)
def test_straight_quotes_and_typed_dashes_become_typographic(typed, set_):
    assert curled(typed) == set_


def test_a_quote_right_after_a_fact_closes():
    assert curled('" is', before="x") == "” is"


@given(st.text(st.sampled_from("ab \"'(-—\u00a0"), max_size=40))
def test_no_straight_quote_is_left_and_nothing_else_changes(text):
    done = curled(text)
    assert not set(done) & set("\"'")
    assert curled(done) == done


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b, and c")],
)
def test_a_list_in_a_sentence_has_a_comma_before_its_last_and_from_three_on(words, sentence):
    assert joined(words) == sentence


def test_a_list_may_be_joined_by_or():
    assert joined(["a", "b", "c"], "or") == "a, b, or c"


def test_the_nearest_name_is_offered_if_any_is_near():
    assert nearest("notise", ["notice", "fees"]) == "notice"
    assert nearest("zebra", ["notice", "fees"]) is None


def test_a_hint_names_the_nearest_or_all_that_are_known():
    assert did_you_mean("notise", ["notice", "fees"]) == "did you mean notice?"
    assert did_you_mean("zebra", ["notice", "fees"]) == "known here: fees, notice"
    assert did_you_mean("zebra", []) == "known here: nothing"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("under section 5 and paragraph 3", "under section\u00a05 and paragraph\u00a03"),
        ("a Priority 1 Incident", "a Priority\u00a01 Incident"),
        ("Schedule A, Schedule of fees", "Schedule\u00a0A, Schedule of fees"),
        ("Within 10 Business Days, every 4 hours", "Within 10\u00a0Business Days, every 4\u00a0hours"),
        ("45 CFR 164, at 15 % and 2 GB", "45\u00a0CFR 164, at 15\u00a0% and 2\u00a0GB"),
        ("no. 7 and No. 8", "no.\u00a07 and No.\u00a08"),
        ("A part A of 12 months-old", "A part\u00a0A of 12\u00a0months-old"),
        ("5 daisies, 3 on a Section Head", "5 daisies, 3 on a Section Head"),
    ],
)
def test_no_line_ends_between_a_mark_and_its_number_or_a_number_and_its_unit(typed, set_):
    assert typeset(typed) == set_


def test_a_slug_has_small_letters_and_digits():
    assert (slug(" Zoë’s “Desk” (2) "), slug("日本")) == ("zoes-desk-2", "")


def test_a_text_that_is_longer_than_its_column_is_cut():
    assert (cut("Elm Street", 10), cut("Elm Street", 9)) == ("Elm Street", "Elm Stre…")


def test_a_long_text_in_a_message_keeps_its_beginning_and_its_end():
    assert shortened("x" * MAX_SHOWN) == "x" * MAX_SHOWN
    assert shortened("begins " + "x" * 5_000 + " ends").startswith("begins x")
    assert shortened("begins " + "x" * 5_000 + " ends").endswith("x ends")
    assert len(shortened("x" * 5_000)) == MAX_SHOWN + 3
    assert shown("it's") == '"it\'s"'
    assert shown(["a"]) == "['a']"


@pytest.mark.parametrize(
    "read",
    [Money.parse, Percent.parse, Duration.parse, Weekdays.parse, parse_date, parse_time],
    ids=lambda read: read.__qualname__,
)
def test_no_message_repeats_a_value_of_5000_digits_whole(read):
    with pytest.raises(ValueError, match="99999999") as caught:
        read("9" * 5_000)
    assert len(str(caught.value)) < 300


def test_a_hint_lists_at_most_fifty_names():
    names = [f"name-{n:03}" for n in range(60)]
    assert did_you_mean("x" * 5_000, names[:50]) == f"known here: {', '.join(names[:50])}"
    assert did_you_mean("zzz", names).endswith("name-049 and 10 more")


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [(1, "row", "1 row"), (0, "row", "0 rows"), (2, "box", "2 boxes"), (12, "entry", "12 entries")],
)
def test_a_number_comes_with_its_noun(count, noun, words):
    assert with_count(count, noun) == words
