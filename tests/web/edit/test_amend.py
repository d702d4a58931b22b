"""A signed agreement, amended from a page."""

import shutil
from datetime import date

import pytest

from contract_assembly.web import templates
from contract_assembly.web.edit.amend import amend, amend_page
from contract_assembly.web.page import PageRequest, Redirect
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import AGREEMENT, REPOSITORY, run, state
from tests.helpers.firms import change
from tests.helpers.forms import form_of

pytestmark = pytest.mark.slow  # a contract is built and signed
FACTS = f"{AGREEMENT}/agreement.yaml"
DAYS = {"amendment__on": "2027-01-12", "amendment__effective": "2027-01-17"}


@pytest.fixture(scope="module")
def amended_once(signed_once, tmp_path_factory):
    """An amendment is a draft, written from the page."""
    root = shutil.copytree(signed_once, tmp_path_factory.mktemp("amended") / "root")
    answer = press(root, "save", form_of(opened(root), coverage__users="36", **DAYS))
    assert answer == Redirect(f"/{AGREEMENT}/amend?part=counts&saved=yes")
    return root


@pytest.fixture
def amended(amended_once, tmp_path):
    return shutil.copytree(amended_once, tmp_path / "amended")


def asked(root, **query):
    return PageRequest(Snapshot(root, date(2027, 1, 12)), {"client": "acme", "agreement": "2026-support"}, query)


def opened(root, part="counts"):
    return amend_page(asked(root, part=part))


def press(root, do, form):
    return amend(asked(root), {**form, "do": (do,)}, root)


def html(page):
    return templates.rendered(page, lambda path: path, served=True)


def test_what_it_would_say_and_do_is_shown_and_nothing_is_written(root):
    before = state(root)
    page = press(root, "look", form_of(opened(root), coverage__users="36", **DAYS))
    for words in ("Amendment 1", "2,438.00 USD", "2,562.00 USD", "+124.00 USD", "60.00 USD", "15/31 days", "is replaced.",
                  "As amended", "+  users: 36"):  # fmt: skip
        assert words in html(page)
    assert state(root) == before


def test_facts_and_amendment_land_together_and_nothing_that_was_signed_changes(root, amended):
    before, after = state(root), state(amended)
    written = {each for each in after if before.get(each) != after[each] and not each.startswith(".git/")}
    assert written == {
        FACTS,
        f"{AGREEMENT}/record.json",
        f"{AGREEMENT}/documents/amendment-1.yaml",
        *(f"{AGREEMENT}/amendment-1.{each}" for each in ("docx", "md", "pdf")),
    }
    assert "effective: 2027-01-17" in after[f"{AGREEMENT}/documents/amendment-1.yaml"].decode()
    assert run(amended, "check").code == 0


def test_while_it_is_a_draft_further_changes_go_into_it(amended):
    page = opened(amended)
    assert page.values["amendment"].is_there
    press(amended, "save", form_of(page, coverage__users="38", amendment__effective="2027-02-01"))
    facts = (amended / AGREEMENT / "documents/amendment-1.yaml").read_text()
    assert "effective: 2027-02-01" in facts
    assert "date: 2027-01-12" in facts
    assert "$2,686.00 instead of $2,438.00" in (amended / AGREEMENT / "amendment-1.md").read_text()
    assert not (amended / AGREEMENT / "documents/amendment-2.yaml").exists()


def test_what_an_editor_changed_before_is_amended_without_an_entry(root):
    change(root / FACTS, ("users: 34", "users: 35"))
    page = press(root, "look", form_of(opened(root), **DAYS))
    assert "differs already" in html(page)
    assert "2,500.00 USD" in html(page)


def test_without_any_difference_there_is_nothing_to_amend(root):
    page = press(root, "save", form_of(opened(root), **DAYS))
    assert (page.template, page.values["nothing"]) == ("amend.html", True)
    assert "nothing to amend" in html(page)


@pytest.mark.parametrize(
    ("part", "changed", "field", "words"),
    [
        ("fees", {"fees__setup": "much"}, "fees.setup", "not an amount of money"),
        ("contacts", {"signatories__client": "nobody"}, "signatories.client", "nobody"),
        ("counts", {"coverage__users": "36", "amendment__effective": "2026-01-01"}, "amendment.effective", "2026-01-01 is before"),
        ("counts", {"coverage__users": "36", "amendment__on": "soon"}, "amendment.on", "not a date"),
        ("counts", {"coverage__users": "36", "amendment__on": ""}, "amendment.on", "cannot be empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(root, part, changed, field, words):
    before = state(root)
    page = press(root, "save", form_of(opened(root, part), **{**DAYS, **changed}))
    told = [(each.path, what) for each, what in page.values["wrong"]]
    assert page.status == 422
    assert any(path == field and words in what for path, what in told), told
    assert state(root) == before


def test_facts_that_changed_meanwhile_are_shown_and_not_overwritten(root):
    sent = form_of(opened(root), coverage__users="36", **DAYS)
    change(root / FACTS, ("users: 34", "users: 35"))
    before = state(root)
    page = press(root, "save", sent)
    assert (page.status, page.values["stale"], page.template) == (409, True, "amend.html")
    assert "34 to 35" in html(page)
    assert state(root) == before


def test_an_amendment_that_somebody_else_wrote_meanwhile_is_looked_at_again(root, amended):
    looked = press(root, "look", form_of(opened(root), coverage__users="36", **DAYS))
    sent = {**form_of(opened(amended), coverage__users="38", **DAYS), "mark": (looked.values["amendment"].mark,)}
    before = state(amended)
    page = press(amended, "save", sent)
    assert (page.status, page.template) == (409, "amend_preview.html")
    assert "has changed since you looked" in html(page)
    assert state(amended) == before


def test_while_an_amendment_is_out_nothing_else_is_amended(amended):
    facts = amended / AGREEMENT / "documents/amendment-1.yaml"
    change(facts, ("status: draft", "status: sent"))
    before = state(amended)
    for page in (amend_page(asked(amended)), press(amended, "save", {})):
        assert (page.template, page.status) == ("amend_not.html", 409)
        assert "amendment 1 was sent and is not signed yet" in html(page)
    assert state(amended) == before


def test_what_is_not_signed_has_another_form():
    names = {"client": "acme", "agreement": "2026-support"}  # the sample, which is only sent
    page = amend_page(PageRequest(Snapshot(REPOSITORY, date(2027, 1, 12)), names))
    assert (page.template, page.status) == ("edit_frozen.html", 409)
