"""The tree itself: walking it, rewriting it, its bare words."""

import pytest

from contract_assembly.document import tree as d
from tests.helpers.sample_tree import p, sample, t, v


def test_a_tree_is_walked_in_the_order_it_is_read():
    tree = d.Section("a", 1, t("Head"), (p("one ", d.Strong(t("two"))), d.Box((p("three"),))))
    assert [node.text for node in d.walk(tree) if isinstance(node, d.Text)] == ["Head", "one ", "two", "three"]


def test_every_kind_of_node_is_walked_into():
    kinds = {type(node) for node in d.walk(sample())}
    assert kinds >= {d.Part, d.Section, d.Items, d.Item, d.Table, d.Cell, d.Box, d.Signatures, d.Signatory, d.Value}


def test_a_walk_may_look_for_some_kinds_alone():
    tree = sample()
    for kind in {type(node) for node in d.walk(tree)}:
        assert list(d.every(kind, tree)) == [node for node in d.walk(tree) if type(node) is kind]
    assert list(d.headed(tree)) == [node for node in d.walk(tree) if isinstance(node, d.Part | d.Section)]


def test_a_rewrite_that_changes_nothing_gives_the_same_object():
    tree = sample()
    assert d.rewrite(tree, lambda node: node) is tree


def test_a_rewrite_keeps_what_it_does_not_touch():
    kept, changed = p("kept"), p("old")
    tree = d.Section("a", 1, (), (kept, changed))
    new = d.rewrite(tree, lambda node: d.Text("new") if node == d.Text("old") else node)
    assert new.children == (kept, p("new"))
    assert new.children[0] is kept


def test_a_node_may_be_rewritten_into_none_or_several():
    tree = p("a", "b", "c")
    several = {"a": (), "b": (d.Text("x"), d.Text("y"))}
    assert d.rewrite(tree, lambda node: several.get(getattr(node, "text", ""), node)) == p("x", "y", "c")


def test_a_rewrite_sees_children_already_changed():
    seen = []

    def note(node):
        if isinstance(node, d.Paragraph):
            seen.append(d.plain(node.children))
        return d.Text(node.text.upper()) if isinstance(node, d.Text) else node

    d.rewrite(d.Box((p("a"),)), note)
    assert seen == ["A"]


def test_the_root_cannot_become_several():
    with pytest.raises(TypeError, match="root"):
        d.rewrite(p("a"), lambda node: () if isinstance(node, d.Paragraph) else node)


def test_the_cells_of_a_table_are_rewritten_in_their_rows():
    table = d.Table(("left",), (d.Cell(t("head")),), ((d.Cell(t("one")),), (d.Cell(t("two")),)))
    new = d.rewrite(table, lambda node: d.Text("2") if node == d.Text("two") else node)
    assert [d.plain(row[0].children) for row in new.rows] == ["one", "2"]
    assert new.rows[0] is table.rows[0]


def test_the_bare_words_are_what_a_reader_says():
    line = t(
        "The ", d.Definition("Fees"), d.Break(), d.Strong(t("are ", v("$5"))), " in ", d.Reference("x", "2 (Fees)")
    )
    assert d.plain(line) == "The “Fees” are $5 in 2 (Fees)"


def test_a_clause_has_a_stop_after_its_number_and_a_subsection_none():
    assert d.label(d.Section("a", 1, (), (), number="9")) == "9."
    assert d.label(d.Section("a", 2, (), (), number="9.2")) == "9.2"
    assert d.label(d.Section("a", 1, (), ())) == ""


def test_a_schedule_is_titled_with_its_letter():
    assert d.plain(d.title(d.Part("schedule", "a", t("Fees"), (), "B"))) == "Schedule\u00a0B – Fees"
    assert d.plain(d.title(d.Part("terms", "a", t("Standard terms"), ()))) == "Standard terms"


def test_a_node_cannot_be_changed():
    with pytest.raises(AttributeError):
        p("a").children = ()
