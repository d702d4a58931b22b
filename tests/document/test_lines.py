"""A tree as lines of words."""

from contract_assembly.document import tree as d
from contract_assembly.document.lines import lines, with_lines
from tests.helpers.sample_tree import sample


def test_lines_come_in_reading_order_with_the_nodes_they_belong_to():
    cell = d.Cell((d.Text("cell"),))
    table = d.Table(("left",), (), ((cell,),), (d.Text("caption"),))
    item = d.Item((d.Paragraph((d.Text("item"),)),))
    section = d.Section("s", 1, (d.Text("heading"),), (d.Paragraph((d.Text("words"),)), d.Items((item,)), table))
    assert [d.plain(line) for line in lines(section)] == ["heading", "words", "item", "caption", "cell"]
    assert [type(node) for node, _ in with_lines(section)] == [d.Section, d.Paragraph, d.Paragraph, d.Table, d.Cell]


def test_every_word_of_a_document_but_for_letterheads_and_names_is_on_a_line():
    tree = sample()
    words = {id(each) for each in d.every(d.Text, tree)}
    on_lines = {id(each) for line in lines(tree) for inline in line for each in d.every(d.Text, inline)}
    outside = (d.Letterhead, d.Closing)
    framed = {id(each) for node in d.walk(tree) if isinstance(node, outside) for each in d.every(d.Text, node)}
    assert words - on_lines <= framed
