"""Coded values in words."""

from contract_assembly.actions.edit.choice_words import ROWS, row_words, words
from contract_assembly.actions.edit.parts import PARTS
from contract_assembly.actions.edit.shapes import shape_of


def every(shape):
    yield shape
    for each in shape.inside:
        yield from every(each)


def test_every_choice_of_every_form_reads_as_words():
    choices = {each for schema in PARTS for shape in every(shape_of(schema)) for each in shape.choices}
    assert len(choices) > 60
    for each in choices:
        assert words(each)[0].isupper(), each
        assert "-" not in words(each), each


def test_the_table_names_only_lists_that_exist():
    lists = {shape.name for schema in PARTS for shape in every(shape_of(schema)) if shape.kind == "rows"}
    assert set(ROWS) <= lists
    assert row_words("sites") == "site"
    assert row_words("lines") == "line"
