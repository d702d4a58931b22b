"""The house style as data for typst: lengths in points, colours and fonts by their names in `style.yaml`. Pure."""

import json
import re
from collections.abc import Mapping

from contract_assembly.writers.pdf.marks import COLOURS

_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|px|mm)")
_POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4}


def style_data(style: Mapping[str, str]) -> str:
    """The values of a house style as JSON: `lengths` in points, `colours` as in CSS, and `fonts`."""
    found: dict[str, dict[str, object]] = {"lengths": {}, "colours": dict(COLOURS), "fonts": {}}
    for name, value in style.items():
        if match := _LENGTH.fullmatch(value):
            found["lengths"][name] = float(match[1]) * _POINTS[match[2]]
        elif name.startswith("font-"):
            found["fonts"][name.removeprefix("font-")] = value
        else:
            found["colours"][name.removeprefix("colour-")] = value
    return json.dumps(found)
