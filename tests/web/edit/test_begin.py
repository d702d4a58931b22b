"""A new client, begun from a page."""

from datetime import date

import pytest

from contract_assembly.web import templates
from contract_assembly.web.edit.begin import begin, begin_page
from contract_assembly.web.page import PageRequest, Redirect
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.forms import filled
from tests.helpers.living import firm

KNOWN = {"start__client": "oakridge", "start__first_day": "2027-01-01", "start__place": "US-NY"}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return firm(tmp_path_factory.mktemp("firm") / "root")


def asked(root, **query):
    return PageRequest(Snapshot(root, date(2026, 11, 30)), {}, query)


def press(root, do, **changed):
    form = filled(begin_page(asked(root)).values["form"], **changed)
    return begin(asked(root), {**form, "do": (do,)}, root)


def told(page):
    return {each.path: what for each, what in page.values["wrong"]}


def test_the_files_are_shown_with_what_is_known_and_what_stays_open(root):
    people = {"contact__name": "Ann O’Dell", "contact__email": "ann@oakridge.example"}
    page = press(
        root, "look", **KNOWN, counts__users="12", plan="complete", party__address__lines="1 Main Street", **people
    )
    files = dict(page.values["looked"])
    agreement = files["agreements/oakridge/2027-support/agreement.yaml"]
    assert "users: 12" in agreement
    assert "plan: complete" in agreement
    assert "primary: ann-odell" in agreement
    assert "ann@oakridge.example" in files["agreements/oakridge/client.yaml"]
    assert "to be entered" in templates.rendered(page, lambda path: path, served=True)
    assert not (root / "agreements/oakridge").exists()


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"start__client": ""}, "start.client", "cannot be empty"),
        ({"start__client": "../evil"}, "start.client", "cannot be the name of a client"),
        ({"start__client": "Oak Ridge"}, "start.client", "cannot be the name of a client"),
        ({"start__client": "con"}, "start.client", "cannot be the name of a client"),
        ({"start__first_day": "2027-02-30"}, "start.first_day", "not a day of the calendar"),
        ({"start__place": ""}, "start.place", "Choose where the client is"),
        ({"contact__email": "nobody"}, "contact.email", "is not an email address"),
        ({"party__name": "a\u202eb"}, "party.name", ""),
        ({"start__client": "acme", "start__first_day": "2026-10-01"}, "start.first_day", "already"),
    ],
)
def test_what_cannot_be_begun_is_told_at_its_field_and_nothing_is_written(root, changed, field, words):
    before = sorted(root.rglob("*.yaml"))
    for do in ("look", "save"):
        page = press(root, do, **{**KNOWN, **changed})
        assert page.status == 422
        found = told(page).get(field, "") or " ".join(each.what for each in page.values["others"])
        assert words in found
        assert field in told(page) or page.values["others"]
    assert sorted(root.rglob("*.yaml")) == before


def test_another_agreement_takes_its_terms_from_one_that_is_named(root):
    page = begin_page(asked(root, like="acme/2026-support"))
    fields = {each.path: each.value for each in page.values["form"].all()}
    assert (fields["start.client"], fields["start.like"]) == ("acme", "acme/2026-support")
    for other in ("/", "acme", "acme/", "/x", "nobody/2026-support"):
        assert "start.like" in told(press(root, "look", **KNOWN, start__like=other)), other
    assert "cannot be the name" in str(told(press(root, "look", **KNOWN, start__like="../..")) or press(
        root, "look", **KNOWN, start__like="../.."
    ).values["others"])  # fmt: skip


def test_it_begins_with_both_files_and_ends_on_the_page_of_the_agreement(root):
    assert press(root, "save", **KNOWN) == Redirect("/agreements/oakridge/2027-support")
    assert (root / "agreements/oakridge/client.yaml").exists()
    assert (root / "agreements/oakridge/2027-support/agreement.yaml").exists()
    assert press(root, "save", **KNOWN).status == 422
