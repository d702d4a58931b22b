"""Outlines: the order of clauses, in a short form and a long one."""

import pytest

from contract_assembly.facts.outline import CONTRACT, OUTLINES, Outline
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import ROOT
from tests.helpers.models import read, refused

HEAD = "document: letter\nkinds: [support]\nparts:\n"
PART = "  - {kind: terms, id: words, title: Words, clauses: %s}\n"


def clauses(text):
    return read(Outline, HEAD + PART % text).model.parts[0].clauses


def test_a_slot_alone_is_the_short_form_of_an_entry():
    assert clauses("[fees]") == clauses("[{slot: fees}]")
    (entry,) = clauses("[fees]")
    assert (entry.slot, entry.optional, entry.condition) == ("fees", False, None)


def test_an_entry_can_be_optional_and_have_a_condition():
    (entry,) = clauses("[{slot: fees, optional: yes, if: backup}]")
    assert (entry.optional, entry.condition) == (True, "backup")


def test_a_condition_is_written_as_if_and_not_by_its_name_in_the_code():
    assert [each[1] for each in refused(Outline, HEAD + PART % "[{slot: fees, condition: backup}]")] == [
        "condition is not known here"
    ]


def test_a_letter_greets_unless_it_says_otherwise():
    part = read(Outline, HEAD + PART % "[]").model.parts[0]
    assert (part.greeting, part.enclosed, part.apart, part.signatures) == (True, None, (), None)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: terms", "kind: annex", "parts.0.kind: 'annex' is not one of the choices"),
        ("[support]", "[retainer]", "kinds.0: 'retainer' is not one of the choices"),
        ("[support]", "support", "kinds: a list belongs here"),
        ("title: Words, ", "", "parts.0.title is missing"),
    ],
)
def test_an_outline_of_another_form_is_refused(old, new, what):
    assert [each for _, each, _ in refused(Outline, (HEAD + PART % "[]").replace(old, new))] == [what]


def test_each_kind_of_agreement_has_an_outline_that_is_for_it():
    assert set(OUTLINES) == {"support", "time-block"}
    assert OUTLINES["support"] == CONTRACT
    for kind, name in OUTLINES.items():
        assert kind in Repository(ROOT).load(Outline, f"templates/{name}/outline.yaml").model.kinds
