"""House style as data: `repository` reads the files, writers use the bytes, nobody else cares. Imports nothing of ours."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class House:
    """The files of `templates/house/`: the page's CSS, the parts of the Word package by their name inside it, the
    static fonts by file name, and pictures (SVG) that the page may ask for by file name."""

    css: str
    word: Mapping[str, bytes]
    fonts: Mapping[str, bytes]
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file and its name: houses of one digest print alike."""
        whole = hashlib.sha256(self.css.encode())
        for files in (self.word, self.fonts, self.pictures):
            for name, data in sorted(files.items()):
                whole.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
        return whole.hexdigest()
