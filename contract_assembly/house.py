"""House style as data: `repository` reads the files, writers use the bytes, nobody else cares. Imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class House:
    """The files of `templates/house/`: the page's CSS, the parts of the Word package by their name inside it, the
    static fonts by file name, and pictures (SVG) that the page may ask for by file name."""

    css: str
    word: Mapping[str, bytes]
    fonts: Mapping[str, bytes]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
