"""The pages as files: complete, linked to each other, and the same bytes each time."""

import re
from datetime import date
from posixpath import dirname, join, normpath

import pytest

from contract_assembly.web.routes import ROUTES
from contract_assembly.web.site import ABSENT, Site, file_name
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, change

ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def site():
    made = Site(Snapshot(REPOSITORY, ON))
    return made, dict(made.files())


def test_every_page_that_is_to_be_written_is_a_file_with_a_notice(site):
    _, files = site
    assert {
        "index.html",
        "due.html",
        "due/acme.html",
        "revenue.html",
        "revenue/cedar.html",
        "invoices.html",
        "portfolio.csv",
        "style.css",
    } <= set(files)
    for name, data in files.items():
        if name.endswith(".html"):
            assert b"<strong>Confidential.</strong>" in data, name


def test_no_page_has_a_form_a_script_or_anything_from_elsewhere(site):
    for name, data in site[1].items():
        if name.endswith(".html"):
            text = data.decode()
            assert not re.search(r"<(form|script|button|iframe)\b", text), name
            assert not re.search(r'(?:src|href)="(?:https?:)?//', text), name


def test_every_link_leads_to_a_file_that_is_there(site):
    made, files = site
    for name, data in files.items():
        if name.endswith(".html"):
            for to in re.findall(r'(?:href|src)="([^"#]+)', data.decode()):
                assert normpath(join(dirname(name), to)) in files, (name, to)
    written = {each.path.split("/")[1] for each in ROUTES if each.every}
    assert {each for each in made.absent if each.split("/")[1] in written} == set()


def test_a_link_to_a_page_that_only_a_server_has_leads_nowhere():
    made = Site(Snapshot(REPOSITORY, ON))
    link = made._links("due/acme.html", {"/": "index.html", "/due/acme": "due/acme.html"})
    assert link("/?show=blocked") == "../index.html"
    assert link("/due/acme#x") == "acme.html"
    assert link("/edit/acme") == ABSENT
    assert made.absent == {"/edit/acme"}


def test_the_same_repository_and_day_give_the_same_bytes(site):
    assert dict(Site(Snapshot(REPOSITORY, ON)).files()) == site[1]


def test_a_broken_client_has_a_page_with_its_problem(tmp_path):
    root = based(tmp_path / "root")
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    files = dict(Site(Snapshot(root, ON)).files())
    assert f"{AGREEMENT}/agreement.yaml:5" in files["index.html"].decode()


@pytest.mark.parametrize(
    ("path", "name"),
    [("/", "index.html"), ("/due", "due.html"), ("/due/acme", "due/acme.html"), ("/portfolio.csv", "portfolio.csv")],
)
def test_an_address_has_a_file(path, name):
    assert file_name(path) == name
