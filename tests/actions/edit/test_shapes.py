"""The shape of a file, from its JSON Schema."""

import pytest

from contract_assembly.actions.edit.parts import PARTS
from contract_assembly.actions.edit.shapes import shape_of

AGREEMENT = shape_of("agreement")


def leaves(shape, path=""):
    if shape.inside:
        for each in shape.inside:
            yield from leaves(each, f"{path}.{each.name or '*'}")
    else:
        yield path.lstrip("."), shape


def test_labels_help_and_kinds_come_from_the_models():
    users = AGREEMENT.of("coverage").of("users")
    assert (users.label, users.kind, users.help, users.is_required, users.example) == (
        "Users", "whole-number", "People who may ask for support.", True, "34",
    )  # fmt: skip
    rpo = AGREEMENT.of("backup").of("sets").row.of("rpo")
    assert (rpo.label, rpo.kind) == ("Recovery point", "length-of-time")


def test_what_counts_if_nothing_is_written_is_known():
    term, fees = AGREEMENT.of("term"), AGREEMENT.of("fees")
    assert (term.of("renewal").usual, term.of("renewal").choices) == ("automatic", ("automatic", "by-agreement"))
    assert (fees.of("debit").usual, fees.of("setup").usual, fees.of("prices").usual) == ("no", "", "")


def test_a_list_has_the_shape_of_its_rows_and_a_mapping_of_own_names_is_left_to_the_file():
    assets = AGREEMENT.of("coverage").of("assets")
    assert (assets.kind, [each.name for each in assets.row.inside]) == ("rows", ["kind", "count"])
    assert AGREEMENT.of("parameters").kind == "elsewhere"
    assert AGREEMENT.of("backup").is_required is False


@pytest.mark.parametrize("schema", PARTS)
def test_every_fact_has_a_label_that_a_person_can_read(schema):
    for path, shape in leaves(shape_of(schema)):
        label = shape.label or "Row"
        assert label[0].isupper(), path
        assert "_" not in label, path


def test_the_help_of_a_field_is_a_sentence_and_never_that_of_a_model():
    for schema in PARTS:
        for path, shape in leaves(shape_of(schema)):
            assert not shape.help or shape.help.endswith("."), path
            assert "`" not in shape.help, path
