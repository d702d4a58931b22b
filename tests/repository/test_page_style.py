import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.page_style import page_style, style_sheet

FACE = "@font-face { font-family: Noto Serif }\n"
GOOD = 'gap: 5.5pt\ncolour: "#1f3a5f"\nfont-text: Noto Serif\n'


def test_values_are_read_as_they_are_written():
    assert page_style(GOOD) == {"gap": "5.5pt", "colour": "#1f3a5f", "font-text": "Noto Serif"}


def test_the_style_sheet_takes_them_by_name():
    css = style_sheet(f"{FACE}p {{ margin: 0 0 $gap; color: $colour }}", page_style(GOOD))
    assert css == f"{FACE}p {{ margin: 0 0 5.5pt; color: #1f3a5f }}"


@pytest.mark.parametrize(
    "line", ["gap: 5", "gap: wide", "gap: -3pt", 'colour-box: "red"', "font-head: x; }", "gap: [1pt]", 'gap: "1pt; }"']
)
def test_a_value_of_another_form_is_refused_at_its_line(line):
    name = line.partition(":")[0]
    text = "".join(each for each in GOOD.splitlines(keepends=True) if not each.startswith(f"{name}:")) + f"{line}\n"
    with pytest.raises(RefusedError) as refused:
        page_style(text)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.origin.line) == ("ill-typed", text.count("\n"))


@pytest.mark.parametrize(
    ("line", "bounds"),
    [("body-size: 0pt", "5pt and 72pt"), ("body-size: 900pt", "5pt and 72pt"), ("body-size: 4.9pt", "5pt and 72pt"),
     ("table-line: 91pt", "6pt and 90pt"), ("page-side-letter: 150mm", "8mm and 70mm"), ("page-end: 200mm", "8mm and 80mm"),
     ("logo-width: 0mm", "5mm and 120mm"), ("gap: 101mm", "0mm and 100mm")],
)  # fmt: skip
def test_a_length_that_no_page_can_have_is_refused_with_what_it_can(line, bounds):
    with pytest.raises(RefusedError) as refused:
        page_style(f"{line}\n")
    (problem,) = refused.value.problems
    assert problem.what.endswith(f"is not between {bounds}")


@pytest.mark.parametrize(
    "line", ["body-size: 5pt", "body-size: 72pt", "gap: 0mm", "indent: 45px", "page-side-a4: 70mm"]
)
def test_the_largest_and_smallest_lengths_are_taken(line):
    assert page_style(f"{line}\n")


def test_lines_are_no_closer_than_their_letters_are_high():
    assert page_style("body-size: 11pt\nbody-line: 11pt\n")
    with pytest.raises(RefusedError) as refused:
        page_style("body-size: 11pt\nbody-line: 3mm\n")
    (problem,) = refused.value.problems
    assert (problem.origin.line, problem.what) == (2, "body-line: lines that are 3mm apart cannot hold letters of 11pt")


def test_a_font_of_which_no_rule_knows_is_refused_with_those_that_there_are():
    css = '@font-face { font-family: Caladea; src: url("house:a.ttf") }\n@font-face { src: url("house:b.ttf"); font-family: "Firm Text" }'
    assert style_sheet(css, {"font-text": "Firm Text", "font-head": "Caladea"}) == css
    with pytest.raises(RefusedError) as refused:
        style_sheet(css, {"font-text": "Comic Sans"}, "gap: 5pt\nfont-text: Comic Sans\n")
    (problem,) = refused.value.problems
    assert (problem.rule, str(problem.origin)) == ("unknown-font", "templates/house/style.yaml:2")
    assert problem.hint == "known here: Caladea, Firm Text"


def test_a_name_without_a_value_is_refused_with_the_nearest_one():
    with pytest.raises(RefusedError) as refused:
        style_sheet(f"{FACE}p {{ margin: $gaps }}", page_style(GOOD))
    (problem,) = refused.value.problems
    assert (problem.rule, str(problem.origin), problem.hint) == (
        "unknown-style",
        "templates/house/page.css:2",
        "did you mean gap?",
    )
