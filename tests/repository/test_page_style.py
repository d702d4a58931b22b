import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.page_style import page_style, style_sheet

GOOD = 'gap: 5.5pt\ncolour: "#1f3a5f"\nfont-text: Noto Serif\n'


def test_values_are_read_as_they_are_written():
    assert page_style(GOOD) == {"gap": "5.5pt", "colour": "#1f3a5f", "font-text": "Noto Serif"}


def test_the_style_sheet_takes_them_by_name():
    css = style_sheet("p { margin: 0 0 $gap; color: $colour }", page_style(GOOD))
    assert css == "p { margin: 0 0 5.5pt; color: #1f3a5f }"


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


def test_a_name_without_a_value_is_refused_with_the_nearest_one():
    with pytest.raises(RefusedError) as refused:
        style_sheet("a {}\np { margin: $gaps }", page_style(GOOD))
    (problem,) = refused.value.problems
    assert (problem.rule, str(problem.origin), problem.hint) == (
        "unknown-style",
        "templates/house/page.css:2",
        "did you mean gap?",
    )
