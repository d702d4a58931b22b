"""The amendment that an edit of a signed agreement goes into. What it says and writes: tests/web/edit/test_amend."""

from datetime import date

import pytest

from contract_assembly.actions.edit.amendment import coming
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, based, change

DRAFT = (
    "document: amendment\nstatus: draft\ndate: 2027-01-12\nnumber: 1\neffective: 2027-02-01\nagreement_signed: 2026-09-21\n"
    "base: 8b435a9c90027b7d152e9872c4ed9550d13509d3\n"
)


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def on(root, day):
    return coming(Repository(root), "acme", "2026-support", day)


def written(root, text):
    path = root / AGREEMENT / "documents/amendment-1.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("day", "effective"),
    [
        (date(2027, 1, 12), date(2027, 2, 1)),
        (date(2027, 1, 31), date(2027, 2, 1)),
        (date(2027, 12, 1), date(2028, 1, 1)),
        (date(2026, 8, 3), date(2026, 10, 1)),  # the agreement begins then
    ],
)
def test_a_first_amendment_takes_effect_with_the_next_month_of_the_agreement(root, day, effective):
    found = on(root, day)
    assert (found.name, found.title, found.is_there) == ("amendment-1", "Amendment 1", False)
    assert (found.on, found.effective) == (day, effective)


def test_a_draft_is_gone_on_with_and_has_its_own_days(root):
    written(root, DRAFT)
    found = on(root, date(2027, 3, 3))
    assert (found.name, found.is_there) == ("amendment-1", True)
    assert (found.on, found.effective) == (date(2027, 1, 12), date(2027, 2, 1))


def test_after_a_signed_one_comes_the_next_and_not_before_it_takes_effect(root):
    written(root, DRAFT.replace("draft", "signed").replace("2027-02-01", "2027-06-01"))
    found = on(root, date(2027, 2, 2))
    assert (found.name, found.effective) == ("amendment-2", date(2027, 6, 1))


def test_one_that_is_out_is_in_the_way(root):
    written(root, DRAFT.replace("draft", "sent"))
    with pytest.raises(RefusedError, match="amendment 1 was sent and is not signed yet"):
        on(root, date(2027, 2, 2))


def test_the_mark_changes_with_amendments_and_counts_and_not_with_the_facts(root):
    marks = [on(root, date(2027, 2, 2)).mark]
    change(root, f"{AGREEMENT}/agreement.yaml\n-  users: 34\n+  users: 36\n")
    assert on(root, date(2027, 2, 2)).mark == marks[0]
    written(root, DRAFT)
    marks.append(on(root, date(2027, 2, 2)).mark)
    (root / AGREEMENT / "changes.yaml").write_text("changes: []\n")
    marks.append(on(root, date(2027, 2, 2)).mark)
    assert len(set(marks)) == 3
