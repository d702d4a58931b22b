"""Comparison of trees: what was added, removed, moved, reworded, or only renumbered."""

import pytest
from msgspec.structs import replace

from contract_assembly.compare.trees import compare, counted, title
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from tests.helpers.sample_tree import cells, p, sample, t


def clause(name: str, *blocks: d.Block) -> d.Section:
    return d.Section(name, 1, t(name.capitalize()), tuple(blocks))


def sub(name: str, *blocks: d.Block) -> d.Section:
    return d.Section(name, 2, t(name.capitalize()), tuple(blocks))


def tree(*clauses: d.Block) -> d.Document:
    document = d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), clauses),))
    found, problems = resolved(numbered(document), {})
    assert not problems
    return found


def items(*texts: str) -> d.Items:
    return d.Items(tuple(d.Item((p(each),)) for each in texts))


def table(*rows: tuple[str, ...]) -> d.Table:
    return d.Table(("left", "right"), cells("Item", "Fee"), tuple(cells(*row) for row in rows))


FEES = clause(
    "fees", sub("monthly", p("The Client shall pay $100 a month.")), sub("due", p("Invoices fall due in 30 days."))
)
TERM = clause(
    "term", sub("length", p("It lasts a year.")), sub("fee-there", p("See section ", d.Reference("due"), "."))
)
RISK = clause("risk", p("Neither party is liable for more than the fees of one whole year."))


def touched(old: d.Document, new: d.Document) -> list[tuple[str, str]]:
    """Each unit that needs review, with what happened to it."""
    return [(title(each), "moved" if each.moved else each.kind) for each in compare(old, new) if each.touched]


def test_a_tree_has_no_change_from_itself():
    same = tree(FEES, TERM, RISK)
    assert {(each.kind, each.moved) for each in compare(same, same)} == {("unchanged", False)}


def test_a_new_clause_is_added_and_what_it_pushes_down_is_only_renumbered():
    changes = compare(tree(FEES, TERM), tree(RISK, FEES, TERM))
    assert [(title(each), each.kind) for each in changes] == [
        ("Terms", "unchanged"),
        ("1 Risk", "added"),
        ("2 Fees", "renumbered"),
        ("2.1 Monthly", "renumbered"),
        ("2.2 Due", "renumbered"),
        ("3 Term", "renumbered"),
        ("3.1 Length", "renumbered"),
        ("3.2 Fee-there", "renumbered"),
    ]
    (run,) = [run for line in changes[-1].lines for cell in line.cells for run in cell if run.op == "renumber"]
    assert (run.old, run.new) == ("1.2 (Due)", "2.2 (Due)")


def test_a_removed_clause_is_listed_once_where_it_was_with_all_inside_it():
    changes = compare(tree(FEES, RISK), tree(RISK))
    assert [(title(each), each.kind) for each in changes if each.touched] == [
        ("1 Fees", "removed"),
        ("1.1 Monthly", "removed"),
        ("1.2 Due", "removed"),
    ]
    assert counted(changes)["removed"] == 1


def test_a_clause_that_moved_counts_once_and_nothing_in_it_is_reworded():
    changes = compare(tree(FEES, RISK, TERM), tree(RISK, FEES, TERM))
    assert [(title(each), each.moved) for each in changes if each.touched] == [("1 Risk", True)]
    assert counted(changes)["moved"] == 1
    assert counted(changes)["reworded"] == 0


def test_a_clause_may_move_and_be_reworded():
    other = replace(RISK, children=(p("Neither party is liable for more than the fees of two whole years."),))
    (change,) = [each for each in compare(tree(RISK, FEES, TERM), tree(FEES, TERM, other)) if each.touched]
    assert (title(change), change.kind, change.moved) == ("3 Risk", "reworded", True)


def test_a_subsection_that_moves_within_its_clause_is_listed():
    swapped = replace(FEES, children=FEES.children[::-1])
    assert [what for _, what in touched(tree(FEES), tree(swapped))] == ["moved"]


def test_a_clause_under_another_id_is_found_by_its_words():
    assert touched(tree(FEES, RISK), tree(FEES, replace(RISK, id="liability"))) == []


def test_items_are_matched_and_only_the_new_one_is_added():
    before = clause("duties", p("Each party shall:"), items("keep records of all work;", "and answer every question."))
    after = clause(
        "duties",
        p("Each party shall:"),
        items("keep records of all work;", "name a deputy in time;", "and answer every question."),
    )
    (change,) = [each for each in compare(tree(before), tree(after)) if each.touched]
    kinds = [(line.new_label, line.kind) for line in change.lines if line.role == "item"]
    assert kinds == [("(a)", "unchanged"), ("(b)", "added"), ("(c)", "renumbered")]


def test_rows_are_matched_by_their_first_cell():
    before, after = table(("Users", "10"), ("Servers", "20")), table(("Sites", "5"), ("Users", "99"), ("Servers", "20"))
    (change,) = [each for each in compare(tree(clause("lines", before)), tree(clause("lines", after))) if each.touched]
    rows = [(line.kind, "".join(run.new for run in line.cells[0])) for line in change.lines if line.role == "row"]
    assert rows == [("added", "Sites"), ("reworded", "Users"), ("unchanged", "Servers")]


def test_a_definition_is_identified_by_its_term():
    def defining(*pairs: tuple[str, str]) -> d.Document:
        return tree(clause("words", *[p(d.Definition(term), f" means {means}") for term, means in pairs]))

    before = defining(("Alpha", "one thing."), ("Beta", "quite another matter."))
    after = defining(("Beta", "quite another matter."), ("Gamma", "one thing."))
    (change,) = [each for each in compare(before, after) if each.touched]
    assert [line.kind for line in change.lines if line.role == "definition"] == ["removed", "unchanged", "added"]


@pytest.mark.parametrize("count", [200])
def test_the_cost_grows_with_the_document_and_not_with_its_square(count):
    many = tree(*[clause(f"c{n}", p(f"Words of clause {n} that say something of their own.")) for n in range(count)])
    fewer = replace(many, parts=(replace(many.parts[0], children=many.parts[0].children[::2]),))
    assert counted(compare(many, fewer)) | {"renumbered": 0, "unchanged": 0} == {
        "added": 0, "removed": count // 2, "moved": 0, "reworded": 0, "renumbered": 0, "unchanged": 0,
    }  # fmt: skip
