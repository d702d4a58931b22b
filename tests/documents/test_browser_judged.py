"""The pages of `serve` in a real browser: on phone and desktop, light and dark, by keyboard alone, without script, and live."""

import shutil
from datetime import date

import pytest
from playwright.sync_api import expect

from contract_assembly.web.routes import ROUTES
from contract_assembly.web.site import address
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.browsing import AXE, DESK, PHONE, judged, let_in
from tests.helpers.corpus import REPOSITORY
from tests.helpers.served import ON, served

# A client in each state that the pages show; axe reads every row of a table, and the others would only make them longer.
CLIENTS = ("acme", "brookfield", "cedar", "hudson", "lakeside")
SAMPLES = Snapshot(REPOSITORY, date.fromisoformat(ON))


def addresses():
    """Each address that `site` writes, once: of a client's pages those of the first client."""
    for route in ROUTES:
        names = next(iter(route.every(SAMPLES)), None) if route.every else None
        if names is not None and "." not in (found := address(route, names)):  # a page, not a file
            # A support contract is three times as long as a block, and has nothing else on its page.
            yield "/agreements/hudson/2026-block/contract" if found.endswith("/contract") else found


PAGES = [
    *addresses(),
    "/revenue/cedar",
    "/?show=blocked",
    "/invoices?from=x",
    "/no-such-page",
    "/due/nobody",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    made = tmp_path_factory.mktemp("served") / "root"
    for folder in (*(f"agreements/{each}" for each in CLIENTS), "clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / folder, made / folder)
    return made


@pytest.fixture(scope="module")
def server(root):
    with served(root) as running:
        yield running


@pytest.fixture(scope="module")
def windows(browser, server):
    """With script and without."""
    made = {script: let_in(browser, server, script=script) for script in (True, False)}
    yield made
    for each in made.values():
        each.close()


@pytest.fixture
def opened(windows, server):
    pages, said = [], []

    def open_(path="/", *, script=True):
        pages.append(windows[script].new_page())
        pages[-1].on("console", lambda message: said.append(message.text))
        pages[-1].on("pageerror", lambda error: said.append(str(error)))
        pages[-1].goto(f"http://{server.host}{path}")
        return pages[-1]

    yield open_
    for each in pages:
        each.close()
    assert [each for each in said if not each.startswith("Failed to load resource")] == []  # nor a breach of the policy


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean_on_desk_and_phone_in_light_and_dark(opened, path):
    page = opened(path)
    for each in page.locator("main details > summary").all()[:2]:
        each.click()
    judged(page, DESK, PHONE)


def test_axe_finds_illegible_words(opened):
    page = opened("/no-such-page")
    page.evaluate("document.documentElement.style.setProperty('--ink', '#ccc')")
    assert AXE.run(page).violations_count > 0


def test_a_repository_without_clients_helps_to_begin(browser, tmp_path):
    for folder in ("clauses", "templates", "provider"):
        (tmp_path / "empty" / folder).mkdir(parents=True)
    with served(tmp_path / "empty") as running:
        windows = let_in(browser, running)
        page = windows.new_page()
        page.goto(f"http://{running.host}/")
        assert page.locator("h1").inner_text() == "No clients yet"
        judged(page, DESK, PHONE)
        windows.close()


def test_the_portfolio_is_used_by_keyboard_alone(opened):
    page = opened("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == "q":
            break
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type("cedar")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=cedar**")
    assert {each.inner_text() for each in page.locator(".rows tbody th").all()} == {"Cedar Hollow"}


def follow(page, what):
    """Click, and wait for the page that this asks for: until then, the old one may already be empty."""
    with page.expect_navigation():
        page.click(what)


def test_filters_order_and_links_work_without_script(opened):
    page = opened("/", script=False)
    page.select_option("#status", "signed")
    follow(page, "form.filter button")
    assert set(page.locator(".rows .chip").all_inner_texts()) == {"signed"}
    follow(page, ".rows thead >> text=Fee a month")
    assert page.locator("[aria-sort=ascending]").inner_text().startswith("Fee a month")
    follow(page, ".rows >> text=855.93")
    assert page.locator("h1").inner_text() == "Revenue of Cedar Hollow"


def test_a_change_on_disk_is_on_the_screen_without_a_reload_and_what_was_typed_stays(opened, root):
    page = opened("/")
    page.fill("#q", "what I type")
    page.evaluate("window.before = true")  # gone after a reload
    path = root / "agreements/acme/2026-support/agreement.yaml"
    text = path.read_text("utf-8")
    try:
        path.write_text(text.replace("users: 34", "users: 36"), "utf-8")
        expect(page.locator(".rows")).to_contain_text("3,032.00", timeout=60_000)
        path.write_text(text.replace("users: 34", "users: ["), "utf-8")
        expect(page.locator(".rows")).to_contain_text("this is not YAML", timeout=60_000)
        expect(page.locator(".rows")).to_contain_text("Brookfield Tanner")
    finally:
        path.write_text(text, "utf-8")
    expect(page.locator(".rows")).to_contain_text("2,908.00", timeout=60_000)
    assert page.input_value("#q") == "what I type"
    assert page.evaluate("window.before")


def test_a_form_keeps_what_is_typed_and_says_that_files_have_changed(opened, root):
    page = opened("/agreements/lakeside/2027-support/edit")
    page.fill("[name='coverage.users']", "41")
    path = root / "agreements/lakeside/2027-support/agreement.yaml"
    text = path.read_text("utf-8")
    try:
        path.write_text(text.replace("users: 27", "users: 28"), "utf-8")
        expect(page.get_by_text("Files have changed on disk")).to_be_visible(timeout=60_000)
    finally:
        path.write_text(text, "utf-8")
    assert page.input_value("[name='coverage.users']") == "41"


def test_a_csv_is_saved_under_the_day_of_the_page(opened):
    page = opened("/")
    with page.expect_download() as download:
        page.click("text=As CSV")
    assert download.value.suggested_filename == f"portfolio-{ON}.csv"
