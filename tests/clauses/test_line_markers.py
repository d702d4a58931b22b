"""Marks of lines in a clause: at the end of each line with words, where Markdown does not trip over them."""

import pytest

from contract_assembly.clauses.fill import _JINJA
from contract_assembly.clauses.line_markers import with_line_marks
from contract_assembly.core.sentinels import LINE, TOKEN


def marked(source, first=1):
    """The source with each mark shown as ⟨line⟩."""
    tokens = with_line_marks(_JINJA.lexer.tokeniter(source, ""), first)
    return TOKEN.sub(
        lambda match: f"⟨{match[2]}⟩" if match[1] == LINE else match[0], "".join(text for *_, text in tokens)
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one", "one⟨1⟩"),
        ("one\ntwo", "one⟨1⟩\ntwo⟨2⟩"),
        ("one\n\nthree", "one⟨1⟩\n\nthree⟨3⟩"),
        ("  \n one ", "  \n one⟨2⟩ "),
        ("", ""),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b ⟨1⟩|\n|---|---|\n| c | d ⟨3⟩|"),
        ("## Due {#due}\n\nx", "## Due⟨1⟩ {#due}\n\nx⟨3⟩"),
        ("## Due {#due} now", "## Due {#due} now⟨1⟩"),
        ("> one\n>\n> two", "> one⟨1⟩\n>\n> two⟨3⟩"),
        ("a - b", "a - b⟨1⟩"),
    ],
)
def test_each_line_of_words_ends_with_its_number(source, expected):
    assert marked(source) == expected


def test_lines_are_counted_from_the_line_on_which_the_source_starts():
    assert marked("one\ntwo", 12) == "one⟨12⟩\ntwo⟨13⟩"


def test_a_line_that_is_only_a_fact_has_a_mark_and_one_that_is_only_a_tag_has_none():
    assert marked("{{ fees.due }}\nx") == "{{ fees.due }}⟨1⟩\nx⟨2⟩"
    assert marked("{% if a %}\nx\n{% endif %}\n") == "{% if a %}\nx⟨2⟩\n{% endif %}\n"


def test_lines_after_a_loop_keep_the_numbers_of_the_file():
    assert marked("{% for a in b %}\n{{ a }}\n{% endfor %}\nend").endswith("end⟨4⟩")


def test_a_tag_over_several_lines_counts_them():
    assert marked("{{ a\n or b }} x\ny") == "{{ a\n or b }} x⟨2⟩\ny⟨3⟩"
