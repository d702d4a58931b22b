"""Exports of other programs, read by a mapping."""

import unicodedata

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.export_mapping import LeftOut, records
from contract_assembly.facts.fields import Located
from contract_assembly.facts.time_mapping import TimeMapping

COLUMNS = {"date": "Date", "person": "User", "task": "Task", "worked": "Time", "client": "Client"}
HEAD = "Date,User,Task,Time,Client\n"
ROW = "2026-10-05,Tom,Printer,35m,Acme\n"


def read(text, encoding="utf-8", **more):
    model = TimeMapping.model_validate({"kind": "time-entries", "name": "T", "columns": COLUMNS, **more})
    return records(
        text.encode(encoding), "t.csv", Located(model, {"": Origin("m.yaml", 1)}), "acme", ("Acme", "Acme Inc.")
    )


def clients(text, **more):
    """How many rows count, how many are passed over and why, and the problems."""
    found = read(text, **more)
    return len(found.found), dict(found.passed), [(each.rule, each.origin.line) for each in found.problems]


def test_the_names_of_a_client_are_its_own_its_folder_and_its_aliases():
    text = HEAD + "".join(ROW.replace("Acme", name) for name in ("ACME", "acme inc.", "A. C. M. E.", "acme"))
    assert clients(text, clients={"acme": ["A. C. M. E."]}) == (4, {}, [])


def test_rows_of_other_clients_are_refused_unless_a_mapping_lists_them():
    text = HEAD + ROW + ROW.replace("Acme", "Hudson") + ROW.replace("Acme", "Brookfield") + ROW.replace("Acme", "")
    strangers = [("import-stranger", line) for line in (3, 4, 5)]
    assert clients(text) == (1, {}, strangers)
    assert clients(text, clients={"hudson": ["Hudson"]}) == (1, {"of other clients": 1}, strangers[1:])
    assert clients(text, other_clients="pass over") == (1, {"of other clients": 3}, [])


@pytest.mark.parametrize(
    ("cell", "gone"),
    [("spam", True), ("Spam, auto", True), ("auto;SPAM", True), ("spammer", False), ("no spam", False), ("", False)],
)
def test_a_word_leaves_a_row_out_where_it_is_the_cell_or_one_of_its_values(cell, gone):
    assert LeftOut(column="Tags", words=("spam",)).has(cell) == gone


def test_blanks_may_separate_the_values_of_a_cell():
    assert LeftOut(column="Tags", words=("spam",), separated_by="blank").has("printer spam")


def test_titles_may_come_before_the_head():
    found = read("Report of October\n\nMade on,2026-11-01\n" + HEAD + ROW)
    assert (found.rows, [each.origin.line for each in found.found]) == (1, [5])


def test_a_column_that_is_not_mapped_may_hold_a_cell_of_any_size():
    found = read(HEAD.replace("\n", ",Notes\n") + ROW.replace("\n", f',"{"A" * 300_000}"\n'))
    assert len(found.found) == 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_the_same_in_every_unicode_form(form):
    text = (HEAD + ROW.replace("Acme", "Café")).replace("User", "Üser")
    columns = {**COLUMNS, "person": "Üser"}
    found = read(unicodedata.normalize(form, text), columns=columns, clients={"acme": ["Cafe\u0301"]})
    assert [each.cells["client"] for each in found.found] == ["Café"]


def test_a_cell_that_begins_like_a_formula_is_read_and_not_judged():
    assert len(read(HEAD + ROW.replace("Tom", "- None -").replace("Printer", "=1+1")).found) == 1


def test_every_problem_of_a_file_is_reported_at_once():
    text = HEAD + ROW.replace(",35m", "") + ROW.replace("Tom", "Tom\u202e") + ROW.replace("Acme", "Hudson")
    assert clients(text)[2] == [("import-cells", 2), ("import-cell", 3), ("import-stranger", 4)]


def test_a_column_that_is_missing_names_the_mapping_s_line():
    with pytest.raises(RefusedError) as refused:
        read(HEAD.replace("Task", "Tasks") + ROW)
    (problem,) = refused.value.problems
    assert problem.what == "there is no column 'Task'"
    assert problem.hint == "did you mean Tasks?; see m.yaml:1"


def test_several_columns_that_nothing_is_like_are_one_problem_with_the_way_to_a_mapping():
    with pytest.raises(RefusedError) as refused:
        read("Kunde,Wer,Was,Wann\n1,2,3,4\n")
    (problem,) = refused.value.problems
    assert problem.what.startswith("there are no columns 'Date', ")
    assert "build.py mapping --guess" in problem.hint
