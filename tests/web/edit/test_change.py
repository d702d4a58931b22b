"""Counts of a signed contract, changed from a page."""

from datetime import date

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.web import templates
from contract_assembly.web.edit.change import change, change_page
from contract_assembly.web.page import PageRequest, Redirect
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import AGREEMENT, REPOSITORY
from tests.helpers.forms import filled

pytestmark = pytest.mark.slow  # a contract is built and signed
ASKED = {"on": "2027-01-17", "asked_by": "lena", "asked": "2027-01-12"}


def asked(root):
    return PageRequest(Snapshot(root, date(2027, 1, 12)), {"client": "acme", "agreement": "2026-support"})


def form(root, **changed):
    page = change_page(asked(root))
    return {**filled(page.values["form"], **ASKED, **changed), "before": (page.values["before"],)}


def press(root, do, form):
    return change(asked(root), {**form, "do": (do,)}, root)


def html(page):
    return templates.rendered(page, lambda path: path, served=True)


def test_two_users_more_with_the_fee_and_the_part_of_the_month_seen_before_saving(root):
    page = press(root, "look", form(root, counts__users="36"))
    for words in ("2,438.00 USD", "2,562.00 USD", "+124.00 USD", "60.00 USD", "15/31 days", "down to 27"):
        assert words in html(page)
    assert not (root / AGREEMENT / "changes.yaml").exists()
    signed = (root / AGREEMENT / "agreement.yaml").read_bytes()
    answer = press(root, "save", form(root, counts__users="36"))
    assert answer == Redirect(f"/{AGREEMENT}/change?done=yes")
    assert "what: users" in (root / AGREEMENT / "changes.yaml").read_text()
    assert (root / AGREEMENT / "change-2027-01-17.pdf").exists()
    assert (root / AGREEMENT / "agreement.yaml").read_bytes() == signed


def test_a_state_that_changed_since_it_was_looked_at_is_shown_again_and_not_saved(root):
    sent = {**form(root, counts__users="36"), "before": ("0" * 64,)}
    page = press(root, "save", sent)
    assert (page.status, page.values["stale"]) == (409, True)
    assert not (root / AGREEMENT / "changes.yaml").exists()


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"counts__users": "many"}, "counts.users", "not a whole number"),
        ({"counts__users": "36", "on": "2020-01-01"}, "on", "first day"),
        ({"counts__users": "36", "asked_by": "nobody"}, "asked_by", "is not one of the client's people"),
        ({"counts__users": "36", "on": ""}, "on", "cannot be empty"),
    ],
)
def test_what_speaks_against_it_is_told(root, changed, field, words):
    wanted = {**form(root, **{name: each for name, each in changed.items() if name.startswith("counts")}),
              **{name: (each,) for name, each in changed.items() if not name.startswith("counts")}}  # fmt: skip
    for do in ("look", "save"):
        page = press(root, do, wanted)
        told = [(each.path, what) for each, what in page.values["wrong"]]
        others = [each.what for each in page.values["others"]]
        assert page.status == 422
        assert any(path == field and words in what for path, what in told) or any(words in each for each in others)
    assert not (root / AGREEMENT / "changes.yaml").exists()


def test_the_same_numbers_are_no_change(root):
    assert press(root, "save", form(root)).values["nothing"] is True


def test_a_contract_that_is_not_signed_has_no_form_of_counts():
    names = {"client": "acme", "agreement": "2026-support"}  # the sample, which is only sent
    with pytest.raises(RefusedError, match="nothing is signed yet"):
        change_page(PageRequest(Snapshot(REPOSITORY, date(2027, 1, 12)), names))
