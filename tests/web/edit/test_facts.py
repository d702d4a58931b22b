"""The form of facts, from looking to saving, as functions of what was asked and sent."""

from datetime import date

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.web import templates
from contract_assembly.web.edit.facts import edit, edit_page
from contract_assembly.web.page import Page, PageRequest, Redirect
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import AGREEMENT, based, change
from tests.helpers.forms import form_of
from tests.helpers.git_repositories import begun, git

PATH = f"{AGREEMENT}/agreement.yaml"


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def asked(root, agreement="2026-support", **query):
    names = {"client": "acme", **({"agreement": agreement} if agreement else {})}
    return PageRequest(Snapshot(root, date(2026, 11, 30)), names, query)


def shown(page):
    """A page as HTML, whatever it says."""
    assert isinstance(page, Page)
    return templates.rendered(page, lambda path: path, served=True, form_token="t")  # noqa: S106


def press(root, do, form, agreement="2026-support"):
    return edit(asked(root, agreement), {**form, "do": (do,)}, root)


def users(root):
    return next(line for line in (root / PATH).read_text().splitlines() if "users:" in line)


def test_the_fee_is_seen_before_anything_is_saved_and_then_saved_as_seen(root):
    form = form_of(edit_page(asked(root, part="counts")), coverage__users="36")
    page = press(root, "look", form)
    assert "2,562.00 USD" in shown(page)
    assert "+  users: 36" in shown(page)
    assert users(root) == "  users: 34"
    assert press(root, "save", form) == Redirect(f"/{AGREEMENT}/edit?part=counts&saved=yes")
    assert users(root) == "  users: 36"
    assert "Saved" in shown(edit_page(asked(root, part="counts", saved="yes", branch="<script>")))


def test_a_fault_is_told_on_top_and_beside_its_field_and_nothing_is_saved(root):
    form = form_of(edit_page(asked(root, part="counts")), coverage__users="many", coverage__sites__0__name="")
    for do in ("look", "save", ""):
        page = press(root, do, form)
        html = shown(page)
        assert page.status == 422
        assert '<a href="#f-coverage-users">Users: ' in html
        assert 'aria-describedby="f-coverage-users-help f-coverage-users-fault"' in html
        assert 'value="many"' in html
    assert users(root) == "  users: 34"


def test_a_fault_between_facts_is_told_at_its_field(root):
    form = form_of(edit_page(asked(root, part="contacts")), signatories__client="nobody")
    page = press(root, "look", form)
    assert page.status == 422
    assert [(each.path, "nobody" in what) for each, what in page.values["wrong"]] == [("signatories.client", True)]


def test_a_problem_in_the_file_is_shown_at_its_field_and_mended(root):
    change(root, f"{PATH}\n-  first_day: 2026-10-01\n+  first_day: 2026-02-30\n")
    line = (root / PATH).read_text().splitlines().index("  first_day: 2026-02-30") + 1
    page = edit_page(asked(root, line=str(line)))
    assert page.values["focus"] == "term.first_day"
    assert [each.path for each, _ in page.values["wrong"]] == ["term.first_day"]
    assert 'value="2026-02-30"' in shown(page)
    form = form_of(page, term__first_day="2026-10-01")
    assert "No longer a problem" in shown(press(root, "look", form))
    assert isinstance(press(root, "save", form), Redirect)


def test_rows_come_and_go_by_buttons_without_anything_being_judged_or_saved(root):
    form = form_of(edit_page(asked(root, part="counts")), coverage__users="x")
    page = press(root, "add:coverage.sites", form)
    assert (page.status, page.values["wrong"], page.values["focus"]) == (200, [], "coverage.sites.1")
    again = press(root, "remove:coverage.sites.1", form_of(page))
    assert [each.path for each in again.values["form"].inside[0].inside[1].inside] == ["coverage.sites.0"]
    assert users(root) == "  users: 34"
    for at in ("status", "coverage.sites.0.name.x", "../x", ""):
        assert press(root, f"add:{at}", form).status == 200


def test_nothing_changed_is_nothing_to_save(root):
    page = press(root, "save", form_of(edit_page(asked(root))))
    assert page.values["nothing"] is True


def test_a_file_that_changed_meanwhile_is_never_overwritten_and_both_sides_are_shown(root):
    form = form_of(edit_page(asked(root, part="counts")), coverage__users="36", coverage__assets__0__count="5")
    change(root, f"{PATH}\n-  users: 34\n+  users: 40\n")
    for do in ("look", "save"):
        page = press(root, do, form)
        assert page.status == 409
        assert page.values["theirs"] == [("What is covered, Users", "34", "40")]
        assert page.values["clashes"] == [("What is covered, Users", "34", "36")]
        fields = {each.path: each.value for each in page.values["form"].all()}
        assert (fields["coverage.users"], fields["coverage.assets.0.count"]) == ("40", "5")
    assert users(root) == "  users: 40"
    assert isinstance(press(root, "save", form_of(page)), Redirect)
    assert users(root) == "  users: 40"


