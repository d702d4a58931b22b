"""The parts of a file: together they show every fact that a person may change."""

from contract_assembly.actions.edit.parts import PARTS, part_of, part_with, shape_of_part
from contract_assembly.actions.edit.shapes import shape_of

# Moved by steps and commands, or written as data that a form cannot show.
NOT_SHOWN = {"kind", "status", "origin", "renews", "converts", "notices", "ended", "choose", "parameters"}


def test_every_fact_is_in_one_part_except_those_that_steps_and_commands_write():
    for schema, parts in PARTS.items():
        keys = [key for part in parts for key in part.keys]
        assert len(keys) == len(set(keys)), schema
        known = {each.name for each in shape_of(schema).inside}
        assert known - set(keys) == known & NOT_SHOWN, schema


def test_a_part_is_found_by_its_name_or_by_a_key_in_it():
    assert part_of("agreement", "").name == "counts"
    assert part_of("agreement", "no-such-part") is None
    assert part_with("agreement", ["signatories"]).name == "contacts"
    assert part_with("agreement", ["status"]) is None


def test_a_part_leaves_out_what_this_kind_of_file_does_not_have():
    shape = shape_of_part("block-agreement", part_of("block-agreement", "registers"))
    assert [each.name for each in shape.inside] == ["licences", "data"]
