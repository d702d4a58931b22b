"""Tokens that carry a fact's position through Jinja and Markdown."""

import pytest

from contract_assembly.core.sentinels import PRIVATE, TOKEN, line_mark, sealed, without_tokens


@pytest.mark.parametrize("number", [0, 7, 10_000])
def test_a_token_holds_its_number_and_its_kind(number):
    fact, line = TOKEN.fullmatch(sealed(number)), TOKEN.fullmatch(line_mark(number))
    assert int(fact[2]) == int(line[2]) == number
    assert fact[1] != line[1]


def test_tokens_next_to_each_other_are_read_one_by_one():
    assert [match[2] for match in TOKEN.finditer(sealed(1) + sealed(23) + line_mark(4))] == ["1", "23", "4"]


def test_a_digit_after_a_token_is_not_part_of_it():
    assert TOKEN.match(sealed(1) + "2")[2] == "1"


def test_messages_show_a_fact_as_an_ellipsis_and_no_line_mark():
    assert without_tokens(f"Pay {sealed(3)} to {sealed(4)}.{line_mark(9)}") == "Pay … to …."


@pytest.mark.parametrize("mark", ["\ue000", "\uf8ff", "\U000f0000", "\U000ffffd", "\U00100000", "\U0010fffd"])
def test_every_private_use_character_is_found_up_to_the_ends_of_its_range(mark):
    assert PRIVATE.search(f"a{mark}b")


@pytest.mark.parametrize("mark", ["\ud7ff", "\uf900", "\U000efff0", "a", "中", "🙂"])
def test_no_other_character_counts_as_private(mark):
    assert not PRIVATE.search(mark)
