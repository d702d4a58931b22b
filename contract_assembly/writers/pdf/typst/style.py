"""The house style as data for typst: lengths in points, colours and fonts by their names in `style.yaml`. Pure."""

import json
import re
from collections.abc import Mapping

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.writers.pdf.marks import COLOURS

CURE = "bring in the program's templates: build.py library --update; or use the other engine: --engine weasyprint"
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|px|mm)")
_POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4}


# The sizes of type, and all other names, that the page takes from the house style.
FACES = (
    "running", "body", "h1", "h2", "table", "cover-title", "subject", "author", "contents", "sender", "sender-name",
    "letter-h1", "letter-h2", "enclosed",
)  # fmt: skip
NEEDED = (
    "font-text", "font-head", "colour", "colour-quiet", "colour-line", "colour-faint", "colour-box", "page-end",
    "page-side-letter", "page-side-a4", "running-end", "gap", "indent", "item-indent", "item-gap", "h1-below", "h1-gap",
    "h2-above", "h2-below", "table-above", "table-below", "caption-gap", "cell-end", "cell-side", "cell-apart", "box-end",
    "box-side", "cover-above", "cover-below", "cover-gap", "cover-h2-above", "logo-width", "logo-height", "letter-h2-above",
    "letter-h2-below", "letter-side", "letter-logo-width", "letter-logo-height",
    *(f"{face}-{what}" for face in FACES for what in ("size", "line")),
)  # fmt: skip


def style_data(style: Mapping[str, str]) -> str:
    """The values of a house style as JSON: `lengths` in points, `colours` as in CSS, and `fonts`. Raises RefusedError with
    every value that is missing."""
    if missing := [name for name in NEEDED if name not in style]:
        what = f"typst needs values that the house style does not have: {', '.join(missing)}"
        raise RefusedError([Problem("unknown-style", what, Origin("templates/house/style.yaml"), CURE)])
    found: dict[str, dict[str, object]] = {"lengths": {}, "colours": dict(COLOURS), "fonts": {}}
    for name, value in style.items():
        if match := _LENGTH.fullmatch(value):
            found["lengths"][name] = float(match[1]) * _POINTS[match[2]]
        elif name.startswith("font-"):
            found["fonts"][name.removeprefix("font-")] = value
        else:
            found["colours"][name.removeprefix("colour-")] = value
    return json.dumps(found)
