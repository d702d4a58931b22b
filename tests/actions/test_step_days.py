"""The day of a step: judged against the term and against today."""

from datetime import date
from types import SimpleNamespace

import pytest

from contract_assembly.actions.step_days import accepted_later
from contract_assembly.facts.registers import Licence
from tests.helpers import sent_agreement
from tests.helpers.corpus import run, state
from tests.helpers.inputs_base import inputs
from tests.helpers.living import NAMED
from tests.helpers.sent_agreement import END, FACTS, record, rules, sign

sent_once = sent_agreement.sent_once
sent = sent_agreement.sent
signed = sent_agreement.signed


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ((), "no-day"),
        (("--on", "2020-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2030-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2026-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2027-03-31"), "no-reason"),
        (("--on", "2027-03-31", "--by", "client"), "no-reason"),
        (("--on", "2027-09-30"), "no-reason"),  # it renews by itself, and nobody declined
    ],
)
def test_an_end_is_judged_against_the_term(signed, options, rule):
    before = state(signed)
    said = run(signed, *END, *options)
    assert (said.code, state(signed)) == (1, before)
    assert f"[{rule}]" in said.err


@pytest.mark.parametrize("day", ["1990-09-21", "2025-09-30", "2027-10-01", "2031-09-21"])
def test_a_day_of_signature_far_from_the_term_is_refused(sent, day):
    before = state(sent)
    said = run(sent, "status", *NAMED, "--set", "signed", "--on", day)
    assert (said.code, state(sent)) == (1, before)
    assert "[day-outside-term]" in said.err


@pytest.mark.parametrize("day", ["2025-10-01", "2026-09-21", "2027-09-30"])
def test_a_day_of_signature_near_the_term_is_taken(sent, day):
    assert run(sent, "status", *NAMED, "--set", "signed", "--on", day).code == 0
    assert record(sent)["signed"]["on"] == day


def test_a_wrong_day_of_signature_is_corrected_for_a_reason(signed):
    assert "is corrected with --reason" in sign(signed, "--on", "2026-09-22").err
    assert sign(signed, "--on", "2026-09-22", "--reason", "Read wrong").code == 0
    assert record(signed)["signed"]["on"] == "2026-09-22"
    assert "# Corrected: Read wrong\nstatus: signed" in (signed / FACTS).read_text()
    assert "countersigned" in record(signed)["signed"]
    assert rules(signed) == []


def test_terms_that_were_accepted_only_after_the_signature_are_noted():
    licence = Licence.model_validate(
        {
            "product": "Halden Office", "vendor": "Halden", "metric": "named user", "quantity": "34", "holder": "client",
            "first_day": "2026-10-01", "renewal": "Yearly", "accepted_by": "Robert", "accepted_on": "2026-09-14",
        }
    )  # fmt: skip
    days = SimpleNamespace(inputs=inputs(agreement__licences=(licence,)))
    (note,) = accepted_later(days, "contract", date(2026, 9, 13))
    assert note == (
        "the contract says that the terms of Halden Office were accepted on 2026-09-14, after it was signed on 2026-09-13: "
        "check that day"
    )
    assert list(accepted_later(days, "contract", date(2026, 9, 14))) == []
    assert list(accepted_later(days, "amendment-1", date(2026, 9, 13))) == []
