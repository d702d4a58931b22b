"""Pages in a real browser: let in once, and judged as axe and as a narrow screen see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.documents.judges import program, surroundings
from tests.helpers.served import Server


class Device(NamedTuple):
    """The screen that a page is judged on. Colours do not depend on the width, so each width has one scheme."""

    width: int
    scheme: Any


DESK, PHONE = Device(1280, "light"), Device(390, "dark")
HEIGHT = 900
AXE = Axe()
ONLY = {"resultTypes": ["violations"]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, as it is installed."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox"], env=surroundings())
        yield browser
        browser.close()


def let_in(browser: Browser, server: Server, device: Device = DESK, *, script: bool = True) -> BrowserContext:
    """Windows that share one cookie, as after the printed address was opened."""
    windows = browser.new_context(
        viewport={"width": device.width, "height": HEIGHT}, color_scheme=device.scheme, java_script_enabled=script
    )
    name, _, value = server.cookie.partition("=")
    windows.add_cookies([{"name": name, "value": value, "url": f"http://{server.host}"}])
    return windows


def judged(page: Page, *devices: Device) -> Page:
    """The page, once it is clean on each of these devices, or on the one that it is on: no rule of axe is broken, and nothing
    is wider than the screen. The same page is shown on each, because loading it again costs more."""
    for device in devices or (None,):
        if device:
            page.set_viewport_size({"width": device.width, "height": HEIGHT})
            page.emulate_media(color_scheme=device.scheme)
        found = AXE.run(page, options=ONLY).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return page
