"""The pages of changes in a real browser: on phone and desktop, in light and dark mode, and for screen readers."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.helpers.changed import changed, sample
from tests.helpers.corpus import run

WIDTHS = {"phone": 390, "desk": 1280}
PAGES = ("diff", "impact")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    root = changed(sample(tmp_path_factory.mktemp("repository")))
    found = {name: root / f"{name}.html" for name in PAGES}
    run(root, "diff", "acme", "--format", "html", "--output", str(found["diff"]))
    run(root, "impact", "--format", "html", "--output", str(found["impact"]))
    return found


@pytest.fixture
def opened(browser, pages):
    contexts = []

    def open_(name: str, device: str, scheme: str = "light", *, script: bool = True):
        contexts.append(
            browser.new_context(
                viewport={"width": WIDTHS[device], "height": 900}, color_scheme=scheme, java_script_enabled=script
            )
        )
        page = contexts[-1].new_page()
        page.goto(pages[name].as_uri())
        return page

    yield open_
    for each in contexts:
        each.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_either_view_and_nothing_is_wider_than_the_screen(opened, name, device, scheme):
    page = opened(name, device, scheme)
    for view in ("inline", "sides"):
        page.check(f"#{view}")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[device]


def test_axe_finds_illegible_words(opened):
    page = opened("diff", "desk")
    page.add_style_tag(content=":root{--quiet:#ddd!important}")
    page.wait_for_function("getComputedStyle(document.querySelector('h3')).color === 'rgb(221, 221, 221)'")
    assert Axe().run(page).violations_count > 0


@pytest.mark.parametrize("device", WIDTHS)
def test_the_views_change_without_script(opened, device):
    page = opened("diff", device, script=False)
    inline, sides = page.locator("article .inline").first, page.locator("article .sides").first
    assert (inline.is_visible(), sides.is_visible()) == (True, False)
    page.check("#sides")
    assert (inline.is_visible(), sides.is_visible()) == (False, True)
    left, right = (sides.locator("> div").nth(n).bounding_box() for n in (0, 1))
    assert (left["y"] == right["y"]) == (device == "desk")


def test_in_print_the_words_are_inline_and_black_on_white(opened):
    page = opened("diff", "desk", "dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("fieldset.view").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_nothing_is_requested_from_the_network(browser, pages):
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages["diff"].as_uri())
    assert asked == [pages["diff"].as_uri()]
    page.close()
