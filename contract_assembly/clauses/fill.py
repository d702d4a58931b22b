"""Fill clauses with facts, by a restricted Jinja2. The only module of the pipeline that imports Jinja2; reads no file.

A template may branch, loop over facts and print formatted facts, and nothing else: the syntax tree is checked against an
allow-list before it is compiled, every value is reached through `Record` and `Series`, calls are impossible, an undefined name
is an error, and a budget of steps bounds time and output. A printed fact is a sealed token, never markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from contract_assembly.clauses import limits
from contract_assembly.clauses.line_markers import Token, with_line_marks
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.sentinels import sealed
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.formatters import SILENT, WORDINGS, WordingError, describe, worded
from contract_assembly.facts.template_values import Fact, Record, Series, View, Wording

MAX_STEPS = 50_000  # a 400-row asset list takes about 4,000
MAX_OUTPUT = 200_000

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Getattr, nodes.Const,
    nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.List,
    nodes.Tuple,
)  # fmt: skip
_NAMES = {
    nodes.Macro: "macro", nodes.Include: "include", nodes.Import: "import", nodes.FromImport: "import",
    nodes.Extends: "extends", nodes.CallBlock: "call", nodes.AssignBlock: "set", nodes.Assign: "set", nodes.Block: "block",
    nodes.FilterBlock: "filter", nodes.Call: "a call", nodes.Getitem: "square brackets", nodes.Concat: "~", nodes.With: "with",
    nodes.ExprStmt: "do", nodes.Slice: "a slice", nodes.Dict: "a dictionary",
}  # fmt: skip
_TESTS = {
    "defined": lambda value: not isinstance(value, jinja2.Undefined),
    "none": lambda v: isinstance(v, Fact) and v.value is None,
}
_BUDGET = "template-budget"
_LOOP = {"index", "first", "last"}
_EACH = "each one"  # no clause can write a filter with a space in its name


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled text with its facts sealed, and the formatted facts at the positions that the seals name."""

    text: str
    values: tuple[Wording, ...]


@dataclass
class _Run:
    """The budget of one filling, and the facts it collects."""

    locale: str
    steps: int = 0
    size: int = 0
    values: list[Wording] = field(default_factory=list)

    def step(self, written: int = 0) -> None:
        self.steps += 1
        self.size += written
        if self.steps > MAX_STEPS:
            raise _FillError(
                _BUDGET,
                f"filling this takes more than {MAX_STEPS:,} steps",
                "loop over fewer items, or avoid a loop inside a loop",
            )
        if self.size > MAX_OUTPUT:
            raise _FillError(_BUDGET, f"filling this gives more than {MAX_OUTPUT:,} characters", "print less")


