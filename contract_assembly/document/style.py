"""The house style as data: `repository` reads the files, and writers use the bytes. Imports nothing from this program."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

COLOUR = "#1f3a5f"


@dataclass(frozen=True, slots=True)
class Logo:
    """The provider's logo: its name in `pictures`, where the page finds it, the PNG for Word, and its width for a height of 1."""

    name: str
    raster: bytes
    ratio: float


@dataclass(frozen=True)
class HouseStyle:
    """The files of `templates/house/`: the page's CSS, the parts of the Word package by their name inside it, the
    static fonts by file name, and pictures (SVG, PNG) that the page may ask for by file name. `colour` is the one colour
    that all of them use, as in CSS."""

    css: str
    word: Mapping[str, bytes]
    fonts: Mapping[str, bytes]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    colour: str = COLOUR
    logo: Logo | None = None
    style: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file and its name, the colour and the logo: styles with the same digest print the same."""
        whole = hashlib.sha256(self.css.encode())
        more = {"colour": self.colour.encode()}
        if self.logo:
            more |= {f"logo {self.logo.name} {self.logo.ratio!r}": self.logo.raster}
        for files in (self.word, self.fonts, self.pictures, more):
            for name, data in sorted(files.items()):
                whole.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
        return whole.hexdigest()
