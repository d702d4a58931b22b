"""The pages of a client, an agreement and its contract in a real browser, without script: phone and desktop, light and dark,
keyboard and print."""

import pytest

from tests.helpers.browsing import DESK, PHONE, judged, let_in
from tests.helpers.corpus import change
from tests.helpers.served import served
from tests.helpers.shown_firm import FACTS, sent_then_changed

ACME = "/agreements/acme/2026-support"
DEVICES = {"phone": PHONE, "desk": DESK}
PAGES = {
    "client": "/agreements/acme",
    "agreement": ACME,
    "history": f"{ACME}/history",
    "contract": f"{ACME}/contract?as=files",
    "changes": f"{ACME}/contract/changes",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = sent_then_changed(tmp_path_factory.mktemp("firm") / "root")
    change(root, "clauses/notes.md\n-Each party keeps notes.\n+Each party keeps notes. TODO\n")
    return root


@pytest.fixture(scope="module")
def server(root):
    with served(root) as running:
        yield running


@pytest.fixture(scope="module")
def windows(browser, server):
    """One for each device and use of script, opened when first asked for."""
    made = {}

    def of(device, script):
        if (device, script) not in made:
            made[device, script] = let_in(browser, server, DEVICES[device], script=script)
        return made[device, script]

    yield of
    for each in made.values():
        each.close()


@pytest.fixture
def opened(windows, server):
    pages = []

    def open_(name: str, device: str = "desk", *, script: bool = False):
        pages.append(windows(device, script).new_page())
        pages[-1].goto(f"http://{server.host}{PAGES[name]}")
        return pages[-1]

    yield open_
    for each in pages:
        each.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_clean_on_desk_and_phone_in_light_and_dark(opened, name):
    judged(opened(name, script=True), DESK, PHONE)


@pytest.mark.parametrize("device", DEVICES)
def test_a_fact_shows_where_it_comes_from_without_script_and_the_words_stay_where_they_are(opened, device):
    page = opened("contract", device)
    fact = page.locator("a.fact", has_text="2,562.00").first
    fact.scroll_into_view_if_needed()
    before = fact.bounding_box()
    fact.click()
    card = page.locator(".card:target")
    assert f"{FACTS}:" in card.inner_text()
    assert card.get_by_text("Open in the editor").get_attribute("href").startswith("vscode://file/")
    box = card.bounding_box()
    assert (fact.bounding_box()["y"], box["x"] >= 0, box["y"] + box["height"] <= 900) == (before["y"], True, True)
    card.get_by_text("Close").click()
    assert page.locator(".card:visible").count() == 0
    assert fact.bounding_box()["y"] == before["y"]


def test_a_fact_is_opened_and_closed_by_the_keyboard_alone(opened):
    page = opened("contract")
    page.locator("a.fact").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".card:target").is_visible()
    page.keyboard.press("Tab")
    assert page.locator(".card:target a:focus").count() == 1


def test_a_problem_is_in_the_margin_at_its_place(opened):
    page = opened("contract")
    problem = page.locator(".beside.wrong", has_text="looks like a note")
    words = page.locator(".paper p", has_text="TODO")
    sheet, note = page.locator(".paper").bounding_box(), problem.bounding_box()
    assert note["x"] >= sheet["x"] + sheet["width"]
    assert -60 < note["y"] - words.bounding_box()["y"] < 250  # below the note about the clause, if that is long


def test_the_sheet_has_the_fonts_of_the_pdf(opened):
    page = opened("contract", script=True)
    assert "Caladea" in page.evaluate("getComputedStyle(document.querySelector('.paper p')).fontFamily")
    assert page.evaluate("document.fonts.check('16px Caladea')")


def test_print_has_the_words_alone_black_on_white(opened):
    page = opened("contract", "phone", script=True)
    page.emulate_media(media="print")
    for hidden in (".top", ".crumbs", ".ways", ".cards"):
        assert page.locator(hidden).first.is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.paper')).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_two_states_are_compared_by_a_form_without_script(opened):
    page = opened("changes")
    page.fill("#old", "HEAD~1")
    with page.expect_navigation():  # until then, the old page answers
        page.get_by_role("button", name="Compare").click()
    assert "HEAD~1" in page.locator("main > h1").inner_text()
    assert page.locator("ins").count() > 0
