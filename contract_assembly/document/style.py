"""The house style as data: `repository` reads the files, and writers use the bytes."""

import hashlib
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from contract_assembly.document.engines import Engine

COLOUR = "#1f3a5f"
# Margins above and below a page, and at its sides on each paper, of a house style that does not say others.
MARGINS: Mapping[str, str] = {"page-end": "27mm", "page-side-letter": "35.95mm", "page-side-a4": "33mm"}


class Logo(Struct, frozen=True):
    """The provider's logo: its name in `pictures`, where the page finds it, the PNG for Word, and its width for a height of 1."""

    name: str
    raster: bytes
    ratio: float


class HouseStyle(Struct, frozen=True, dict=True):
    """The files of `templates/house/`: the page's CSS, the parts of the Word package by their name inside it, the
    static fonts by file name, and pictures (SVG, PNG) that the page may ask for by file name. `colour` is the one colour
    that all of them use, as in CSS. `style` are the measures, colours and fonts of a page by name, which `css` already
    contains. `engine` lays out PDFs; what is printed does not depend on it, so it is not in the digest."""

    css: str
    word: Mapping[str, bytes]
    fonts: Mapping[str, bytes]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    colour: str = COLOUR
    logo: Logo | None = None
    style: Mapping[str, str] = field(default_factory=dict)
    engine: Engine = "weasyprint"

    @property
    def margins(self) -> dict[str, str]:
        """The margins of a page by name, which are not in the style sheet: side margins leave the same 144 mm on both papers,
        at most 90 characters a line."""
        return {name: self.style.get(name, usual) for name, usual in MARGINS.items()}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file and its name, the colour and the logo: styles with the same digest print the same."""
        whole = hashlib.sha256(self.css.encode())
        more = {"colour": self.colour.encode()}
        if self.logo:
            more |= {f"logo {self.logo.name} {self.logo.ratio!r}": self.logo.raster}
        more |= {name: each.encode() for name, each in self.margins.items() if each != MARGINS[name]}
        for files in (self.word, self.fonts, self.pictures, more):
            for name, data in sorted(files.items()):
                whole.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
        return whole.hexdigest()
