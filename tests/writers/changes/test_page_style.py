"""The style sheet of the page of changes."""

import re

from contract_assembly.writers.changes.page_style import STYLE


def luminance(colour):
    """Relative luminance of a colour like #1b1f24 or #fff (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palettes():
    """The colours by name, for light, for dark and for paper."""
    return [
        dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6})", found)) for found in re.findall(r":root\{([^}]*)\}", STYLE)
    ]


def test_there_are_colours_for_light_dark_andpaper():
    light, dark, paper = palettes()
    assert light.keys() == dark.keys() == paper.keys()
    assert luminance(light["paper"]) > luminance(dark["paper"])


def test_words_can_be_read_on_every_ground():
    for colours in palettes():
        for ink, ground in (("ink", "paper"), ("ink", "panel"), ("quiet", "paper"), ("quiet", "panel")):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        for mark in ("ins", "del"):
            assert contrast(colours[mark], colours[f"{mark}-bg"]) >= 4.5, mark


def test_nothing_is_loaded_from_elsewhere():
    assert not re.search(r"url\(|@import|https?:", STYLE)
