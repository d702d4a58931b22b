"""How far an agreement yields in each slot, and which optional slots it takes."""

import pytest

from contract_assembly.clauses.clause import read_clause
from contract_assembly.clauses.rungs import is_taken, rungs
from contract_assembly.core.origin import Origin
from contract_assembly.facts.outline import Entry, Outline
from tests.helpers.clause_files import clause
from tests.helpers.inputs_base import inputs

HERE = Origin("agreement.yaml", 9)
OWN = read_clause(
    "---\nid: gifts\ntitle: T\nslot: gifts\nkinds: [support]\nlaws: ['*']\nrung: last-resort\npurpose: W\n---\nWords.\n",
    "agreements/acme/2026-support/clauses/gifts.md",
)
BY_SLOT = {"the-renewal": [clause(slot="the-renewal"), clause("soft", slot="the-renewal", rung="acceptable")]}
PARTS = ({"kind": "terms", "id": "terms", "title": "T", "clauses": ("the-renewal", "gifts")},)
OUTLINE = Outline.model_validate({"document": "contract", "kinds": ("support",), "parts": PARTS})


def agreed(**choose):
    chosen = {slot.replace("_", "-"): asked for slot, asked in choose.items()}
    return inputs(agreement__choose=chosen).agreement.model


@pytest.mark.parametrize(
    ("choose", "rung"),
    [
        ({}, "preferred"),
        ({"the_renewal": "soft"}, "acceptable"),
        ({"the_renewal": "last-resort"}, "last-resort"),
        ({"the_renewal": "unknown"}, "preferred"),
    ],
)
def test_the_rung_of_a_slot_is_that_of_the_clause_chosen_by_rung_or_id(choose, rung):
    found = rungs(agreed(**choose), OUTLINE, BY_SLOT, HERE).entries
    assert (found["the_renewal"].value, found["the_renewal"].key) == (rung, "rungs.the_renewal")
    assert found["gifts"].value == "preferred"


def test_the_rung_of_a_negotiated_clause_is_its_own():
    assert rungs(agreed(), OUTLINE, {"gifts": [OWN]}, HERE).entries["gifts"].value == "last-resort"


@pytest.mark.parametrize(
    ("optional", "choose", "library", "taken"),
    [
        (False, {}, {}, True),
        (True, {}, {}, False),
        (True, {"gifts": "preferred"}, {}, True),
        (True, {}, {"gifts": [OWN]}, True),
        (True, {}, {"gifts": [clause(slot="gifts")]}, False),
    ],
)
def test_an_optional_slot_is_taken_only_by_a_clause_that_is_chosen_or_brought(optional, choose, library, taken):
    assert is_taken(Entry(slot="gifts", optional=optional), agreed(**choose), library) == taken
