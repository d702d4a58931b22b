"""The fields of a form, and what a person entered in them."""

from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.actions.edit.fields import (
    About,
    entered,
    fields,
    rows_of,
    settled,
    shape_at,
    whole,
    with_row,
    with_units,
    without,
)
from contract_assembly.actions.edit.parts import PARTS, shape_of_part
from contract_assembly.actions.edit.shapes import shape_of
from tests.helpers.forms import filled, read

COUNTS = shape_of_part("agreement", next(each for each in PARTS["agreement"] if each.name == "counts"))
COVERED = {
    "users": "34",
    "sites": [{"name": "Head office", "address": "2200 Calder Street"}, {"name": "Depot", "address": "1 Quay"}],
    "assets": [{"kind": "server", "count": "3"}],
}
DATA = {"coverage": COVERED}


def test_each_field_has_its_value_its_line_and_what_is_wrong_with_it():
    about = About({"coverage.users": 18}, {"coverage.users": ("Not so.",)})
    found = {each.path: each for each in fields(COUNTS, DATA, about).all()}
    users = found["coverage.users"]
    assert (users.value, users.line, users.problems, users.id) == ("34", 18, ("Not so.",), "f-coverage-users")
    assert found["coverage.sites.1.name"].value == "Depot"
    assert found["coverage.sites.1"].number == 2
    assert found["coverage.language"].value == ""


def test_what_a_form_shows_comes_back_as_it_was():
    assert settled(entered(COUNTS, filled(read(COUNTS, DATA)), DATA)) == DATA


def test_a_row_keeps_its_number_when_another_goes():
    form = without(filled(read(COUNTS, DATA)), "coverage.sites.0")
    assert rows_of(entered(COUNTS, form, DATA)["coverage"]["sites"]) == {1: COVERED["sites"][1]}


def test_a_new_row_has_a_number_that_no_other_had():
    form = with_row(filled(read(COUNTS, DATA)), "coverage.sites", COUNTS)
    assert entered(COUNTS, form, DATA)["coverage"]["sites"] == {**dict(enumerate(COVERED["sites"])), 2: {}}


def test_an_optional_group_is_there_once_it_is_added_and_a_list_without_rows_is_left_out():
    shape = shape_of_part("agreement", next(each for each in PARTS["agreement"] if each.name == "registers"))
    form = with_row({}, "backup", shape)
    assert entered(shape, form, {}) == {"backup": {"sets": []}}
    assert entered(shape, {}, {}) == {}


def test_empty_texts_are_nothing_and_blank_rows_stay_only_while_the_form_is_shown():
    shape = shape_of_part("agreement", next(each for each in PARTS["agreement"] if each.name == "open"))
    form = {"has": ("open.0", "open.1"), "open.0": ("Ask them",), "open.1": ("  ",)}
    assert entered(shape, form, {}) == {"open": {0: "Ask them"}}
    assert entered(shape, form, {}, blanks=True) == {"open": {0: "Ask them", 1: ""}}


def test_a_value_that_is_not_among_the_choices_stays_one():
    contacts = shape_of("agreement").of("contacts")
    about = About(options={"client.*": (("lena", "Lena Fischer"),)})
    primary, deputy, _ = fields(contacts, {"client": {"primary": "lena", "deputy": "gone"}}, about).inside[0].inside
    assert primary.options == (("lena", "Lena Fischer"),)
    assert deputy.options == (("lena", "Lena Fischer"), ("gone", ""))


def test_other_keys_of_the_file_stay_where_they_are():
    assert list(whole({"id": "1", "coverage": {}, "tax": "2"}, {"coverage": {"users": "3"}}, ["coverage"])) == [
        "id", "coverage", "tax",
    ]  # fmt: skip


@given(st.dictionaries(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=3).map(tuple), max_size=20))
def test_any_form_can_be_read(form):
    form = {name: values or ("",) for name, values in form.items()}
    found = entered(
        COUNTS, {**form, "has": (*form.get("has", ()), "coverage.sites.7", "coverage.sites.x", "x.0")}, DATA
    )
    assert set(found["coverage"]) <= {"users", "sites", "assets", "language"}
    assert fields(COUNTS, found, About()).path == ""


def test_a_field_that_a_form_does_not_have_is_not_found():
    assert shape_at(COUNTS, "coverage.sites.3.name").label == "Name"
    for path in ("status", "coverage.users.0", "coverage.sites.x", "../..", "coverage..users"):
        try:
            shape_at(COUNTS, path)
        except KeyError:
            continue
        raise AssertionError(path)


def test_an_amount_and_a_share_get_the_unit_that_was_left_out():
    fees = shape_of("agreement").of("fees")
    found = {
        "setup": "1,500",
        "increase_cap": "5",
        "due": "30",
        "prices": {0: {"price": "62.50"}, 1: {"price": "9 EUR"}},
    }
    assert with_units(fees, found, "USD") == {
        "setup": "1,500 USD", "increase_cap": "5 %", "due": "30", "prices": {0: {"price": "62.50 USD"}, 1: {"price": "9 EUR"}},
    }  # fmt: skip
    assert with_units(fees, {"setup": "a lot", "minimum": "-5"}, "USD") == {"setup": "a lot", "minimum": "-5"}
    assert with_units(fees, {"setup": "62"}, "") == {"setup": "62"}
