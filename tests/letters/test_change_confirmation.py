"""The confirmation of a change while a contract runs: its facts, from the sample cedar, which has a year behind it."""

from datetime import date
from types import SimpleNamespace

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.facts.fields import Located
from contract_assembly.facts.template_values import leaves
from contract_assembly.letters.change_confirmation import _rounded_by_line
from contract_assembly.letters.kinds import MODELS, content_of
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import PinnedRows
from contract_assembly.repository.source import Edited, Folder
from tests.helpers.corpus import REPOSITORY
from tests.helpers.running import usd

CEDAR = ("cedar", "2025-support")
FOLDER, INVOICED = "agreements/cedar/2025-support", "agreements/cedar/invoiced.csv"
MORE, FEWER = "change-2026-01-12", "change-2026-07-02"


def content(name, entries="", **changes):
    """What the letter can print, with further entries in changes.yaml and other facts of the letter."""
    path = f"{FOLDER}/changes.yaml"
    text = (REPOSITORY / path).read_text("utf-8") + entries
    repository = Repository(Edited(Folder(REPOSITORY), {path: text.encode()}))
    found = repository.issued(*CEDAR, name, MODELS)
    letter = Located(found.model.model_copy(update=changes), found.origins)
    return content_of(repository, repository.inputs(*CEDAR), letter)


def facts(name, entries="", **changes):
    found = content(name, entries, **changes).facts["change"]
    return {each.key.removeprefix("change."): each.value for each in leaves(found)}


def test_more_users_cost_more_from_their_day_and_the_rest_of_the_month_in_proportion():
    found = facts(MORE)
    assert [found[f"items.0.{name}"] for name in ("label", "before", "after")] == ["Users", 12, 14]
    assert (found["old"], found["new"], found["direction"]) == (usd("789.00"), usd("873.00"), "up")
    assert found["difference"] == usd("84.00")
    assert (found["rest_amount"], found["covered"], found["month_days"]) == (usd("54.19"), 20, 31)  # 84.00 x 20 / 31
    assert found["rest_last"] == date(2026, 1, 31)
    assert found["removal"] is None


def test_fewer_users_are_credited_and_the_period_of_the_agreement_is_named():
    found = facts(FEWER)
    assert (found["direction"], found["rest_direction"]) == ("down", "down")
    assert (found["difference"], found["rest_amount"]) == (usd("42.00"), usd("40.65"))  # sizes, without a sign
    assert found["removal"] == Duration(30, "day")


def test_a_month_that_was_invoiced_before_the_letter_is_named_with_the_difference():
    found = facts(MORE)
    assert (found["invoiced.first"], found["invoiced.last"]) == (date(2026, 2, 1), date(2026, 2, 28))
    assert (found["invoiced.amount"], found["invoiced.direction"]) == (usd("84.00"), "up")
    assert facts(MORE, date=date(2025, 11, 3))["invoiced"] is None  # nothing was invoiced by that day


def test_a_change_that_was_taken_back_moves_nothing():
    back = "on: 2026-07-02, what: users, from: 13, to: 14, asked: 2026-06-09, asked_by: marcus-bell, reverses: yes, because: A slip"
    found = facts(FEWER, f"  - {{{back}}}\n")
    assert (found["taken_back"], found["old"], found["direction"]) == (True, found["new"], "same")
    assert not any(each.startswith("items.") for each in found)


def test_the_files_that_it_was_made_from_are_its_sources():
    found = content(MORE)
    assert found.sources == (f"{FOLDER}/documents/{MORE}.yaml", f"{FOLDER}/changes.yaml")
    assert not found.history
    lines = (REPOSITORY / INVOICED).read_text("utf-8").splitlines()
    [(path, pinned)] = found.pinned.items()
    assert (path, pinned.digest) == (INVOICED, lines[pinned.rows].rpartition(",")[2])
    assert content(MORE, date=date(2025, 8, 1)).pinned == {INVOICED: PinnedRows(0, "")}


def test_a_day_on_which_nothing_changes_is_refused_at_its_line():
    with pytest.raises(RefusedError) as refused:
        content(MORE, effective=date(2026, 1, 13))
    (problem,) = refused.value.problems
    assert (problem.rule, problem.what) == (
        "nothing-to-confirm",
        f"no change in {FOLDER}/changes.yaml begins on 2026-01-13",
    )
    assert problem.origin.path == f"{FOLDER}/documents/{MORE}.yaml"


@pytest.mark.parametrize(
    ("difference", "covered", "months", "charged", "by_line"),
    [
        ("68.00", 21, 0, "46.06", False),  # 68 x 21 / 31 = 46.0645
        ("68.00", 21, 0, "46.07", True),  # 48 and 20 apart: 32.52 + 13.55
        ("68.00", 21, 2, "182.07", True),
        ("-68.00", 21, 0, "-46.06", False),
        ("68.00", 0, 0, "500.00", False),  # no part of a month, so no working is shown
    ],
)
def test_it_is_said_where_lines_and_total_round_to_other_amounts(difference, covered, months, charged, by_line):
    found = SimpleNamespace(
        difference=usd(difference), covered=covered, month=31, months=months, for_the_rest=usd(charged)
    )
    assert _rounded_by_line(found) == by_line
