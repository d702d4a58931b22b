"""What clauses require and exclude in one document, and which ids are elsewhere."""

from types import SimpleNamespace

import pytest

from contract_assembly.clauses.between_clauses import elsewhere, requirements, unused_choices
from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.facts.fields import Located
from tests.helpers.clause_files import clause
from tests.helpers.sample_tree import sample

RENEWAL = clause(more="requires: [notices]\nconflicts: [lock-in]\n")


@pytest.mark.parametrize(
    ("slots", "rules"),
    [
        ({"renewal", "notices"}, []),
        ({"renewal"}, [("requires", 9)]),
        ({"renewal", "notices", "lock-in"}, [("conflicts", 10)]),
        ({"renewal", "lock-in"}, [("requires", 9), ("conflicts", 10)]),
    ],
)
def test_a_clause_needs_some_and_excludes_others_at_its_own_lines(slots, rules):
    assert [(each.rule, each.origin.line) for each in requirements([RENEWAL], slots)] == rules


def test_choices_and_parameters_for_a_slot_that_is_not_there_name_those_that_are():
    model = SimpleNamespace(parameters={"renewal": {}, "exit": {}}, choose={"fees": "fees-flat"})
    places = {f"{name}": Origin("agreement.yaml", line) for name, line in (("parameters.exit", 7), ("choose.fees", 9))}
    found = list(unused_choices(Located(model, {"": Origin("agreement.yaml"), **places}), {"renewal", "notices"}))
    assert [(each.what, each.origin.line) for each in found] == [
        ("parameters: this document has no clause of slot exit", 7),
        ("choose: this document has no clause of slot fees", 9),
    ]
    assert {each.hint for each in found} == {"slots here: notices, renewal"}


def test_ids_of_the_library_that_are_not_in_the_document_have_a_reason():
    document = sample()
    there = next(each.id for each in d.headed(document) if each.id)
    taken = clause("taken", slot=there, more="", words="Words.\n\n## Left out {#left-out}\n\nMore.\n")
    other = clause("other", slot="other")
    assert elsewhere(document, [taken], [taken, other]) == {
        "left-out": "a condition leaves it out here",
        "other": "clause other is not in this document",
    }