@pytest.mark.parametrize("text", [None, "a: [\n", "\x00", "- x\n", "a" * 100 + ": &x *x\n"])
def test_a_file_that_is_gone_or_broken_under_an_edit_loses_nothing_of_what_was_entered(root, text):
    form = form_of(edit_page(asked(root, part="counts")), coverage__users="36")
    (root / PATH).unlink() if text is None else (root / PATH).write_text(text)
    for do in ("look", "save", "add:coverage.sites"):
        page = press(root, do, form)
        assert page.status == 409
        assert ("coverage.users", "36") in page.values["entries"]
        assert "Nothing was saved" in shown(page)
    assert (root / PATH).exists() is (text is not None)


@pytest.mark.parametrize("status", ["sent", "signed", "ended"])
def test_what_is_frozen_has_no_form_and_takes_none(root, status):
    form = form_of(edit_page(asked(root, part="counts")), coverage__users="36")
    change(root, f"{PATH}\n-status: draft\n+status: {status}\n")
    before = (root / PATH).read_bytes()
    pages = [edit_page(asked(root)), *(press(root, do, form) for do in ("look", "save", "add:coverage.sites"))]
    for page in pages:
        assert (page.template, page.status) == ("edit_frozen.html", 409)
        assert "<form" not in shown(page)
    assert (root / PATH).read_bytes() == before


def test_a_saved_edit_can_be_committed_on_a_branch(root):
    begun(root)
    for name, value in (("user.name", "Jo Harbor"), ("user.email", "jo@harbor.example")):
        git(root, "config", name, value)
    (root / "notes.txt").write_text("mine\n")
    form = form_of(edit_page(asked(root, part="counts")), coverage__users="36")
    assert 'name="commit"' in shown(press(root, "look", form))
    done = press(root, "save", {**form, "commit": ("yes",)})
    assert done.to.endswith("&branch=acme-2026-support-users-36")
    assert git(root, "diff", "--name-only", "HEAD", "acme-2026-support-users-36") == PATH
    assert git(root, "log", "-1", "--format=%s", "acme-2026-support-users-36") == (
        "acme/2026-support: What is covered, Users: 34 to 36"
    )
    assert users(root) == "  users: 36"


def test_without_git_a_commit_is_not_offered_and_is_refused_with_nothing_saved(root):
    form = form_of(edit_page(asked(root, part="counts")), coverage__users="36")
    assert 'name="commit"' not in shown(press(root, "look", form))
    page = press(root, "save", {**form, "commit": ("yes",)})
    assert (page.template, page.status) == ("edit_preview.html", 422)
    assert users(root) == "  users: 34"


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", '" onfocus="x', "{{ 7 * 7 }}", "'; --", "&lt;b&gt;"])
def test_what_is_entered_is_never_markup(root, value):
    form = form_of(edit_page(asked(root, part="counts")), coverage__sites__0__name=value)
    for do in ("look", "add:coverage.sites", "edit"):
        html = shown(press(root, do, form))
        assert "<script>alert" not in html
        assert 'onfocus="x' not in html
        assert "49" not in html.replace("-49", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("part", "../../etc"), ("digest", "x" * 5000), ("base", "[" * 900), ("base", '{"coverage": 5}'),
        ("base", '{"coverage": {"sites": [null]}}'), ("has", "coverage.sites.99999999999"), ("coverage.users", "٣٤"),
        ("has", "coverage.sites.-1"), ("has", "coverage"), ("do", "save:x"), ("unknown.field", "x"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_ours_gets_an_answer_and_writes_nothing_else(root, name, value):
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    form = form_of(edit_page(asked(root, part="counts")))
    form = {**form, name: (*form.get(name, ()), value)}
    answer = edit(asked(root), {"do": ("save",), **form}, root)
    assert isinstance(answer, Page)
    shown(answer)
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("client", "agreement"), [("..", "x"), ("acme", ".."), ("acme", "2026-support/../.."), ("a\x00", "b")]
)
def test_a_name_never_leads_out_of_the_root(root, client, agreement):
    names = {"client": client, "agreement": agreement}
    where = PageRequest(Snapshot(root, date(2026, 11, 30)), names)
    with pytest.raises(RefusedError):
        edit_page(where)
    assert edit(where, {"do": ("save",), "coverage.users": ("36",)}, root).status == 409


def test_the_facts_of_a_client_are_edited_alike(root):
    form = form_of(edit_page(asked(root, "", part="people")), people__1__role="Head of Office")
    assert press(root, "save", form, "") == Redirect("/clients/acme/edit?part=people&saved=yes")
    assert "role: Head of Office" in (root / "agreements/acme/client.yaml").read_text()
