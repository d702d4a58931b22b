"""The addresses of the pages that write: what they never do, asked of a running server."""

import re
from hashlib import sha256

import pytest

from contract_assembly.web.edit.routes import ROUTES
from tests.helpers.corpus import AGREEMENT
from tests.helpers.firms import changeable
from tests.helpers.served import served


@pytest.mark.parametrize("route", ROUTES, ids=lambda each: each.path)
def test_a_page_that_writes_is_never_written_as_a_file(route):
    assert route.act is not None
    assert route.every is None


# ---- against the running server


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return changeable(tmp_path_factory.mktemp("signed") / "root")


@pytest.fixture(scope="module")
def server(root):
    with served(root) as running:
        yield running


def posted(server, path, form):
    token = re.search(r'name="form_token" value="(\w+)"', server.get("/clients/acme/edit").text)[1]
    return server.post(path, {"form_token": token, **form})


def files(root):
    return {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".build" not in path.parts and ".git" not in path.parts
    }


PAGES = [route.path.format(client="acme", agreement="2026-support") for route in ROUTES]
SIGNED = f"/{AGREEMENT}"
FORM = {
    "part": "counts",
    "has": "coverage.sites.0",
    "coverage.users": "36",
    "commit": "yes",
    "digest": "",
    "base": "{}",
}


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_a_form_without_our_token_or_from_another_site_writes_nothing(server, root, path):
    before = files(root)
    assert server.post(path, {"do": "save"}).status == 403
    assert server.post(path, {"do": "save", "form_token": "x"}).status == 403
    assert server.post(path, {"do": "save"}, origin="http://evil.example").status == 403
    assert server.post(path, {"do": "save"}, cookie="").status == 403
    assert files(root) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "do", ["save", "look", "edit", "add:coverage.sites", "remove:coverage.sites.0", "sent:contract", "draft:contract"]
)
@pytest.mark.parametrize("page", ["edit", "step"])
def test_no_form_touches_what_is_signed(server, root, page, do):
    before = files(root)
    digest = sha256((root / AGREEMENT / "agreement.yaml").read_bytes()).hexdigest()
    answer = posted(server, f"{SIGNED}/{page}", {**FORM, "digest": digest, "do": do, "reason": "x"})
    assert answer.status in (409, 422)
    assert "Traceback" not in answer.text
    assert files(root) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "/agreements/../../etc/edit", "/agreements/..%2f..%2fetc/passwd/edit", "/agreements/acme/..%2f..%2f..%2fx/edit",
        "/agreements/%00/x/edit", "/agreements/%E2%80%AEacme/x/edit", "/clients/%2e%2e/edit", "/clients/.git/edit",
        "/agreements/acme/" + "x" * 300 + "/change", "/agreements/acme/nothing/renew", "/agreements/con/nul/step",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_root_and_each_has_an_answer_for_people(server, root, path):
    before = files(root)
    for answer in (
        server.get(path),
        posted(server, path, {**FORM, "do": "save", "on": "2027-01-01", "by": "2027-02-01"}),
    ):
        assert 400 <= answer.status < 500, answer.status
        assert "Traceback" not in answer.text
        assert "root:" not in answer.text
    assert files(root) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "client", ["../../evil", "..", "/etc/x", "a/b", ".hidden", "con", "x" * 200, "a\x00b", "a\u202eb", "a\nb"]
)
def test_a_new_client_is_never_begun_outside_the_folder_of_the_clients(server, root, client):
    before = files(root)
    form = {
        "start.client": client,
        "start.kind": "support",
        "start.first_day": "2027-01-01",
        "start.place": "US-NY",
        "do": "save",
    }
    answer = posted(server, "/clients/new", form)
    assert answer.status == 422
    assert files(root) == before


@pytest.mark.slow
def test_a_linked_folder_is_not_written_through(server, root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    text = (root / "agreements/acme/client.yaml").read_text()
    (outside / "client.yaml").write_text(text)
    (root / "agreements/linked").symlink_to(outside)
    try:
        page = server.get("/clients/linked/edit?part=people")
        digest = sha256(text.encode()).hexdigest()
        form = {"part": "people", "do": "save", "digest": digest, "base": "{}", "has": "people.0", "people.0.id": "x"}
        answer = posted(server, "/clients/linked/edit", form)
        assert 400 <= answer.status < 500
        assert 400 <= page.status < 500
        assert (outside / "client.yaml").read_text() == text
    finally:
        (root / "agreements/linked").unlink()
