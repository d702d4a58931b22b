"""What WeasyPrint and pydyf do many times over with the same result, done once: the same bytes, in four fifths of the time.

Touches the modules that it is given, while `in_place` holds, and the styles of the page, on which it notes what it found.
Each saving is known for one version of each; with another version there are none, and a page only takes longer.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

KNOWN = ("70.0", "0.13.0")  # of WeasyPrint and of pydyf


class Saving(NamedTuple):
    """In `owner`, `name` gives way to `quicker`."""

    owner: Any
    name: str
    quicker: Any


def savings(pydyf: Any, weasyprint: Any, line_break: Any, percent: Any, boxes: Any) -> tuple[Saving, ...]:
    """All savings in the modules given: pydyf, WeasyPrint, and of this the modules of lines, of lengths and of boxes."""
    if (weasyprint.__version__, pydyf.__version__) != KNOWN:
        return ()
    strut, lengths = line_break.strut, percent.resolve_percentages
    return (
        *_everywhere(strut, _struts(strut)),
        *_everywhere(lengths, _lengths(lengths, boxes)),
        Saving(line_break.Layout, "setup", _layouts(line_break)),
        Saving(pydyf.PDF, "write", _writing(pydyf)),
        Saving(pydyf.PDF, "page_references", _pages(pydyf.PDF.page_references)),
    )


@contextmanager
def in_place(savings: Sequence[Saving]) -> Iterator[None]:
    """Every name refers to the faster function inside the context, and to the original after it."""
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
    """A function's quicker twin for every module of WeasyPrint that has it by name."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.split(".")[0] == "weasyprint"]
    return [Saving(module, name, quicker) for module in modules for name, each in vars(module).items() if each is slow]


# ---- laying out: what follows from a style alone is noted on it; elements of one kind in one place share theirs


def _struts(slow: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The height of a line and its baseline, which are looked up by all words of the style, spelled out, for each line."""

    def strut(style: Any) -> Any:
        noted = vars(style)
        if "_strut" not in noted:
            noted["_strut"] = slow(style)
        return noted["_strut"]

    return strut


LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *(f"{most}{side}" for most in ("", "min_", "max_") for side in ("width", "height")),
)


def _lengths(slow: Callable[[Any, Any], None], boxes: Any) -> Callable[[Any, Any], None]:
    """A box's own lengths, which follow from its style and the size of what holds it."""

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
    """Pango's set-up of a line, twice for each: one context and one description of the font serve all lines of a style."""
    slow, pango, free = line_break.Layout.setup, line_break.pango, line_break.gobject.g_object_unref
    owned = line_break.ffi.gc

    def shared(style: Any) -> Any:
        """Context, font and language of a style whose lines need no more than that, or None."""
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
        noted = vars(style)
        if "_pango" not in noted:
            noted["_pango"] = shared(style)
        if noted["_pango"] is None:
            slow(self, style)
            return
        context, font, self.language = noted["_pango"]
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


# ---- writing


def _writing(pydyf: Any) -> Callable[..., None]:
    """Each object's bytes are made to be written, and again for the digest in the file's identifier, compressed both times."""
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
    """The references to all pages, which are written out again for each piece of text that prints a page number."""

    def page_references(self: Any) -> Any:
        count, noted = len(self.pages["Kids"]), vars(self).get("_page_references")
        if noted is None or noted[0] != count:
            noted = self._page_references = count, slow.fget(self)  # type: ignore[misc]  # a property that can be read
        return noted[1]

    return property(page_references)
