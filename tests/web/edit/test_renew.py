"""A renewal, planned on a page and carried out once it is confirmed."""

from datetime import date

import pytest

from contract_assembly.web import templates
from contract_assembly.web.edit.renew import renew, renew_page
from contract_assembly.web.page import PageRequest, Redirect
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.firms import ON, signed

DAYS = {"on": ON, "by": "2027-08-31"}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return signed(tmp_path_factory.mktemp("signed") / "root")


def asked(root, **query):
    names = {"client": "acme", "agreement": "2026-support"}
    return PageRequest(Snapshot(root, date.fromisoformat(ON)), names, query)


def press(root, do, **form):
    return renew(asked(root), {name: (each,) for name, each in {**DAYS, **form, "do": do}.items()}, root)


pytestmark = pytest.mark.slow


def test_the_plan_shows_days_prices_and_files_and_writes_nothing(root):
    page = renew_page(asked(root, **DAYS))
    html = templates.rendered(page, lambda path: path, served=True)
    for words in ("2027-10-01 to 2028-09-30", "Carry out this plan", "agreements/acme/2027-support/agreement.yaml"):
        assert words in html
    assert not (root / "agreements/acme/2027-support").exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"on": "never"}, "on"), ({"by": ""}, "by"), ({"by": "2020-01-01"}, "by"), ({"by": "2027-08-31\x00"}, "by")],
)
def test_days_that_make_no_plan_are_told_and_nothing_is_carried_out(root, changed, field):
    page = press(root, "apply", **changed)
    assert page.status == 422
    assert [each.path for each, _ in page.values["wrong"]] == [field]
    assert not (root / "agreements/acme/2027-support").exists()


def test_another_plan_than_the_one_shown_is_not_carried_out(root):
    assert press(root, "apply", mark="0" * 64).status == 409
    assert not (root / "agreements/acme/2027-support").exists()


def test_the_plan_that_was_shown_is_carried_out(root):
    before = (root / "agreements/acme/2026-support/agreement.yaml").read_bytes()
    mark = renew_page(asked(root, **DAYS)).values["mark"]
    assert isinstance(press(root, "apply", mark=mark), Redirect)
    assert (root / "agreements/acme/2027-support/contract.pdf").exists()
    assert (root / "agreements/acme/2026-support/agreement.yaml").read_bytes() == before
