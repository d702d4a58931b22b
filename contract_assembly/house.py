"""House style as data: `repository` reads the files, writers use the bytes, nobody else cares. Imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class House:
    """The files of `templates/house/`: the page's CSS, the parts of the Word package by their name inside it, and the
    static fonts by file name."""

    css: str
    word: Mapping[str, bytes]
    fonts: Mapping[str, bytes]
