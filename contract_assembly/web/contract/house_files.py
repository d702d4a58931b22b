"""The house style for the screen: the page's style sheet, within `.paper`, and the fonts and pictures that it names. Pure.

The rules are those that the PDF is laid out with, and those of its marked changes. What only paper has (pages, running heads) is
left out."""

import re
from collections.abc import Mapping

from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.pdf.marked_changes import style as marks

STYLE = "paper.css"
_TYPES = {"css": "text/css", "ttf": "font/ttf", "svg": "image/svg+xml", "png": "image/png"}
_FONT_FACE = re.compile(r"@font-face\s*\{[^{}]*\}")
_PAGE = re.compile(r"@page\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BODY = re.compile(r"(?<![\w.#-])body(?=\s*[,{])")
_WIDTHS = "".join(f".paper .w{percent}{{width:{percent}%}}" for percent in range(1, 101))
_WATERMARK = ".paper.draft { background: url(draft.svg) top center / 100% auto repeat-y, #fff }"


def files(house: HouseStyle) -> Mapping[str, bytes]:
    """Every file by its name; they name each other by it, so they belong in one folder."""
    return {STYLE: _style(house).encode(), **house.fonts, **house.pictures}


def media(name: str) -> str:
    """The media type of one of them."""
    return _TYPES[name.rpartition(".")[2]]


def _style(house: HouseStyle) -> str:
    css = _COMMENT.sub("", f"{house.css}\n{marks()}").replace("house:", "")
    fonts = "\n".join(_FONT_FACE.findall(css))
    rules = _BODY.sub("&", _PAGE.sub("", _FONT_FACE.sub("", css)))
    return f"{fonts}\n.paper {{\n{rules}\n}}\n{_WATERMARK}\n{_WIDTHS}\n"