class _FillError(Exception):
    def __init__(self, rule: str, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.rule, self.what, self.hint = rule, what, hint


class _Undefined(jinja2.StrictUndefined):
    """A name that no fact has: every use is an error, except the test `is defined`."""


class _Environment(SandboxedEnvironment):
    """A Jinja environment in which attributes are names of facts and nothing else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Record):
            if attribute in obj.entries:
                return obj.entries[attribute]
            name = f"{obj.key}.{attribute}" if obj.key else attribute
            return _Undefined(f"{name} is not a fact", obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, jinja2.Undefined):
            return obj
        return _Undefined(f"{describe(obj)} has no {attribute}", obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def _wording_filter(name: str) -> Any:
    @jinja2.pass_context
    def apply(context: jinja2.runtime.Context, value: Any, *options: Any) -> Wording:
        if isinstance(value, jinja2.Undefined):
            value._fail_with_undefined_error()  # noqa: SLF001  # Jinja's own way to raise it
        run: _Run = context["run "]
        if not isinstance(value, Fact | Record | Series):
            kind = "formatted text" if isinstance(value, Wording) else describe(value)
            raise _FillError(
                "ill-typed-wording", f"{name} formats a fact, not {kind}", "put it directly after the fact"
            )
        try:
            key = "" if name in SILENT else value.key
            return Wording(worded(name, value, run.locale, *options), key, value.origin)
        except TypeError:
            what = f"{value.key} | {name}: these are not the options of {name}"
            raise _FillError("ill-typed-wording", what, f"it is: {WORDINGS[name].__doc__}") from None
        except (WordingError, ArithmeticError) as error:
            raise _FillError(
                "ill-typed-wording", f"{value.key} | {name}: {name} {error}", "choose a formatter for its type"
            ) from None

    return apply


@jinja2.pass_context
def _size(_context: jinja2.runtime.Context, value: Any) -> Any:
    """The number of items in a list, for a condition; it cannot be printed."""
    return len(value) if isinstance(value, Series) else _Undefined(f"{describe(value)} has no size")


@jinja2.pass_context
def _each(context: jinja2.runtime.Context, value: Any) -> Iterator[View]:
    """Wrapped around the list of every loop: it must be a list of facts, and each step uses some of the budget."""
    if isinstance(value, jinja2.Undefined):
        value._fail_with_undefined_error()  # noqa: SLF001
    if not isinstance(value, Series):
        raise _FillError("template-value", f"a loop needs a list, not {describe(value)}", "loop over a list of facts")
    run: _Run = context["run "]
    for each in value:
        run.step()
        yield each


@jinja2.pass_context
def _seal(context: jinja2.runtime.Context, value: Any) -> str:
    if isinstance(value, str) and not isinstance(value, jinja2.Undefined):
        return value  # a piece of the template itself
    run: _Run = context["run "]
    if isinstance(value, jinja2.Undefined):
        value._fail_with_undefined_error()  # noqa: SLF001
    if isinstance(value, Fact) and isinstance(value.value, str):
        value = Wording(value.value, value.key, value.origin)
    if not isinstance(value, Wording):
        name = value.key if isinstance(value, Fact | Record | Series) else "this"
        raise _FillError(
            "bare-fact",
            f"{name} is {describe(value)} and cannot be printed as it is",
            _cure(value),
        )
    run.values.append(value)
    return sealed(len(run.values) - 1)


def _cure(value: object) -> str:
    """A hint on how to print a value that needs a formatter."""
    match value:
        case Record(entries=entries):
            return f"print one of its facts: {', '.join(entries)}"
        case Series():
            return 'loop over it, or add | list("name")'
        case Fact(value=None):
            return "put it inside an {% if %}, since it may not be given"
    return "add a formatter, like | date or | money"


def _environment() -> _Environment:
    made = _Environment(
        undefined=_Undefined, finalize=_seal, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        autoescape=False, cache_size=0, optimized=False, comment_start_string="<!--", comment_end_string="-->",
    )  # fmt: skip
    made.globals.clear()
    made.filters = {name: _wording_filter(name) for name in WORDINGS} | {"size": _size, _EACH: _each}
    made.tests = {
        name: made.tests[name] for name in ("eq", "ne", "lt", "le", "gt", "ge", "in", "==", "!=", "<", "<=", ">", ">=")
    } | _TESTS
    return made


_JINJA = _environment()


@dataclass(frozen=True)
class Template:
    """A checked and compiled text; `origin` is the place of its first line."""

    compiled: jinja2.Template
    origin: Origin


@lru_cache(maxsize=4096)
def compiled(source: str, origin: Origin) -> Template:
    """Check and compile the text of a clause. Raises RefusedError for wrong syntax and for everything that a clause may not do,
    each with its line."""
    if unfit := tuple(limits.of_source(source, origin)):
        raise RefusedError(unfit)
    try:
        tokens = tuple(_JINJA.lex(source))
        if unfit := tuple(limits.of_tags(tokens, origin)):
            raise RefusedError(unfit)
        tree = _parsed(with_line_marks(tokens, origin.line))
        below = tuple(_descendants(tree, 1))
        if found := tuple(_forbidden(below, origin)):
            raise RefusedError(found)
        for loop, _ in below:
            if isinstance(loop, nodes.For):
                loop.iter = nodes.Filter(loop.iter, _EACH, [], [], None, None, lineno=loop.lineno)
        return Template(_JINJA.from_string(tree), origin)
    except jinja2.TemplateSyntaxError as error:
        where = Origin(origin.path, origin.line + error.lineno - 1)
        hint = (
            did_you_mean((error.message or "").split("'")[1], WORDINGS)
            if "No filter named" in (error.message or "")
            else "see docs/writing-clauses.md"
        )
        raise RefusedError([Problem("template-syntax", f"{_without_stop(error.message)}", where, hint)]) from None


def fill(template: Template, facts: Mapping[str, View], locale: str) -> Filled:
    """Fill a template. Facts that take the same branches give the same text. Raises RefusedError with the line."""
    run = _Run(locale)
    context: dict[str, Any] = {**facts, "run ": run}
    pieces: list[str] = []
    try:
        for piece in template.compiled.generate(context):
            run.step(len(piece))
            pieces.append(piece)
    except jinja2.UndefinedError as error:
        raise RefusedError([_undefined(error, facts, _line(error, template))]) from None
    except _FillError as error:
        raise RefusedError([Problem(error.rule, error.what, _line(error, template), error.hint)]) from None
    except (TypeError, jinja2.TemplateError, RecursionError) as error:
        what = "two facts of different types are compared" if isinstance(error, TypeError) else str(error)
        raise RefusedError(
            [Problem("template-value", what, _line(error, template), "compare facts of the same type")]
        ) from None
    return Filled("".join(pieces), tuple(run.values))


def holds(condition: str, facts: Mapping[str, View], origin: Origin, locale: str) -> bool:
    """Whether a condition of an outline or law rule is met. Raises RefusedError like `compiled` and `fill`."""
    return bool(fill(compiled("{% if " + condition + " %}x{% endif %}", origin), facts, locale).text.startswith("x"))


# ---- inside


def _parsed(tokens: Iterable[Token]) -> nodes.Template:
    """The syntax tree of a text that is already cut into tokens. Jinja's own parser takes a text, and cuts it itself."""
    parser = Parser(_JINJA, "")
    parser.stream = TokenStream(_JINJA.lexer.wrap(tokens), None, None)
    return parser.parse()


def _forbidden(below: Iterable[tuple[nodes.Node, int]], origin: Origin) -> Iterator[Problem]:
    for node, line in below:
        where = Origin(origin.path, origin.line + line - 1)
        if isinstance(node, nodes.Filter) and (
            node.kwargs or node.dyn_args or not all(isinstance(a, nodes.Const) for a in node.args)
        ):
            yield Problem(
                "template-forbidden",
                f"the options of {node.name} must be texts in quotes",
                where,
                "write them in quotes",
            )
        elif not isinstance(node, _ALLOWED):
            what = _NAMES.get(type(node), type(node).__name__.lower())
            yield Problem(
                "template-forbidden",
                f"{what} is not available in a clause",
                where,
                "a clause may print, branch and loop",
            )


def _descendants(node: nodes.Node, line: int) -> Iterator[tuple[nodes.Node, int]]:
    """Every node below, with its line: its own or, if Jinja keeps none, its parent's."""
    for child in node.iter_child_nodes():
        at = child.lineno or line
        yield child, at
        yield from _descendants(child, at)


def _line(error: BaseException, template: Template) -> Origin:
    """The line of the template on which an exception was raised: Jinja puts it in the traceback."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return Origin(template.origin.path, template.origin.line + line - 1)


def _undefined(error: jinja2.UndefinedError, facts: Mapping[str, View], where: Origin) -> Problem:
    message = _without_stop(str(error.message))
    if match := re.match(r"'(\w+)' is undefined", message):
        return Problem("unknown-fact", f"unknown fact: {match[1]}", where, did_you_mean(match[1], facts))
    if match := re.match(r"([\w.]+)\.(\w+) is not a fact", message):
        return Problem(
            "unknown-fact",
            f"unknown fact: {match[1]}.{match[2]}",
            where,
            did_you_mean(match[2], _names_at(facts, match[1])),
        )
    return Problem("unknown-fact", message, where, "build.py facts CLIENT/AGREEMENT lists them")


def _names_at(facts: Mapping[str, View], key: str) -> Mapping[str, View]:
    found: Mapping[str, View] = facts
    for step in key.split("."):
        inside = found.get(step)
        if isinstance(inside, Series) and inside.items:
            inside = inside.items[0]
        found = inside.entries if isinstance(inside, Record) else found if step.isdigit() else {}
    return found


def _without_stop(message: str | None) -> str:
    return (message or "this is not a template").rstrip(".")
