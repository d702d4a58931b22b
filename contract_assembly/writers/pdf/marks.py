"""The colours of marked changes in a PDF. No mark relies on colour alone."""

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {"mark-new": "#0b4f9e", "mark-ground": "#e3eefb", "mark-gone": "#a3232b"}
