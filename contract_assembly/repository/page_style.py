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
_FORMS = (  # of values, by how their names begin: the first that fits
    ("font-", re.compile(r"[A-Za-z0-9][A-Za-z0-9 ]*"), "the name of a family in fonts/, like Carlito"),
    ("colour", re.compile(r"#[0-9a-f]{6}"), 'a colour like "#1f3a5f", in quotes and in small letters'),
    ("", _LENGTH, "a length like 11pt, 45px or 27mm"),
)


def page_style(text: str) -> dict[str, str]:
    """The values by name. Raises RefusedError with every value that is not of its form."""
    simple = simple_yaml.read(text, STYLE)
    if simple and all(isinstance(said, str) and _form(name)[0].fullmatch(said) for name, said in simple.data.items()):
        return simple.data
    found = strict_yaml.load(text, STYLE)
    if not isinstance(found, strict_yaml.Mapping):
        raise RefusedError([Problem("ill-typed", "this is not a list of names with values", Origin(STYLE, 1))])
    if problems := tuple(_problems(found.entries)):
        raise RefusedError(problems)
    return {name: each.text for name, each in found.entries.items() if isinstance(each, strict_yaml.Scalar)}


def _problems(entries: Mapping[str, strict_yaml.Node]) -> Iterator[Problem]:
    for name, each in entries.items():
        form, wanted = _form(name)
        said = each.text if isinstance(each, strict_yaml.Scalar) else "a list"
        if not form.fullmatch(said):
            yield Problem("ill-typed", f"{name}: {shown(said)} is not {wanted}", each.origin, "docs/house-style.md")


def _form(name: str) -> tuple["re.Pattern[str]", str]:
    """What the value of a name looks like, as a pattern and in words."""
    return next((form, wanted) for begin, form, wanted in _FORMS if name.startswith(begin))


def style_sheet(css: str, style: Mapping[str, str]) -> str:
    """The style sheet with each `$name` replaced by its value. Raises RefusedError with every name that has none."""
    problems = [
        Problem("unknown-style", f"${match[1]} has no value in {STYLE}", _place(css, match), _hint(match[1], style))
        for match in _NAME.finditer(css)
        if match[1] not in style
    ]
    if problems:
        raise RefusedError(problems)
    return _NAME.sub(lambda match: style[match[1]], css)


def _place(css: str, match: "re.Match[str]") -> Origin:
    return Origin(SHEET, css.count("\n", 0, match.start()) + 1)


def _hint(name: str, style: Mapping[str, str]) -> str:
    return did_you_mean(name, tuple(style)) or f"give it one in {STYLE}"
