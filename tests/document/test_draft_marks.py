"""What a draft shows that a final version does not."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.draft_marks import finished, marked
from tests.helpers.sample_tree import sample

WORDS = d.Paragraph((d.Text("Words."),))


def document(*kinds):
    parts = tuple(d.Part(kind, f"{kind}-{n}", (), (WORDS,)) for n, kind in enumerate(kinds))
    meta = d.Meta("Title", "Subject", "Author", "en-US", "Head", "Footer", "folder")
    return d.Document(meta, parts, d.NOWHERE)


def boxes(tree):
    return [
        (part.id, part.children.index(node)) for part in tree.parts for node in part.children if isinstance(node, d.Box)
    ]


def said(unapproved=0, gates=()):
    (box,) = [node for node in d.walk(marked(document("cover"), unapproved, gates)) if isinstance(node, d.Box)]
    return [d.plain(child.children) for child in box.children if isinstance(child, d.Paragraph)], [
        d.plain(item.children[0].children)
        for child in box.children
        if isinstance(child, d.Items)
        for item in child.items
    ]


def test_a_draft_bears_a_watermark_and_a_box_and_is_otherwise_the_same():
    before = document("cover", "terms")
    after = marked(before, 3, ())
    assert (before.meta.watermark, after.meta.watermark) == ("", "DRAFT")
    assert after.parts[0].children[1:] == before.parts[0].children
    assert after.parts[1:] == before.parts[1:]


@pytest.mark.parametrize(
    ("kinds", "place"),
    [
        (("cover", "terms"), "cover-0"),
        (("terms", "cover"), "cover-1"),
        (("terms", "schedule"), "terms-0"),
    ],
)
def test_the_box_stands_first_on_the_cover_or_on_what_is_first(kinds, place):
    assert boxes(marked(document(*kinds), 0, ())) == [(place, 0)]


@pytest.mark.parametrize(
    ("unapproved", "words"),
    [
        (0, "Draft, not for signature."),
        (1, "Draft, not for signature. 1 clause awaits approval."),
        (2, "Draft, not for signature. 2 clauses await approval."),
    ],
)
def test_the_box_counts_what_awaits_approval(unapproved, words):
    assert said(unapproved) == ([words], [])


def test_one_gate_is_said_in_the_sentence_and_several_as_a_list():
    assert said(0, ["A is B."]) == (["Draft, not for signature. To be confirmed: A is B."], [])
    assert said(1, ["A.", "B."]) == (
        ["Draft, not for signature. 1 clause awaits approval. To be confirmed:"],
        ["A.", "B."],
    )


def test_a_draft_says_so_in_its_foot_and_a_final_version_bears_a_digest():
    assert marked(document("cover"), 0, ()).meta.footer == "Footer · draft"
    assert finished(document("cover"), "0123456789abcdef").meta.footer == "Footer · 0123456789"


def test_only_a_final_version_is_open_for_signature():
    def is_open(tree):
        return [node.is_open for node in d.walk(tree) if isinstance(node, d.Signatures)]

    assert is_open(sample()) == is_open(marked(sample(), 0, ())) == [False]
    assert is_open(finished(sample(), "0" * 64)) == [True]
