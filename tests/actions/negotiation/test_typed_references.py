"""Sections that are named by number."""

import pytest

from contract_assembly.actions.negotiation.typed_references import PLACE, compared_words, difference, linked

SECTIONS = {"11": "confidentiality", "14.1": "fees-due", "14": "fees"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under section 11 (Confidentiality), and", "under section [](#confidentiality), and"),
        ("under section\u00a014.1.", "under section [](#fees-due)."),
        ("sections 11, 14 (Fees), and 14.1 apply", "sections [](#confidentiality), [](#fees), and [](#fees-due) apply"),
        ("section 99 of the Act", "section 99 of the Act"),
        ("within 14 days", "within 14 days"),
        ("section 14.123", "section 14.123"),
    ],
)
def test_a_number_of_ours_becomes_a_reference(text, expected):
    assert linked(text, SECTIONS) == expected


def test_a_reference_may_print_any_number_and_its_caption():
    wanted = compared_words("as section 11 says", SECTIONS)
    assert wanted == ("as", "section", PLACE, "says")
    assert difference(["as", "section", "12", "Confidentiality", "says"], wanted) is None
    assert difference(["as", "section", "12", "says"], wanted) is None
    assert difference(["as", "section", "12", "says", "so"], wanted) == 4
    assert difference(["as", "clause", "12", "says"], wanted) == 1
    assert difference(["as"], wanted) == 1
