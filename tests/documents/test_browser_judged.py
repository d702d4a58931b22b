"""The pages of `serve` in a real browser: on phone and desktop, light and dark, by keyboard alone, without script, and live."""

import shutil
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from contract_assembly.web.routes import ROUTES
from contract_assembly.web.site import address
from contract_assembly.web.snapshot import Snapshot
from tests.documents.judges import program, surroundings
from tests.helpers.corpus import REPOSITORY
from tests.helpers.served import ON, served

WIDTHS = {"phone": 390, "desk": 1280}
SAMPLES = Snapshot(REPOSITORY, date.fromisoformat(ON))


def addresses():
    """Each address that `site` writes, once: of a client's pages those of the first client."""
    for route in ROUTES:
        if route.every and "." not in route.path and (names := next(iter(route.every(SAMPLES)), None)) is not None:
            yield address(route, names)


PAGES = [
    *addresses(),
    "/revenue/cedar",
    "/?show=blocked",
    "/?q=acme&sort=-fee",
    "/invoices?from=x",
    "/no-such-page",
    "/due/nobody",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    made = tmp_path_factory.mktemp("served") / "root"
    for folder in ("agreements", "clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / folder, made / folder)
    return made


@pytest.fixture(scope="module")
def server(root):
    with served(root) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox"], env=surroundings())
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, server):
    contexts, said = [], []

    def open_(path="/", device="desk", scheme="light", *, script=True, of=server):
        contexts.append(
            browser.new_context(
                viewport={"width": WIDTHS[device], "height": 900}, color_scheme=scheme, java_script_enabled=script
            )
        )
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(of.address)
        page.goto(f"http://{of.host}{path}")
        return page

    yield open_
    for each in contexts:
        each.close()
    assert [each for each in said if not each.startswith("Failed to load resource")] == []  # nor a breach of the policy


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(opened, path, device, scheme):
    page = opened(path, device, scheme)
    for each in page.locator("main details > summary").all()[:2]:
        each.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[device]


def test_axe_finds_illegible_words(opened):
    page = opened("/")
    page.evaluate("document.documentElement.style.setProperty('--soft', '#ccc')")
    assert Axe().run(page).violations_count > 0


@pytest.mark.parametrize("device", WIDTHS)
def test_a_repository_without_clients_helps_to_begin(opened, tmp_path, device):
    for folder in ("clauses", "templates", "provider"):
        (tmp_path / "empty" / folder).mkdir(parents=True)
    with served(tmp_path / "empty") as running:
        page = opened("/", device, of=running)
        assert page.locator("h1").inner_text() == "No clients yet"
        assert Axe().run(page).violations_count == 0


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


def test_filters_order_and_links_work_without_script(opened):
    page = opened("/", script=False)
    page.select_option("#status", "signed")
    page.click("form.filter button")
    assert set(page.locator(".rows .chip").all_inner_texts()) == {"signed"}
    page.click(".rows thead >> text=Fee a month")
    assert page.locator("[aria-sort=ascending]").inner_text().startswith("Fee a month")
    page.click(".rows >> text=855.93")
    assert page.locator("h1").inner_text() == "Revenue of cedar"


def test_a_change_on_disk_is_on_the_screen_in_under_300_ms_and_what_was_typed_stays(opened, root):
    """From the write of the file to the new fee in the page, as the person sees it; the best of five."""
    page = opened("/")
    page.fill("#q", "what I type")
    path = root / "agreements/acme/2026-support/agreement.yaml"
    text = path.read_text("utf-8")
    took = []
    for count in range(36, 46, 2):
        fee = f"{2_908 + 62 * (count - 34):,}.00"
        page.wait_for_timeout(300)
        page.evaluate(
            """fee => { window.seen = 0; const wait = () => document.querySelector('.rows').textContent.includes(fee)
            ? window.seen = Date.now() : requestAnimationFrame(wait); wait(); }""",
            fee,
        )
        began = page.evaluate("Date.now()")
        path.write_text(text.replace("users: 34", f"users: {count}"), "utf-8")
        while not (seen := page.evaluate("window.seen")) and page.evaluate("Date.now()") < began + 5_000:
            page.wait_for_timeout(10)
        took.append(seen - began)
    path.write_text(text, "utf-8")
    assert page.input_value("#q") == "what I type"
    assert 0 < min(took) < 300, took


def test_a_csv_is_saved_under_the_day_of_the_page(opened):
    page = opened("/")
    with page.expect_download() as download:
        page.click("text=As CSV")
    assert download.value.suggested_filename == f"portfolio-{ON}.csv"
