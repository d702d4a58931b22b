"""The rule about figures in the words of clauses."""

import pytest

from contract_assembly.rules.document.figures import literal_figures
from tests.helpers.rule_documents import places, told

TYPED = [
    ("within 30 days", "a period"),
    ("within thirty days", "a period"),
    ("for twenty-four months", "a period"),
    ("two weeks", "a period"),
    ("one year", "a period"),
    ("one and a half hours", "a period"),
    ("half an hour", "a period"),
    ("a 12-month term", "a period"),
    ("after 5 Business Days", "a period"),
    ("two consecutive months", "a period"),
    ("within 10 or 20 days", "a period"),
    ("$500", "an amount"),
    ("€1,000.00", "an amount"),
    ("500 USD", "an amount"),
    ("EUR 90", "an amount"),
    ("five hundred dollars", "an amount"),
    ("5%", "a percentage"),
    ("7.5 %", "a percentage"),
    ("ten percent", "a percentage"),
    ("two percentage points", "a percentage"),
    ("by October 1, 2026", "a date"),
    ("by 31 March", "a date"),
    ("on 2026-10-01", "a date"),
    ("on 1/10/2026", "a date"),
    ("at 8:00 AM", "a time of day"),
    ("at 17:30", "a time of day"),
    ("at 5 pm", "a time of day"),
]
IDIOMS = [
    "Priority 1 Incidents",
    "one point of contact",
    "each month",
    "every year",
    "a day",
    "one party",
    "no more than one Response",
    "from one to five",
    "rounded to two decimals",
    "24x7",
    "day and night",
    "the first day of the month",
    "section 365(n) of Title 11",
    "Article 28 of the Regulation",
    "Regulation (EU) 2016/679 of 27 April 2016",
    "the Example Act 1998",
    "multi-factor",
    "They may 5 times ask",
]


@pytest.mark.parametrize(("text", "kind"), TYPED)
def test_a_typed_figure_is_told_once_with_its_kind(text, kind):
    (what,) = told(literal_figures, text)
    assert kind in what


@pytest.mark.parametrize("text", IDIOMS)
def test_a_number_that_is_no_figure_is_left_alone(text):
    assert told(literal_figures, text) == []


def test_a_figure_that_a_fact_says_is_left_alone():
    assert told(literal_figures, "within ⟦30 days⟧, and up to ⟦$500.00⟧") == []


def test_an_outline_may_say_a_figure():
    assert told(literal_figures, "within 30 days", path="templates/contract/outline.yaml") == []


def test_the_problem_stands_on_the_line_of_the_figure():
    assert places(literal_figures, "All is well.", "It lasts 30 days.") == [("clauses/x.md:2", "error")]


def test_words_that_were_negotiated_for_one_agreement_have_figures_of_their_own():
    assert told(literal_figures, "within 30 days", path="agreements/acme/2026-support/clauses/x.md") == []
