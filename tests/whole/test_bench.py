"""The benchmarks still run: each once, on the smallest repository, with nothing said about how long it takes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import checking, cold, comparing, hours, money, pages, peers, warm
from bench.clock import FailedError, Group, Row, Spent, compared, here, process
from bench.naive_docx import naive_docx
from bench.naive_page import naive_page
from bench.peer_words import docxtpl_template, typst
from bench.report import as_data, as_text
from contract_assembly.document import tree as d
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import based, run
from tests.helpers.sample_tree import sample
from tests.helpers.word_reader import W, part, text_of

REPOSITORY = Path(__file__).parents[2]
ACME = ("acme", "2026-support")


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    return based(tmp_path_factory.mktemp("bench") / "words")


@pytest.fixture(scope="module")
def house():
    return Repository(REPOSITORY).house()


def test_a_ratio_is_the_median_of_the_ratios_of_the_rounds():
    times = {"base": iter((9, 1, 2, 10)), "other": iter((9, 2, 4, 50))}  # the first round does not count
    group = compared(
        "by turns", {name: lambda n=name: Spent(next(times[n]), 5) for name in times}, "base", 3, {"other": 1.9}
    )
    assert group.rows == (Row("base", 2, 5, 1), Row("other", 4, 5, 2, 1.9))
    assert not group.rows[1].met


def test_a_large_ledger_is_measured_where_there_is_a_block(words, monkeypatch):
    monkeypatch.setattr(hours, "ENTRIES", 400)
    (group,) = hours.hours(REPOSITORY, 1)
    assert group.rows[0].what == group.base
    assert all(row.seconds > 0 for row in group.rows)
    assert list(hours.hours(words, 1)) == []


def test_check_is_measured_over_many_agreements(words, tmp_path):
    group = checking.checking(words, tmp_path, 1, many=2)
    assert group.rows[1].what == "the same, 4 agreements"
    assert all(row.seconds > 0 for row in group.rows)


def test_the_comparing_of_one_agreement_is_measured_beside_its_build(words, tmp_path, monkeypatch):
    monkeypatch.setattr(
        comparing, "CHANGED", ("clauses/notes.md", "Each party keeps notes", "Each party shall keep notes")
    )
    group = comparing.diff(words, *ACME, tmp_path, 1)
    assert [row.what for row in group.rows][:2] == [comparing.COLD, comparing.DIFF]
    assert group.rows[1].target == 0.5
    assert all(row.seconds > 0 for row in group.rows)


def test_impact_is_measured_on_a_change_that_reaches_everybody(tmp_path):
    group = comparing.impact(tmp_path, 1, many=3)
    assert len(group.rows) == 2
    root = tmp_path / "firm"
    found = json.loads(run(root, "impact", "--json").out)
    support = [each for each in root.glob("agreements/*/*") if each.name.endswith("support")]
    assert len(found["reached"]) == len(support) > 0


def test_a_process_that_fails_is_no_measurement():
    with pytest.raises(FailedError, match="ended with 3, not 0"):
        process([sys.executable, "-c", "raise SystemExit(3)"])


def test_work_here_takes_time():
    spent = here(lambda: sum(range(100_000)))()
    assert spent.cpu > 0
    assert spent.wall > 0


def test_a_table_says_which_targets_are_missed():
    group = Group("Warm", "a", (Row("a", 0.1, 0.1, 1), Row("b", 0.2, 0.3, 2, 1.5), Row("c", 0.01, 0.01, 0.1, 0.2)))
    assert re.findall(r"target (\S+): (\w+)", as_text(group)) == [("1.5", "MISSED"), ("0.2", "met")]
    assert json.loads(json.dumps(as_data([group])))[0]["rows"][1] == {
        "what": "b", "seconds": 0.2, "wall": 0.3, "ratio": 2, "target": 1.5, "met": False,
    }  # fmt: skip


def test_each_cold_job_runs(words, tmp_path):
    jobs = cold.jobs(words, *ACME, tmp_path)
    del jobs["--format pdf"]  # all formats write it, too
    assert all(job().cpu > 0 for job in jobs.values())
    assert not (words / "agreements/acme/2026-support/record.json").exists(), "only a copy is built"


def test_each_stage_runs(words):
    rows = warm.stages(words, *ACME, 1).rows
    assert {"check", "html", *("md", "docx", "pdf")} <= {row.what for row in rows}


def test_what_is_ours_around_weasyprint_is_told(words):
    assert [row.target for row in warm.around_weasyprint(words, *ACME, 1).rows] == [None, 0.05, None, None]


def test_our_writers_and_the_naive_ones_run(house):
    word, page = warm.against_naive(sample(), house, 1)
    assert (word.rows[0].ratio, page.rows[0].ratio) == (1, 1)


def test_the_naive_writers_write_every_word_of_the_tree(house):
    wanted = set(_words(sample()))
    page = re.sub(r"<[^>]+>", " ", naive_page(sample()))
    assert wanted <= set(re.findall(r"\w+", page))
    assert wanted <= set(re.findall(r"\w+", _text_of_word(naive_docx(sample(), house))))


def test_typst_gets_every_word_of_the_tree():
    assert set(_words(sample())) <= set(re.findall(r"\w+", typst(sample()).replace("\\", "")))


def test_a_docxtpl_template_holds_placeholders_for_facts(house):
    template, facts = docxtpl_template(sample(), house)
    text = _text_of_word(template)
    assert facts
    assert all(f"{{{{ {name} }}}}" in text for name in facts)


def test_peers_that_are_not_installed_are_left_out(words, tmp_path, monkeypatch):
    monkeypatch.setattr(peers, "_has", lambda program: False)
    (group,) = peers.against_peers(words, *ACME, tmp_path, 1)
    assert group.base == peers.OURS
    assert [row.what for row in group.rows] == [peers.OURS, peers.OURS_TYPST, "ours: DOCX", "ours: PDF"]


def test_the_command_tells_what_it_does():
    said = subprocess.run(
        [sys.executable, "-m", "bench", "--help"], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    assert all(option in said.stdout for option in ("--peers", "--only", "--json", "--rounds"))
    assert bench.__doc__ is not None
    assert bench.__doc__.split(":")[1].strip(" `\n") in said.stdout.replace("\n", " ")


def _words(document):
    texts = (d.plain(node) for node in d.walk(document) if isinstance(node, d.Text | d.Value | d.Definition))
    return [word for text in texts for word in re.findall(r"\w+", text)]


def _text_of_word(data):
    return " ".join(map(text_of, part(data, "word/document.xml").iter(f"{W}p")))


def test_renewals_of_a_firm_are_measured(tmp_path):
    from bench.renewing import measured

    found = measured(tmp_path, 14, 1, formats=("md",))
    assert found["renewals carried out"] > 2
    assert found["planning, CPU ms a client"] > 0


def test_money_is_measured_over_a_firm(tmp_path):
    group = money.money(tmp_path, 1, count=2)
    assert [row.what for row in group.rows] == [money.BASE, "invoices of a year, 2 clients", "revenue, 2 clients"]
    assert all(row.seconds > 0 for row in group.rows)


def test_pages_are_measured_by_a_running_server(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "TIMES", 1)
    cost, change = pages.pages(tmp_path, 1, count=2)
    assert [row.what for row in cost.rows] == [pages.WALK, pages.OPENED, pages.AGAIN]
    assert cost.rows[1].seconds > 0
    assert change.rows[1].target == 1
    assert change.rows[1].seconds > 0
