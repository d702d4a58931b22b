"""Telephone numbers as people write them, and the one form in which a contract prints them."""

import pytest

from contract_assembly.core.text import NBSP
from contract_assembly.facts.telephone import telephone


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("+1 518 555 0140", "+1 518 555 0140"),
        ("+15855550160", "+1 585 555 0160"),
        ("+1 (585) 555-0160", "+1 585 555 0160"),
        ("+1 585-555-0160", "+1 585 555 0160"),
        ("+1.585.555.0160", "+1 585 555 0160"),
        ("+1-585-555-0160", "+1 585 555 0160"),
        ("+1 5855550160", "+1 585 555 0160"),
        ("tel:+1-585-555-0160", "+1 585 555 0160"),
        ("+1 585\u2011555\u20110160", "+1 585 555 0160"),
        ("+1 585 555 0160 ext. 12", "+1 585 555 0160 ext. 12"),
        ("+1 585 555 0160 x12", "+1 585 555 0160 ext. 12"),
        ("+1 585 555 0160, ext 12", "+1 585 555 0160 ext. 12"),
        ("+1 585 555 0160 extension 1204", "+1 585 555 0160 ext. 1204"),
        ("+15855550160;ext=7", "+1 585 555 0160 ext. 7"),
        ("+44 (0)20 7946 0123", "+44 20 7946 0123"),
        ("+442079460123", "+44 20 7946 0123"),
        ("+441614960123", "+44 161 496 0123"),
        ("+447700900123", "+44 7700 900123"),
        ("+35315550123", "+353 1 555 0123"),
        ("+353 1 555 0123", "+353 1 555 0123"),
        ("+353871234567", "+353 87 123 4567"),
        ("+49 30/123456", "+49 30 123456"),
        ("+4930123456", "+49 301 234 56"),
        ("+390612345678", "+39 061 234 5678"),
    ],
)
def test_a_number_is_taken_as_people_write_it_and_printed_in_one_form(written: str, printed: str) -> None:
    assert telephone(written) == printed.replace(" ", NBSP)


def test_a_printed_number_is_read_again_as_it_is() -> None:
    for written in ("+1 585 555 0160 ext. 12", "+44 7700 900123", "+353 1 555 0123"):
        printed = telephone(written)
        assert telephone(printed) == printed


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("010", "not an international telephone number"),
        ("(585) 555-0160", "not an international telephone number"),
        ("0049 30 123456", "not an international telephone number"),
        ("+1 (585 555 0160", "not an international telephone number"),
        ("+1 585 CALL NOW", "not an international telephone number"),
        ("+1 585 555 0160 / 0161 / 0162 0163", "has 23 digits"),
        ("+1 585", "has 4 digits"),
        ("+1 (518) 555", "has 6 digits after"),
        ("+44 020 7946 0123", "leave out the 0 after the country code"),
        ("+1 585 555 0160 ext. 1234567", "not an international telephone number"),
    ],
)
def test_what_is_not_a_number_with_its_country_code_is_refused_with_the_cure(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        telephone(written)
