"""Laws as facts: what a rule of law must say, and when counsel must confirm a place."""

import pytest
from pydantic import ValidationError

from contract_assembly.facts.law import Country, Law, LawRule, WindowRule
from tests.helpers.inputs_base import ROOT
from tests.helpers.models import read, refused

LAW = "id: US-FL\nname: Florida\nfull: the State of Florida\n"
RULE = """id: fl-1
title: A rule
applies: "true"
requires: Something
consequence: Something else
severity: warn
authority: Some Act
"""


def test_a_law_can_be_chosen_and_was_read_by_counsel_unless_it_says_otherwise():
    found = read(Law, LAW).model
    assert (found.chosen, found.general, found.gate, found.within, found.rules) == ("yes", False, None, (), ())


@pytest.mark.parametrize(("place", "gate"), [("US-FL", "place-us-fl"), ("GB-NIR", "place-gb-nir"), ("IE", "place-ie")])
def test_a_place_whose_law_nobody_read_has_a_gate_of_its_name(place, gate):
    assert read(Law, LAW.replace("US-FL", place) + "general: yes\n").model.gate == gate


def test_a_rule_is_for_both_kinds_and_unverified_until_it_says_otherwise():
    found = read(LawRule, RULE).model
    assert found.kinds == ("support", "time-block")
    assert (found.verified_by, found.verified_on, found.broken, found.window, found.confirm) == (
        "none",
        "never",
        *[None] * 3,
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("severity: warn", "severity: fatal", "severity: 'fatal' is not one of the choices"),
        ('applies: "true"\n', "", "applies is missing"),
        ("authority: Some Act\n", "", "authority is missing"),
        ("severity: warn", "severity: warn\nchannels: [fax]", "channels.0: 'fax' is not one of the choices"),
        ("severity: warn", "severity: warn\nwindow: {before: today, earliest: 60 days, latest: 30 days}",
         "window.before: 'today' is not one of the choices"),
    ],
)  # fmt: skip
def test_a_rule_of_another_form_is_refused(old, new, what):
    assert [each for _, each, _ in refused(LawRule, RULE.replace(old, new))] == [what]


@pytest.mark.parametrize(
    ("code", "fits"), [("FL", True), ("NIR", True), ("F", False), ("ABCD", False), ("fl", False), ("F1", False)]
)
def test_a_table_of_places_is_by_codes_of_two_or_three_capitals(code, fits):
    assert (refused(Law, LAW + f"places: {{{code}: {{name: X}}}}\n") == []) == fits


def test_a_tax_table_answers_for_every_nature_of_service():
    taxes = "taxes: {authority: X, support: taxed, security: taxed, backup: taxed, hardware: taxed, software: taxed"
    assert refused(Law, LAW + taxes + ", planning: to-confirm}\n") == []
    assert [each[1] for each in refused(Law, LAW + taxes + "}\n")] == ["taxes.planning is missing"]
    assert [each[1] for each in refused(Law, LAW + taxes + ", planning: exempt}\n")] == [
        "taxes.planning: 'exempt' is not one of the choices"
    ]


def test_a_country_words_its_law_and_courts_by_the_name_of_the_place():
    found = read(
        Country, "{locale: en-IE, currency: EUR, tax: eu-vat, phone: +353 1 555 0100, postcode: D02 AF30}"
    ).model
    assert (found.full, found.governing, found.courts) == ("{name}", "the law of {full}", "the courts of {full}")
    assert not found.region


@pytest.mark.parametrize("path", sorted((ROOT / "clauses/law").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_of_law_is_that_of_its_name_and_its_rules_have_ids_of_their_own(path):
    law = read(Law, path.read_text("utf-8")).model
    assert law.id == path.stem
    assert len({rule.id for rule in law.rules}) == len(law.rules)


def window(earliest, latest):
    return WindowRule.model_validate({"before": "last_day", "earliest": earliest, "latest": latest})


def test_a_window_runs_from_the_earlier_day_to_the_later():
    assert (window("30 days", "15 days").earliest.count, window("30 days", "30 days").latest.count) == (30, 30)


@pytest.mark.parametrize("earliest", ["2 months", "15 business days", "5 weeks"])
def test_a_window_in_any_unit_but_days_is_refused_because_it_would_be_counted_as_days(earliest):
    with pytest.raises(ValidationError, match="counted in days"):
        window(earliest, "1 day")


def test_a_window_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValidationError, match="swap them"):
        window("15 days", "30 days")
