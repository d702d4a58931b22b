"""The rules about what definitions say."""

import pytest

from contract_assembly.rules.document.definitions import circular_definitions, duties_in_definitions
from tests.helpers.rule_documents import meaning, places, told


def test_two_terms_that_mean_each_other_and_nothing_else_are_told_once():
    fees, services = (
        meaning("Fees", " means charges for the Services.", 3),
        meaning("Services", " means work for Fees.", 5),
    )
    assert places(circular_definitions, fees, services) == [("clauses/x.md:3", "error")]


def test_a_circle_of_three_is_told_once():
    circle = meaning("One", " means a Two."), meaning("Two", " means a Three."), meaning("Three", " means a One.")
    assert len(told(circular_definitions, *circle)) == 1


@pytest.mark.parametrize(
    "way_out", ["work for Fees on an Asset", "work for Fees in section ‹x›", "work for Fees of ⟦Acme⟧"]
)
def test_a_circle_with_a_way_out_is_sound(way_out):
    terms = meaning("Asset", " means a machine."), meaning("Fees", " means charges for the Services.")
    assert told(circular_definitions, *terms, meaning("Services", f" means {way_out}.")) == []


def test_terms_in_a_row_are_sound():
    assert (
        told(
            circular_definitions,
            meaning("One", " means a Two."),
            meaning("Two", " means a Three."),
            meaning("Three", " means x."),
        )
        == []
    )


def test_a_term_that_is_defined_by_itself_is_told():
    assert told(circular_definitions, meaning("Affiliate", " means a firm that controls an Affiliate of ⟦Acme⟧."))


@pytest.mark.parametrize(
    "text", [" means the last day. The first Decision Day is ⟦Friday⟧.", " means a day on which a decision is due."]
)
def test_a_term_may_stand_in_a_rule_after_its_meaning_or_in_small_letters(text):
    assert told(circular_definitions, meaning("Decision Day", text)) == []


def test_a_longer_term_is_no_use_of_the_shorter_one():
    assert (
        told(circular_definitions, meaning("Term", " means the Initial Term."), meaning("Initial Term", " means x."))
        == []
    )


@pytest.mark.parametrize("duty", ["shall send", "must send", "may not send", "agrees to send", "undertakes to send"])
def test_a_duty_inside_a_definition_is_told(duty):
    assert places(duties_in_definitions, meaning("Report", f" means what the Provider {duty}.", 4)) == [
        ("clauses/x.md:4", "error")
    ]


def test_a_right_inside_a_definition_is_sound():
    assert (
        told(duties_in_definitions, meaning("Decision Day", " means the last day on which a party may decline.")) == []
    )


def test_a_duty_outside_a_definition_is_no_concern_of_the_rule():
    assert told(duties_in_definitions, "The Provider shall send it.") == []
