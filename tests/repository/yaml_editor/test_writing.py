"""Values written as YAML."""

from contract_assembly.repository.yaml_editor import flow
from tests.helpers.yaml_texts import changed


def test_what_looks_like_another_type_stays_as_it_was_written():
    found = changed(values={("when",): "2027-10-01", ("share",): "6 %", ("plain",): "no"})
    assert [each for each in found if each[0] == "+"] == ["+ when: 2027-10-01", "+ share: 6 %", "+ plain: no"]


def test_a_text_that_would_be_markup_is_quoted():
    assert "+ id: 'a: b # c'        # ours" in changed(values={("id",): "a: b # c"})


def test_an_entry_on_one_line_quotes_what_needs_it():
    assert flow({"line": "users", "price": "63.00 USD"}) == "{line: users, price: 63.00 USD}"
    assert flow({"line": "a, b"}) == "{line: 'a, b'}"
