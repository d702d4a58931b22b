"""Cache what WeasyPrint and pydyf compute repeatedly with the same result: the same bytes in four fifths of the time.

Replaces functions of the modules it is given, while `in_place` is active, and stores results on the styles of the page. Each
saving is known for one version of each library; with another version none is applied, and a page only takes longer.
"""

import atexit
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import lru_cache
from typing import Any, NamedTuple

KNOWN = ("70.0", "0.13.0")  # versions of WeasyPrint and of pydyf


class Saving(NamedTuple):
    """`quicker` replaces the attribute `name` of `owner`."""

    owner: Any
    name: str
    quicker: Any


def savings(
    pydyf: Any, weasyprint: Any, css: Any, line_break: Any, percent: Any, boxes: Any, inline: Any
) -> tuple[Saving, ...]:
    """All savings in these modules: pydyf, WeasyPrint, and its modules for styles, lines, lengths, boxes and inlines."""
    if (weasyprint.__version__, pydyf.__version__) != KNOWN:
        return ()
    strut, lengths, radii = line_break.strut, percent.resolve_percentages, percent.resolve_radii_percentages
    check = percent.check_math
    return (
        *_everywhere(check, _checks(check, type(css.INITIAL_VALUES["margin_top"]))),
        *_everywhere(strut, _struts(strut)),
        *_everywhere(lengths, _lengths(lengths, boxes, css)),
        *_everywhere(radii, _radii(radii)),
        Saving(boxes.Box, "is_in_normal_flow", _flow(boxes.Box.is_in_normal_flow)),
        Saving(line_break.Layout, "setup", _layouts(line_break)),
        Saving(inline, "split_first_line", _lines(inline.split_first_line)),
        Saving(type(line_break.ffi), "new", _arrays(type(line_break.ffi).new)),
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


# ---- styles


def _checks(slow: Callable[[Any], Any], length: type) -> Callable[[Any], Any]:
    """Whether a value has to be calculated is asked of each property of each style: see at once that it is a length or a word."""
    simple = frozenset((str, int, float, type(None), length))

    def check_math(token: Any) -> Any:
        return None if type(token) in simple else slow(token)

    return check_math


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


def _lengths(slow: Callable[[Any, Any], None], boxes: Any, css: Any) -> Callable[[Any, Any], None]:
    """Cache a box's own lengths, which follow from its style and the size of its containing block. Most lines and texts have a
    style made for them, with the lengths that each style has from the start: their lengths are computed once for all."""
    initial = {name: css.INITIAL_VALUES[name] for name in (*LENGTHS, "box_sizing")}
    initial |= {name: 0 for name in initial if name.startswith("border")}  # where there is no border
    of_initial: dict[Any, Any] = {}

    def lengths_of(style: Any) -> Any:
        usual = type(style) is css.AnonymousStyle and all(
            style[name] == initial[name] for name in style.keys() & initial.keys()
        )
        return of_initial if usual else {}

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        holder = containing_block
        size = (holder.width, holder.height) if isinstance(holder, boxes.Box) else tuple(holder)
        if isinstance(box, boxes.PageBox) or box.style["border_collapse"] == "collapse":
            slow(box, containing_block)
            return
        cached = vars(box.style)
        if "_lengths" not in cached:
            cached["_lengths"] = lengths_of(box.style)
        known = cached["_lengths"]
        if size not in known:
            slow(box, containing_block)
            known[size] = {name: getattr(box, name) for name in LENGTHS}
        vars(box).update(known[size])

    return resolve_percentages


def _radii(slow: Callable[[Any], None]) -> Callable[[Any], None]:
    """Note with a style that it has no round corners, as none of ours has."""
    sharp = {f"border_{one}_{other}_radius": (0, 0) for one in ("top", "bottom") for other in ("left", "right")}

    def resolve_radii_percentages(box: Any) -> None:
        cached = vars(box.style)
        if "_sharp" not in cached:
            cached["_sharp"] = all((0, "px") in box.style[name] for name in sharp)
        if not cached["_sharp"]:
            slow(box)
            return
        for name, value in sharp.items():  # not by `vars`: an absolute box has a placeholder in front of it
            setattr(box, name, value)

    return resolve_radii_percentages


def _flow(slow: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Whether a box is in normal flow, once for each way to float and to be placed."""
    known: dict[Any, bool] = {}

    def is_in_normal_flow(box: Any) -> bool:
        key = box.style["float"], box.style["position"]
        if key not in known:
            known[key] = slow(box)
        return known[key]

    return is_in_normal_flow


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


_SIZED = re.compile(r"(\w+)\[(\d+)\]")


@lru_cache(maxsize=1_000)
def _sized(kind: str) -> tuple[str, int] | None:
    found = _SIZED.fullmatch(kind)
    return (f"{found[1]}[]", int(found[2])) if found else None


def _arrays(slow: Callable[..., Any]) -> Callable[..., Any]:
    """Make arrays of C with their size as a value. As part of the type, each size is another type, whose name cffi hands to a
    parser of C."""

    def new(self: Any, cdecl: Any, init: Any = None) -> Any:
        sized = _sized(cdecl) if isinstance(cdecl, str) else None
        if sized is None or not (init is None or (isinstance(init, list | tuple) and len(init) == sized[1])):
            return slow(self, cdecl, init)
        return slow(self, sized[0], sized[1] if init is None else init)

    return new


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
