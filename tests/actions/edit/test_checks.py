"""What is wrong with what was entered, at its field."""

import pytest

from contract_assembly.actions.edit.changed import applied
from contract_assembly.actions.edit.checks import by_field, wrong
from contract_assembly.actions.edit.parts import PARTS, shape_of_part
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.repository.yaml_editor import data_of
from tests.helpers.corpus import AGREEMENT, HERE

TEXT = (HERE / "base" / AGREEMENT / "agreement.yaml").read_text("utf-8")
COUNTS = shape_of_part("agreement", next(each for each in PARTS["agreement"] if each.name == "counts"))


def entered(**coverage):
    found = applied(data_of(TEXT), ())
    found["coverage"] = {name: each for name, each in (found["coverage"] | coverage).items() if each is not None}
    return found


def test_what_is_right_is_not_blamed():
    assert wrong("agreement", COUNTS, entered()) == {}


@pytest.mark.parametrize(
    ("change", "field", "what"),
    [
        ({"users": "34x"}, "coverage.users", "'34x' is not a whole number"),
        ({"users": None}, "coverage.users", "Users cannot be empty."),
        ({"sites": {4: {"name": "Quay"}}}, "coverage.sites.4.address", "Address cannot be empty."),
        ({"assets": {2: {"kind": "toaster", "count": "1"}}}, "coverage.assets.2.kind", "'toaster' is not one of the choices"),
        ({"sites": {0: {"name": "a\u202eb", "address": "c"}}}, "coverage.sites.0.name", "holds an invisible character"),
        ({"sites": {0: {"name": "a\nb", "address": "c"}}}, "coverage.sites.0.name", "holds a line break"),
        ({"sites": {0: {"name": "a\x07b", "address": "c"}}}, "coverage.sites.0.name", "holds a control"),
        ({"sites": {0: {"name": "{{ x }}", "address": "c"}}}, "coverage.sites.0.name", "holds {{ or }}"),
        ({"language": "x" * 500}, "coverage.language", "is over 400 characters"),
        ({"users": "9" * 5000}, "coverage.users", "is not a whole number"),
    ],
)  # fmt: skip
def test_each_fault_is_told_once_beside_its_field(change, field, what):
    found = wrong("agreement", COUNTS, entered(**change))
    assert list(found) == [field]
    assert len(found[field]) == 1
    assert what in found[field][0]
    assert "docs/schema" not in found[field][0]


def test_what_a_model_says_of_a_whole_group_is_beside_the_group():
    found = applied(data_of(TEXT), ())
    found["term"] |= {"last_day": "2027-09-30"}
    term = shape_of_part("agreement", next(each for each in PARTS["agreement"] if each.name == "term"))
    assert wrong("agreement", term, found) == {
        "term": ("write either length, like 12 months, or last_day, like 2027-09-30.",)
    }


def test_problems_of_lines_are_told_at_the_fields_that_made_them():
    found = entered()
    line = next(n for n, each in enumerate(TEXT.splitlines(), 1) if "users: 34" in each)
    problems = (
        Problem("a", "users: too many", Origin("agreement.yaml", line), "take fewer"),
        Problem("b", "this is elsewhere", Origin("client.yaml", line)),
        Problem("c", "nothing is on this line", Origin("agreement.yaml", 900)),
    )
    at, others = by_field(problems, "agreement.yaml", TEXT, found)
    assert at == {"coverage.users": ("too many. Take fewer.",)}
    assert [each.rule for each in others] == ["b", "c"]


def test_a_row_is_found_by_its_number_in_the_form_when_one_before_it_is_gone():
    text = "coverage:\n  sites:\n    - name: Quay\n      address: here\n"
    found = {"coverage": {"sites": {5: {"name": "Quay", "address": "here"}}}}
    at, _ = by_field([Problem("a", "no such street", Origin("x.yaml", 4))], "x.yaml", text, found)
    assert at == {"coverage.sites.5.address": ("no such street.",)}
