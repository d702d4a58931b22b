"""Words with their marks: controls, tracked changes, comments."""

import pytest

from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.word_marks import UNNAMED, marked_words
from tests.helpers.returned import come, control, fact, file, gone, paragraph, run
from tests.helpers.word_packages import says


def lines(inside, **parts):
    return marked_words(file(inside, **parts)).lines


def test_words_know_their_clause_and_their_fact():
    (line,) = lines(control("term", paragraph(run("For "), fact("term.length", "12 months"))))
    assert [(each.text, each.clause, each.fact) for each in line.spans] == [
        ("For ", "term", ""), ("12 months", "term", "term.length"),
    ]  # fmt: skip
    assert line.spans[1].place > 0


def test_tracked_words_and_ends_know_their_author():
    (line,) = lines(paragraph(come("new "), gone("old"), mark="ins"))
    assert [(each.added, each.removed) for each in line.spans] == [("Counsel", ""), ("", "Counsel")]
    assert (line.added, line.removed) == ("Counsel", "")
    (line,) = lines(f"<w:p><w:ins w:id='1'>{run('x')}</w:ins></w:p>")
    assert line.spans[0].added == UNNAMED


def test_the_contents_are_apart_and_empty_paragraphs_are_left_out():
    toc = f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{run("1 Services")}</w:p>'
    assert [each.story for each in lines(toc + "<w:p/>" + paragraph(run("Services")))] == ["contents", "body"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04torn"])
def test_anything_else_is_refused_with_a_sentence(data):
    with pytest.raises(UnreadableError):
        marked_words(data)


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        (says("a") * 5_001, "more than 5,000 paragraphs"),
        (says("the party " * 25_001), "more than 250,000 characters"),
        (paragraph('<w:commentRangeStart w:id="1"/>' * 3_001), "more than 1,000 comments"),
        (paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 257), "too many fields inside each other"),
    ],
)
def test_a_file_that_is_far_longer_than_a_contract_is_refused_before_it_is_compared(inside, what):
    with pytest.raises(UnreadableError, match=what):
        marked_words(file(inside))


def test_the_instruction_of_a_field_is_read_in_part_however_long_it_is():
    code = "<w:instrText>REF x </w:instrText>" + f"<w:instrText>{'a' * 5_000}</w:instrText>" * 200
    begin, separate, end = (f'<w:fldChar w:fldCharType="{each}"/>' for each in ("begin", "separate", "end"))
    found = marked_words(file(f"<w:p><w:r>{begin}{code}{separate}<w:t>4</w:t>{end}</w:r></w:p>"))
    assert found.lines[0].spans[0].target == "x"
