"""Pages as HTML: Jinja2 templates of the program in `web/pages`, in which every value is escaped. Facts and clauses are values
here, never templates."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from contract_assembly.document.style import COLOUR
from contract_assembly.web.page import Page

PAGES = Path(__file__).parent / "pages"
STYLES = ("style.css", "forms.css")  # served as one


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The environment in which pages are filled: escaping is always on, and a name that is missing is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a page and the code that fills it belong together: an update takes effect at the next start
    )
    made.filters["money"] = lambda amount: f"{amount:,}"
    return made


def rendered(page: Page, link: Callable[[str], str], **around: Any) -> str:
    """A page as HTML. `link` turns an address of ours into one for where the page will be, as files lie elsewhere than a
    server's pages; `around` is what the layout needs: see `LAYOUT`."""
    values = {**LAYOUT, **around, **page.values, "page": page, "link": link}
    return environment().get_template(page.template).render(values)


# What the layout prints when nothing else is said: whether a server is behind the page (its forms work), the number of the
# snapshot, the token of the forms, the day that the page is about, the navigation, and the name of the firm.
LAYOUT: Mapping[str, Any] = {"served": False, "number": 0, "form_token": "", "on": None, "sections": {}, "firm": ""}


# The files of the program that pages refer to, with their media types.
ASSETS: Mapping[str, str] = {"style.css": "text/css", "icon.svg": "image/svg+xml", "live.js": "text/javascript"}


def asset(name: str, colour: str = COLOUR) -> bytes:
    """One of the files that pages refer to, in the colour of the firm."""
    parts = STYLES if name == "style.css" else (name,)
    return "\n".join(map(text, parts)).replace(COLOUR, colour).encode()


def text(name: str) -> str:
    """A file of `web/pages` as it is."""
    loader = environment().loader
    assert loader is not None  # noqa: S101
    return loader.get_source(environment(), name)[0]
