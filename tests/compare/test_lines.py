"""A tree as units of lines: every word once, with its label, and references as one token."""

from contract_assembly.compare.lines import key_of, tokens, units
from contract_assembly.document import tree as d
from tests.helpers.sample_tree import cells, item, p, sample, t, v


def lines(*blocks, number="1"):
    section = d.Section("fees", 1, t("Fees"), blocks, "fees", number)
    document = d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), (section,)),))
    return [(each.role, each.label, ["".join(token.text for token in cell) for cell in each.cells], each.identity)
            for unit in units(document) if unit.key == "fees" for each in unit.entries]  # fmt: skip


def test_a_document_has_a_unit_for_each_part_clause_and_subsection_with_an_id():
    found = {each.key: (each.level, each.above, each.part) for each in units(sample())}
    assert found["terms"] == (0, "", "Standard terms")
    assert found["fees"][:2] == (1, "terms")
    assert found["services-scope"][:2] == (2, "services")


def test_a_section_without_an_id_belongs_to_the_unit_around_it():
    keys = [each.key for each in units(sample())]
    assert "" not in keys
    assert len(set(keys)) == len(keys)


def test_a_part_without_an_id_is_known_by_its_heading():
    assert key_of(d.Section("", 1, t("Fees"), ()), "terms") == "terms/Fees"
    assert key_of(d.Section("fees", 1, t("Fees"), ()), "terms") == "fees"


def test_the_heading_is_the_first_line_and_its_number_is_its_label():
    assert lines(number="9")[0] == ("heading", "9", ["Fees"], "")


def test_a_schedule_has_its_letter_as_label():
    letters = {unit.entries[0].label for unit in units(sample()) if unit.level == 0}
    assert {"Schedule A", "Schedule B", ""} == letters


def test_a_definition_is_identified_by_its_term():
    (_, found) = lines(p(d.Definition("Fee"), " means x."))
    assert found == ("definition", "", ["“Fee” means x."], "Fee")


def test_items_have_their_marks_and_nested_items_follow():
    found = lines(d.Items((item("(a)", p("one:"), d.Items((item("(i)", p("two")),))), item("(b)", p("three")))))
    assert [each[:3] for each in found[1:]] == [
        ("item", "(a)", ["one:"]), ("item", "(i)", ["two"]), ("item", "(b)", ["three"])
    ]  # fmt: skip


def test_a_table_has_a_caption_a_head_and_rows_known_by_their_first_cell():
    table = d.Table(("left", "right"), cells("Item", "Fee"), (cells("Users", "10"),), t("Fees"))
    assert lines(table)[1:] == [
        ("caption", "", ["Fees"], ""), ("head", "", ["Item", "Fee"], ""), ("row", "", ["Users", "10"], "Users")
    ]  # fmt: skip


def test_a_cell_ends_where_the_next_begins():
    left = d.Table(("left",) * 2, (), (cells("a", "bc"),))
    right = d.Table(("left",) * 2, (), (cells("ab", "c"),))
    words = [tuple(unit.entries[-1].words for unit in units(_document(each)))[-1] for each in (left, right)]
    assert words[0] != words[1]


def _document(block):
    return d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), (block,)),))


def test_a_signature_is_identified_by_its_side():
    roles = [each.identity for unit in units(sample()) for each in unit.entries if each.role == "signature"]
    assert roles == ["Provider", "Client"]


def test_a_reference_is_one_token_of_its_target_and_text_is_cut_across_formatting():
    found = tokens(t("see ", d.Reference("fees", "2 (Fees)"), d.Strong(t("in", "voice")), d.Emphasis(t(v("s"))), "."))
    assert [(each.text, each.target) for each in found] == [
        ("see", ""), (" ", ""), ("2 (Fees)", "fees"), ("invoices", ""), (".", "")
    ]  # fmt: skip
