"""Registers of an agreement: licences, personal data, backups, tax, confirmations."""

import pytest

from contract_assembly.facts.registers import Backup, Confirmation, Licence, PersonalData, Tax
from tests.helpers.models import read, refused

LICENCE = (
    "{product: Mail, vendor: V, metric: user, quantity: 5, holder: client, first_day: 2026-10-01, renewal: yearly}"
)
SET = ("sets:\n  - {name: Files, method: Copy, frequency: Daily, retention: 30 days, offsite: Yes, immutable: yes, "
       "rpo: 24 hours, rto: 8 business hours, test: Quarterly}\n")  # fmt: skip


def test_a_licence_without_a_last_day_goes_on_and_nobody_accepted_it_yet():
    found = read(Licence, LICENCE).model
    assert (found.last_day, found.accepted_by, found.accepted_on) == (None, None, None)


@pytest.mark.parametrize(
    ("holder", "fits"), [("client", True), ("provider", True), ("provider-tenant", True), ("vendor", False)]
)
def test_a_licence_is_held_by_one_of_the_two_sides(holder, fits):
    assert (refused(Licence, LICENCE.replace("holder: client", f"holder: {holder}")) == []) == fits


@pytest.mark.parametrize(
    ("quantity", "fits"), [("0", True), ("999999999", True), ("-1", False), ("1.5", False), ("007", False)]
)
def test_a_quantity_is_a_whole_number_that_is_not_negative(quantity, fits):
    assert (refused(Licence, LICENCE.replace("quantity: 5", f"quantity: {quantity}")) == []) == fits


def test_personal_data_states_its_regime_and_whom_it_is_about():
    text = "{regime: uk, nature: Support, purpose: Support, categories: [Names], subjects: [Users]}"
    found = read(PersonalData, text).model
    assert (found.subprocessors, found.transfers) == ((), ())
    assert [each[1] for each in refused(PersonalData, text.replace("regime: uk", "regime: us"))] == [
        "regime: 'us' is not one of the choices"
    ]
    assert [each[1] for each in refused(PersonalData, text.replace(", subjects: [Users]", ""))] == [
        "subjects is missing"
    ]


def test_a_transfer_names_its_safeguard():
    text = (
        "{regime: eu, nature: S, purpose: S, categories: [N], subjects: [U], transfers: [{recipient: R, country: US}]}"
    )
    assert [each[1] for each in refused(PersonalData, text)] == ["transfers.0.safeguard is missing"]


def test_a_backup_set_has_targets_in_units_of_time_and_its_truth_is_yes_or_no():
    (found,) = read(Backup, SET).model.sets
    assert (found.immutable, found.rpo.unit, found.rto.unit) == (True, "hour", "business hour")
    assert [each[2] for each in refused(Backup, SET.replace("rpo: 24 hours", "rpo: soon"))] == [2]
    assert [each[2] for each in refused(Backup, SET.replace("immutable: yes", "immutable: mostly"))] == [2]


@pytest.mark.parametrize("regime", ["us-sales", "uk-vat", "eu-vat", "ca-gst", "au-gst", "none"])
def test_a_tax_is_one_of_the_regimes_that_have_words(regime):
    assert read(Tax, f"regime: {regime}").model.regime == regime
    assert refused(Tax, f"regime: {regime}x")[0][0] == "ill-typed"


def test_a_confirmation_is_by_a_person_on_a_day():
    assert [each[1] for each in refused(Confirmation, "{gate: place-us-fl}")] == ["by is missing", "on is missing"]
