"""The measures, colours and fonts of a page, `templates/house/style.yaml`, and the style sheet that takes them by name. Pure."""

import re
from collections.abc import Iterator, Mapping

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shown
from contract_assembly.facts import simple_yaml, strict_yaml

STYLE, SHEET = "templates/house/style.yaml", "templates/house/page.css"

_NAME = re.compile(r"\$([a-z][a-z0-9-]*)")
_LENGTH = re.compile(r"\d+(\.\d+)?(pt|px|mm)")
_POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4}
_BOUNDS = (  # of lengths, by a part of their names: the first that fits. A size outside them is a slip, or hides words.
    ("-size", "5pt", "72pt"), ("-line", "6pt", "90pt"), ("page-end", "8mm", "80mm"), ("page-side", "8mm", "70mm"),
    ("logo-", "5mm", "120mm"), ("", "0mm", "100mm"),
)  # fmt: skip
_FACE = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+?)[\"']?\s*[;}]")
_FORMS = (  # of values, by how their names begin: the first that fits
    ("font-", re.compile(r"[A-Za-z0-9][A-Za-z0-9 ]*"), "the name of a family in fonts/, like Carlito"),
    ("colour", re.compile(r"#[0-9a-f]{6}"), 'a colour like "#1f3a5f", in quotes and in small letters'),
    ("", _LENGTH, "a length like 11pt, 45px or 27mm"),
)


def page_style(text: str) -> dict[str, str]:
    """The values by name. Raises RefusedError with every value that is not of its form."""
    simple = simple_yaml.read(text, STYLE)
    fits = simple and all(isinstance(said, str) and not _unfit(name, said) for name, said in simple.data.items())
    if simple and fits and not any(_too_close(simple.data)):
        return simple.data
    found = strict_yaml.load(text, STYLE)
    if not isinstance(found, strict_yaml.Mapping):
        raise RefusedError([Problem("ill-typed", "this is not a list of names with values", Origin(STYLE, 1))])
    if problems := tuple(_problems(found.entries)):
        raise RefusedError(problems)
    return {name: each.text for name, each in found.entries.items() if isinstance(each, strict_yaml.Scalar)}


def _problems(entries: Mapping[str, strict_yaml.Node]) -> Iterator[Problem]:
    for name, each in entries.items():
        said = each.text if isinstance(each, strict_yaml.Scalar) else "a list"
        if reason := _unfit(name, said):
            yield Problem("ill-typed", f"{name}: {shown(said)} is not {reason}", each.origin, "docs/house-style.md")
    for name, what in _too_close(
        {name: each.text for name, each in entries.items() if isinstance(each, strict_yaml.Scalar)}
    ):
        yield Problem("ill-typed", what, entries[name].origin, "docs/house-style.md")


def _too_close(style: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The distances of lines that are smaller than the letters on them, by name, with what is wrong."""
    for name, apart in style.items():
        size = style.get(f"{name.removesuffix('-line')}-size", "") if name.endswith("-line") else ""
        if _LENGTH.fullmatch(apart) and _LENGTH.fullmatch(size) and _points(apart) < _points(size):
            yield name, f"{name}: lines that are {apart} apart cannot hold letters of {size}"


def _unfit(name: str, said: str) -> str:
    """What a value should be, where it is something else: "a length like 11pt, 45px or 27mm"; otherwise empty."""
    form, wanted = _form(name)
    if not form.fullmatch(said):
        return wanted
    if form is _LENGTH:
        least, most = next(bounds for part, *bounds in _BOUNDS if part in name)
        if not _points(least) <= _points(said) <= _points(most):
            return f"between {least} and {most}"
    return ""


def _points(length: str) -> float:
    return float(length[:-2]) * _POINTS[length[-2:]]


def _form(name: str) -> tuple["re.Pattern[str]", str]:
    """What the value of a name looks like, as a pattern and in words."""
    return next((form, wanted) for begin, form, wanted in _FORMS if name.startswith(begin))


def style_sheet(css: str, style: Mapping[str, str], text: str = "") -> str:
    """The style sheet with each `$name` replaced by its value; `text` is that of the style. Raises RefusedError with every name
    that has no value, and every font that has no rule."""
    problems = [*_unknown_fonts(css, style, text)]
    problems += [
        Problem("unknown-style", f"${match[1]} has no value in {STYLE}", _place(css, match), _hint(match[1], style))
        for match in _NAME.finditer(css)
        if match[1] not in style
    ]
    if problems:
        raise RefusedError(problems)
    return _NAME.sub(lambda match: style[match[1]], css)


def _unknown_fonts(css: str, style: Mapping[str, str], text: str) -> Iterator[Problem]:
    """The fonts of a style that no rule of the sheet makes known: words would be set in another one."""
    known = tuple(dict.fromkeys(match[1] for match in _FACE.finditer(css)))
    lines = text.splitlines()
    for name, family in style.items():
        if name.startswith("font-") and family not in known:
            line = next((n for n, each in enumerate(lines, 1) if each.startswith(name)), 1)
            what = f"{name}: no @font-face rule in {SHEET} is for a family {shown(family)}"
            yield Problem("unknown-font", what, Origin(STYLE, line), did_you_mean(family, known))


def _place(css: str, match: "re.Match[str]") -> Origin:
    return Origin(SHEET, css.count("\n", 0, match.start()) + 1)


def _hint(name: str, style: Mapping[str, str]) -> str:
    return did_you_mean(name, tuple(style)) or f"give it one in {STYLE}"
