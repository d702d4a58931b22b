"""The parts of a file: together they show every fact that a person may change."""

from contract_assembly.actions.edit.parts import PARTS, shape_of_part
from contract_assembly.actions.edit.shapes import shape_of

# Moved by steps and commands, or written as data that a form cannot show.
NOT_SHOWN = {"kind", "status", "origin", "renews", "converts", "notices", "ended", "choose", "parameters"}


def test_every_fact_is_in_one_part_except_those_that_steps_and_commands_write():
    for schema, parts in PARTS.items():
        keys = [key for part in parts for key in part.keys]
        assert len(keys) == len(set(keys)), schema
        known = {each.name for each in shape_of(schema).inside}
        assert known - set(keys) == known & NOT_SHOWN, schema


def test_a_part_leaves_out_what_this_kind_of_file_does_not_have():
    registers = next(each for each in PARTS["block-agreement"] if each.name == "registers")
    shape = shape_of_part("block-agreement", registers)
    assert [each.name for each in shape.inside] == ["licences", "data"]
