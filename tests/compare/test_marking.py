"""Trees with changes marked: removing the marks gives the new state, and every change is shown in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contract_assembly.compare.marking import MOVED, marked
from contract_assembly.compare.trees import compare
from contract_assembly.document import tree as d
from tests.compare.test_trees import FEES, RISK, TERM, clause, items, sub, table, tree
from tests.helpers.letters import letter
from tests.helpers.sample_tree import p, sample, t


def shown(old: d.Document, new: d.Document) -> d.Document:
    return marked(new, compare(old, new))


def accepted(tree: d.Document) -> d.Document:
    """The tree without deleted text and notes; blocks and rows that become empty are dropped."""

    def change(node):
        match node:
            case d.Marked(how=how):
                return node.children if how == "inserted" else ()
            case d.Strong() if not node.children:
                return ()
            case d.Paragraph() if not node.children:
                return ()
            case d.Item() if not node.children:
                return ()
            case d.Items() if not node.items:
                return ()
            case d.Table():
                rows = tuple(row for row in node.rows if any(cell.children for cell in row))
                return replace(node, rows=rows) if rows else ()
        return node

    return d.rewrite(tree, change)


def words(tree: d.Document) -> list[str]:
    """The text, block by block, with numbers."""
    found = []
    for node in d.walk(tree):
        if isinstance(node, d.Paragraph | d.Cell):
            found.append(d.plain(node.children))
        elif isinstance(node, d.Section | d.Part):
            found.append(f"{node.number} {d.plain(node.heading)}")
        elif isinstance(node, d.Item):
            found.append(node.number)
        elif isinstance(node, d.Signatory):
            found.append(node.entity.text)
    return [each for each in found if each.strip()]


def marks(tree: d.Document) -> list[tuple[str, str]]:
    return [(node.how, "".join(map(d.plain, node.children))) for node in d.walk(tree) if isinstance(node, d.Marked)]


def lines(tree: d.Document) -> list[str]:
    """Each block with a mark, as in a word diff."""
    found = []
    for node in d.walk(tree):
        if isinstance(node, d.Paragraph | d.Cell):
            text = said(node.children)
            if "[-" in text or "{+" in text:
                found.append(text)
    return found


def said(inlines) -> str:
    found = ""
    for node in inlines:
        match node:
            case d.Marked(how="inserted"):
                found += f"{{+{said(node.children)}+}}"
            case d.Marked():
                found += f"[-{said(node.children)}-]"
            case d.Strong() | d.Emphasis():
                found += said(node.children)
            case _:
                found += d.plain(node)
    return found


def test_without_changes_the_tree_is_unchanged():
    same = tree(FEES, TERM, RISK)
    assert shown(same, same) == same


def test_words_are_marked_in_place():
    old = tree(clause("fees", p("The Client shall pay $100 a month, always.")))
    new = tree(clause("fees", p("The Client shall pay ", d.Strong(t("$120 in advance")), " a month, always.")))
    assert lines(shown(old, new)) == ["The Client shall pay [-$100-]{+$120 in advance+} a month, always."]


def test_a_term_that_changed_in_part_is_marked_in_part():
    old = tree(
        clause("terms-used", p(d.Definition("Support Hours"), " means the hours of each Business Day, nine to five."))
    )
    new = tree(
        clause("terms-used", p(d.Definition("Service Hours"), " means the hours of each Business Day, nine to six."))
    )
    assert accepted(shown(old, new)) is not None
    assert words(accepted(shown(old, new))) == words(new)


def test_a_new_clause_is_wholly_inserted_and_what_it_pushes_down_is_not_marked():
    found = shown(tree(FEES, TERM), tree(RISK, FEES, TERM))
    assert marks(found) == [("inserted", "Risk"), ("inserted", d.plain(RISK.children[0].children))]


def test_a_removed_clause_is_shown_where_it_was():
    found = shown(tree(FEES, RISK, TERM), tree(FEES, TERM))
    (part,) = found.parts
    assert [said(each.children) if isinstance(each, d.Paragraph) else each.id for each in part.children] == [
        "fees", "[-2 Risk-]", f"[-{d.plain(RISK.children[0].children)}-]", "term",
    ]  # fmt: skip


def test_a_removed_last_clause_is_shown_at_the_end_of_its_part():
    found = shown(tree(FEES, TERM, RISK), tree(FEES, TERM))
    assert said(found.parts[0].children[-2].children) == "[-3 Risk-]"


def test_a_removed_schedule_is_shown_after_the_part_before_it():
    schedule = d.Part("schedule", "extra", t("Extra work"), (p("Extra work costs extra."),), "A")
    old = tree(FEES)
    old = replace(old, parts=(*old.parts, schedule))
    assert lines(shown(old, tree(FEES))) == ["[-Schedule A Extra work-]", "[-Extra work costs extra.-]"]


def test_a_removed_first_part_is_shown_before_the_first_words():
    cover = d.Part("cover", "cover", t("Cover"), (p("A cover page."),))
    old = tree(FEES)
    found = shown(replace(old, parts=(cover, *old.parts)), tree(FEES))
    assert [said(each.children) for each in found.parts[0].children[:2]] == ["[-Cover-]", "[-A cover page.-]"]


def test_a_moved_clause_has_a_note_and_none_of_its_words_is_marked():
    found = shown(tree(FEES, RISK, TERM), tree(RISK, FEES, TERM))
    assert marks(found) == [("note", MOVED)]


def test_a_removed_item_is_shown_in_its_list_and_a_removed_row_in_its_table():
    old = tree(clause("list", items("one thing;", "another matter; and", "a third subject.")), clause("fees", table(("User", "10"), ("Server", "20"), ("Cloud", "30"))))  # fmt: skip
    new = tree(clause("list", items("one thing; and", "a third subject.")), clause("fees", table(("User", "10"), ("Cloud", "35"))))  # fmt: skip
    found = shown(old, new)
    (listed,) = [node for node in d.walk(found) if isinstance(node, d.Items)]
    assert [said(each.children[0].children) for each in listed.items] == [
        "one thing;{+ and+}", "[-(b) another matter; and-]", "a third subject.",
    ]  # fmt: skip
    (rows,) = [node.rows for node in d.walk(found) if isinstance(node, d.Table)]
    assert [[said(cell.children) for cell in row] for row in rows] == [
        ["User", "10"], ["[-Server-]", "[-20-]"], ["Cloud", "[-30-]{+35+}"],
    ]  # fmt: skip


def test_a_removed_last_row_is_shown_above_the_total():
    sums = [replace(table(*rows), total=True) for rows in ([("User", "10"), ("Cloud", "30"), ("Total", "40")], [("User", "10"), ("Total", "10")])]  # fmt: skip
    found = shown(tree(clause("fees", sums[0])), tree(clause("fees", sums[1])))
    (rows,) = [node.rows for node in d.walk(found) if isinstance(node, d.Table)]
    assert [said(row[0].children) for row in rows] == ["User", "[-Cloud-]", "Total"]


def test_changed_signatories_are_listed_below_the_signature_block_which_has_no_fields():
    def change(node):
        if isinstance(node, d.Signatures):
            first, second = node.signatories
            return replace(node, is_open=True, signatories=(first, replace(second, name=d.Value("Ann Lee", "x"))))
        return node

    new = d.rewrite(sample(), change)
    found = shown(sample(), new)
    assert lines(found) == ["Client: Acme *Instruments* & Sons, [-Robert Okafor-]{+Ann Lee+}, Chief Operating Officer"]
    assert not any(node.is_open for node in d.walk(found) if isinstance(node, d.Signatures))


def test_a_letter_is_marked_from_letterhead_to_closing():
    old, _ = letter()
    new = d.rewrite(old, lambda node: replace(node, text=f"{node.text} 2") if isinstance(node, d.Value) else node)
    assert words(accepted(shown(old, new))) == words(accepted(new))
    assert marks(shown(old, new))


CLAUSES = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.lists(st.sampled_from(("pay", "owe", "Fees", "10", "20", ";", "and", "Users")), max_size=7),
        st.sampled_from(("paragraph", "items", "table", "sub")),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda each: each[0],
)


def _tree(clauses) -> d.Document:
    def block(name: str, said: list[str], kind: str) -> d.Block:
        text = " ".join(said) or "nothing"
        return {
            "paragraph": lambda: p(text),
            "items": lambda: items(text, *(said or ["x"])),
            "table": lambda: table((text, "1"), *((each, str(n)) for n, each in enumerate(said))),
            "sub": lambda: sub(f"{name}-sub", p(text), p("More of it.")),
        }[kind]()

    return tree(*(clause(name, block(name, said, kind)) for name, said, kind in clauses))


@given(CLAUSES, CLAUSES)
def test_without_its_marks_any_tree_is_the_new_state(before, after):
    old, new = _tree(before), _tree(after)
    assert words(accepted(shown(old, new))) == words(new)


@given(CLAUSES, CLAUSES)
def test_each_removed_word_is_marked_as_often_as_the_comparison_lists_it(before, after):
    old, new = _tree(before), _tree(after)
    changes = compare(old, new)
    gone = "".join(run.old for each in changes for line in each.lines for cell in line.cells for run in cell if run.op == "delete")  # fmt: skip
    found = "".join(words for how, words in marks(marked(new, changes)) if how == "deleted")
    assert sum(map(found.count, ("pay", "Fees"))) == sum(map(gone.count, ("pay", "Fees")))


@pytest.mark.parametrize("part", [0, 1])
def test_the_plain_words_of_a_marked_heading_are_those_of_the_new_state(part):
    old, new = tree(FEES, RISK, TERM), tree(RISK, FEES, TERM)
    heads = [d.plain(each.heading) for each in shown(old, new).parts[0].children[:2]]
    assert heads[part] == ("Risk", "Fees")[part]
