"""Dates inside facts, in the style of the reader's country."""

import pytest
from msgspec.structs import replace

from contract_assembly.rules.document.dates import foreign_dates
from tests.helpers.rule_documents import document, words


def told(language, text):
    made = document(words(text))
    return [
        (each.rule, each.level) for each in foreign_dates(replace(made, meta=replace(made.meta, language=language)))
    ]


AMERICAN = ("April 30, 2027", "April 30", "the list of January 5, 2027")
ELSEWHERE = ("30 April 2027", "30\u00a0April\u00a02027", "1st May", "the list of 5 January")
NEITHER = ("April 2027", "27 Aprils", "in 2027", "2027-04-30", "Version 30 of May")


@pytest.mark.parametrize(("language", "fine", "foreign"), [
    ("en-US", AMERICAN, ELSEWHERE), ("en-GB", ELSEWHERE, AMERICAN), ("en-IE", ELSEWHERE, AMERICAN),
])  # fmt: skip
def test_a_date_of_another_country_in_a_fact_is_found(language, fine, foreign):
    for text in (*fine, *NEITHER):
        assert told(language, f"Source: ⟦{text}⟧") == [], text
    for text in foreign:
        assert told(language, f"Source: ⟦{text}⟧") == [("foreign-date", "warning")], text


def test_words_of_a_clause_are_not_facts_and_other_languages_are_not_judged():
    assert told("en-US", "on 30 April 2027") == []
    assert told("de-DE", "⟦April 30, 2027⟧") == []
