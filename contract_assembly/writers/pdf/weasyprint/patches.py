"""Cache what WeasyPrint and pydyf compute repeatedly with the same result: the same bytes in four fifths of the time.

Replaces functions of the modules it is given, while `in_place` is active, and stores results on the styles of the page. Each
saving is known for one version of each library; with another version none is applied, and a page only takes longer.
"""

import atexit
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any, NamedTuple

KNOWN = ("70.0", "0.13.0")  # versions of WeasyPrint and of pydyf


class Saving(NamedTuple):
    """`quicker` replaces the attribute `name` of `owner`."""

    owner: Any
    name: str
    quicker: Any


def savings(pydyf: Any, weasyprint: Any, line_break: Any, percent: Any, boxes: Any, inline: Any) -> tuple[Saving, ...]:
    """All savings in these modules: pydyf, WeasyPrint, and its modules for lines, lengths, boxes and what is in a line."""
    if (weasyprint.__version__, pydyf.__version__) != KNOWN:
        return ()
    strut, lengths = line_break.strut, percent.resolve_percentages
    return (
        *_everywhere(strut, _struts(strut)),
        *_everywhere(lengths, _lengths(lengths, boxes)),
        Saving(line_break.Layout, "setup", _layouts(line_break)),
        Saving(inline, "split_first_line", _lines(inline.split_first_line)),
        Saving(pydyf.PDF, "write", _writing(pydyf)),
        Saving(pydyf.PDF, "page_references", _pages(pydyf.PDF.page_references)),
    )


@contextmanager
def in_place(savings: Sequence[Saving]) -> Iterator[None]:
    """Use the faster functions inside the context, and the original ones after it."""
    before = [Saving(owner, name, vars(owner)[name]) for owner, name, _ in savings]
    try:
        _put(savings)
        yield
    finally:
        _put(before)


def _put(savings: Sequence[Saving]) -> None:
    for owner, name, value in savings:
        setattr(owner, name, value)


def _everywhere(slow: Any, quicker: Any) -> list[Saving]:
    """Replace a function in every module of WeasyPrint that imports it by name."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.split(".")[0] == "weasyprint"]
    return [Saving(module, name, quicker) for module in modules for name, each in vars(module).items() if each is slow]


# ---- layout: what follows from a style alone is stored on it; elements of one kind in one place share a style


def _struts(slow: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Cache line height and baseline by style; WeasyPrint's own key is every property of the style, spelled out for each
    line."""

    def strut(style: Any) -> Any:
        cached = vars(style)
        if "_strut" not in cached:
            cached["_strut"] = slow(style)
        return cached["_strut"]

    return strut


LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *(f"{most}{side}" for most in ("", "min_", "max_") for side in ("width", "height")),
)


def _lengths(slow: Callable[[Any, Any], None], boxes: Any) -> Callable[[Any, Any], None]:
    """Cache a box's own lengths, which follow from its style and the size of its containing block."""

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        holder = containing_block
        size = (holder.width, holder.height) if isinstance(holder, boxes.Box) else tuple(holder)
        if isinstance(box, boxes.PageBox) or box.style["border_collapse"] == "collapse":
            slow(box, containing_block)
            return
        known = vars(box.style).setdefault("_lengths", {})
        if size not in known:
            slow(box, containing_block)
            known[size] = {name: getattr(box, name) for name in LENGTHS}
        vars(box).update(known[size])

    return resolve_percentages


def _layouts(line_break: Any) -> Callable[[Any, Any], None]:
    """Set up Pango once for each style, not twice for each line: all lines of a style share one context and font description."""
    slow, pango, free = line_break.Layout.setup, line_break.pango, line_break.gobject.g_object_unref
    owned = line_break.ffi.gc

    def shared(style: Any) -> Any:
        """Context, font and language of a style whose lines need nothing else, or None."""
        if not style["lang"] or style["font_language_override"] != "normal" or style["text_decoration_line"] != "none":
            return None
        if line_break.font_features(*(style[each] for each in FEATURES)):
            return None
        context = owned(pango.pango_font_map_create_context(style.font_config.font_map), free)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
        language = pango.pango_language_from_string(line_break.unicode_to_char_p(style["lang"])[0])
        pango.pango_context_set_language(context, language)
        return context, line_break.get_font_description(style), language

    def setup(self: Any, style: Any) -> None:
        cached = vars(style)
        if "_pango" not in cached:
            cached["_pango"] = shared(style)
        if cached["_pango"] is None:
            slow(self, style)
            return
        context, font, self.language = cached["_pango"]
        self.style, self.first_line_direction = style, 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = owned(pango.pango_layout_new(context), free)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, font)

    return setup


FEATURES = (
    "font_kerning",
    *(f"font_variant_{each}" for each in ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")),
    "font_feature_settings",
)


# Every property that WeasyPrint reads when it breaks a line.
LINE = (
    *FEATURES,
    "direction", "font_family", "font_language_override", "font_size", "font_stretch", "font_style",
    "font_variation_settings", "font_weight", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone",
    "hyphens", "lang", "letter_spacing", "overflow_wrap", "tab_size", "text_decoration_line", "white_space",
    "word_break", "word_spacing",
)  # fmt: skip
LINES = 20_000  # lines of some twenty contracts


def _lines(slow: Callable[..., Any]) -> Callable[..., Any]:
    """Break a line once for each text, style and width: most lines are the same in the next contract of a batch. What is
    kept has no part of a page, because WeasyPrint sets a broken line aside as its text and sets it again to draw it."""
    broken: dict[Any, Any] = {}
    atexit.register(broken.clear)  # fonts must be freed while their library is still loaded

    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *more: Any, **named: Any) -> Any:
        cached = vars(style)
        if "_line" not in cached:
            cached["_line"] = style.font_config, repr([style[each] for each in LINE])
        key = text, cached["_line"], max_width, more, *named.values()
        if key not in broken:
            if len(broken) == LINES:
                broken.clear()
            broken[key] = slow(text, style, context, max_width, *more, **named)
        layout, *found = broken[key]
        return copy(layout), *found

    return split_first_line


# ---- writing


def _writing(pydyf: Any) -> Callable[..., None]:
    """Serialize each object once, not for the file and again for the digest in its identifier, compressed both times."""
    slow = pydyf.PDF.write

    def write(self: Any, *args: Any, **options: Any) -> None:
        made: dict[int, bytes] = {}  # by identity: numbered objects live as long as the file
        kinds = (pydyf.Dictionary, pydyf.Stream)
        with in_place([Saving(kind, "data", _data(kind.data.fget, made)) for kind in kinds]):
            slow(self, *args, **options)

    return write


def _data(slow: Callable[[Any], bytes], made: dict[int, bytes]) -> property:
    def data(self: Any) -> bytes:
        if self.number is None:
            return slow(self)
        if id(self) not in made:
            made[id(self)] = slow(self)
        return made[id(self)]

    return property(data)


def _pages(slow: property) -> property:
    """Cache the references to all pages, which are serialized again for each piece of text that prints a page number."""

    def page_references(self: Any) -> Any:
        count, cached = len(self.pages["Kids"]), vars(self).get("_page_references")
        if cached is None or cached[0] != count:
            cached = self._page_references = count, slow.fget(self)  # type: ignore[misc]  # a property that can be read
        return cached[1]

    return property(page_references)
