"""The automatic numbers of a Word file."""

import pytest

from contract_assembly.writers.returned.numbering import Counter, Level, Lists, in_form, lists_of
from contract_assembly.writers.returned.word_marks import marked_words
from contract_assembly.writers.returned.word_package import opened
from tests.helpers.corpus import REPOSITORY
from tests.helpers.returned import THEM, come, file, gone, run
from tests.helpers.word_packages import W

LEVELS = {0: Level(1, "decimal", "%1."), 1: Level(1, "decimal", "%1.%2"), 2: Level(1, "lowerLetter", "(%3)")}
LISTS = Lists({"a": LEVELS}, {"1": "a", "2": "a"}, {("2", 0): 7}, {"H": ("1", 0), "T": ("1", 1), "I": ("1", 2)})


def test_levels_count_within_those_above_them():
    counter = Counter(LISTS)
    assert [counter.next(each) for each in "HTTIIHTI"] == ["1", "1.1", "1.2", "(a)", "(b)", "2", "2.1", "(a)"]


def test_a_paragraph_may_name_its_list_and_level_itself_and_a_list_its_start():
    counter = Counter(LISTS)
    own = [counter.next("H"), counter.next("H", "2"), counter.next("H", "2"), counter.next("H", "2", 1)]
    assert own == ["1", "7", "8", "8.1"]
    assert counter.next("Normal") == counter.next("H", "0") == counter.next("H", "1", 8) == ""


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [(3, "decimal", "3"), (28, "lowerLetter", "bb"), (2, "upperLetter", "B"), (14, "lowerRoman", "xiv"), (9, "upperRoman", "IX"),
     (1, "bullet", ""), (10**6, "lowerRoman", "mmmcmxcix"), (0, "lowerLetter", "0"), (5, "chineseCounting", "5")],
)  # fmt: skip
def test_numbers_have_the_forms_that_word_has(number, form, shown):
    assert in_form(number, form) == shown


def test_the_sample_contract_has_the_numbers_that_its_review_text_has():
    folder = REPOSITORY / "agreements/acme/2026-support"
    lines = marked_words((folder / "contract.docx").read_bytes()).lines
    titles = {each.number: "".join(span.text for span in each.spans) for each in lines if each.style == "Heading2"}
    assert len(titles) == 35
    assert all(
        f"## {number}. {title}" in (folder / "contract.md").read_text("utf-8") for number, title in titles.items()
    )


NUMBERED = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="x"/>
<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num>
</w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>
<w:style w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style></w:styles>"""


def test_styles_inherit_and_a_circle_of_them_ends():
    with opened(file("", numbering=NUMBERED, styles=STYLES)) as package:
        found = lists_of(package)
    assert (found.styles, found.levels["4"][0].start) == ({"A": ("9", 0), "B": ("9", 0)}, 1)


def numbered(inside, mark=""):
    ends = f'<w:rPr><w:{mark} w:id="3" w:author="{THEM}"/></w:rPr>' if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="A"/>{ends}</w:pPr>{inside}</w:p>'


def test_a_paragraph_that_went_or_was_joined_to_the_next_is_not_counted_and_one_that_came_is():
    body = [numbered(run("one")), numbered(gone("went"), "del"), numbered(come("came"), "ins")]
    body += [numbered(run("joined with"), "del"), numbered(run("the last"))]
    lines = marked_words(file("".join(body), numbering=NUMBERED, styles=STYLES)).lines
    assert [each.number for each in lines] == ["1", "", "2", "", "3"]
