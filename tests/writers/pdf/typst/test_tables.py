from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.writers.pdf.typst.tables import SMALL, TALLEST, chart_data, table_data
from contract_assembly.writers.pdf.typst.words import TEXT
from tests.helpers.sample_tree import cells, t

NONE = frozenset()


def table(count: int = 2, *, total: bool = False) -> d.Table:
    rows = tuple(cells(f"row {n}", "1.00") for n in range(count))
    return d.Table(("left", "right"), cells("Item", "Fee"), rows, t("Fees"), total=total)


def test_rows_have_their_kinds_and_cells():
    made = table_data(table(3, total=True), NONE, TEXT)
    assert made["head"]["cells"] == [["Item"], ["Fee"]]
    assert [(row["kind"], row["cells"]) for row in made["rows"]] == [
        ("row", [["row 0"], ["1.00"]]),
        ("row", [["row 1"], ["1.00"]]),
        ("total", [["row 2"], ["1.00"]]),
    ]
    assert made["caption"] == ["Fees"]


def test_columns_share_the_width_and_figures_end_at_their_edge():
    made = table_data(table(), NONE, TEXT)["columns"]
    assert sum(each["width"] for each in made) == 100
    assert [(each["align"], each["before"], each["after"]) for each in made] == [
        ("left", "edge", "near"),
        ("right", "near", "edge"),
    ]


def test_the_first_cell_names_its_row_only_in_a_table_without_a_head():
    plain = replace(table(), head=())
    assert [row["named"] for row in table_data(plain, NONE, TEXT)["rows"]] == [True, True]
    assert not any(row["named"] for row in table_data(table(), NONE, TEXT)["rows"])


def test_a_small_table_stays_whole_and_a_tall_row_may_be_split():
    assert table_data(table(SMALL), NONE, TEXT)["whole"]
    assert not table_data(table(SMALL + 1), NONE, TEXT)["whole"]
    tall = replace(table(), rows=(cells("word " * 2000, "1"),))
    made = table_data(tall, NONE, TEXT)
    assert (made["whole"], made["rows"][0]["long"], made["least"]) == (False, True, TALLEST)


def test_a_total_is_held_beside_the_row_before_it_where_a_page_may_end_between_them():
    assert table_data(table(SMALL + 1, total=True), NONE, TEXT)["held"]
    assert not table_data(table(SMALL + 1), NONE, TEXT)["held"]
    assert not table_data(table(SMALL, total=True), NONE, TEXT)["held"]  # stays whole
    tall = replace(table(total=True), rows=(cells("word " * 2000, "1"), cells("Total", "1")))
    assert not table_data(tall, NONE, TEXT)["held"]  # no page has room for both


def test_a_chart_has_a_column_of_bars_with_their_words():
    chart = d.Chart(d.Table(("left", "right"), cells("Month", "Hours"), (cells("May", "5"), cells("June", "–"))))
    made = chart_data(chart, NONE, TEXT)
    assert sum(each["width"] for each in made["columns"]) == 100
    (picture,), nothing = (row["cells"][-1] for row in made["rows"])
    assert (picture[0], picture[1][:4], picture[2], nothing) == ("bar", "<svg", "May, Hours 5", [])
    assert made["head"]["cells"] == [["Month"], ["Hours"], []]
