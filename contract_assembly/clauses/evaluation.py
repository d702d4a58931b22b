"""Evaluate the syntax tree of a template, which `clauses.fill` has read and checked. No code is made or run: each node of the
tree becomes a function of the names in scope. Pure.

What a template means is as in Jinja2: the same scopes, loops, comparisons and undefined names. Every value is reached through
`Record` and `Series`, a budget of steps bounds time and output, and a printed fact is a sealed token, never markup.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateAssertionError
from jinja2.runtime import LoopContext
from msgspec import Struct, field

from contract_assembly.core.sentinels import sealed
from contract_assembly.core.text import shown
from contract_assembly.facts.formatters import SILENT, WORDINGS, WordingError, describe, worded
from contract_assembly.facts.template_values import Fact, Record, Series, Wording

MAX_STEPS = 50_000  # a 400-row asset list takes about 4,000
MAX_OUTPUT = 200_000

_BUDGET = "template-budget"
_LOOP = {"index", "first", "last"}


class FillError(Exception):
    """What is wrong with a value: the rule, a sentence and a hint."""

    def __init__(self, rule: str, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.rule, self.what, self.hint = rule, what, hint


class Undefined(StrictUndefined):
    """A name that no fact has: every use is an error, except the test `is defined`."""


class Run(Struct):
    """One filling: its budget, what it has written, the facts it has printed, and the line of the template that it is on."""

    locale: str
    steps: int = 0
    size: int = 0
    line: int = 1
    pieces: list[str] = field(default_factory=list)
    values: list[Wording] = field(default_factory=list)

    def step(self) -> None:
        """Use a step of the budget. Raises FillError once it is used up."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise FillError(
                _BUDGET,
                f"filling this takes more than {MAX_STEPS:,} steps",
                "loop over fewer items, or avoid a loop inside a loop",
            )

    def write(self, text: str) -> None:
        """Add a piece to what is written. Raises FillError once the budget is used up."""
        self.step()
        self.size += len(text)
        if self.size > MAX_OUTPUT:
            raise FillError(_BUDGET, f"filling this gives more than {MAX_OUTPUT:,} characters", "print less")
        self.pieces.append(text)


Scope: TypeAlias = Mapping[str, Any]
Expression: TypeAlias = Callable[[Scope, Run], Any]
Statement: TypeAlias = Callable[[Scope, Run], None]


def evaluated(template: nodes.Template) -> Statement:
    """A template as a function that writes into a run. Raises Jinja's TemplateSyntaxError for an unknown filter or test."""
    return _body(template.body)


# ---- statements


def _body(found: Sequence[nodes.Node]) -> Statement:
    statements = tuple(step for each in found for step in _STATEMENTS[type(each)](each))

    def run_all(scope: Scope, run: Run) -> None:
        for each in statements:
            each(scope, run)

    return statements[0] if len(statements) == 1 else run_all


def _output(node: nodes.Output) -> Iterator[Statement]:
    for each in node.nodes:
        yield _text(each.data) if isinstance(each, nodes.TemplateData) else _printed(each)


def _text(data: str) -> Statement:
    return lambda _, run: run.write(data)


def _printed(node: nodes.Node) -> Statement:
    value, line = _expression(node), node.lineno

    def write(scope: Scope, run: Run) -> None:
        run.line = line
        run.write(_seal(value(scope, run), run))

    return write


def _if(node: nodes.If) -> Iterator[Statement]:
    ways = [(each.lineno, _expression(each.test), _body(each.body)) for each in (node, *node.elif_)]
    otherwise = _body(node.else_)

    def choose(scope: Scope, run: Run) -> None:
        for line, test, body in ways:
            run.line = line
            if test(scope, run):
                body(scope, run)
                return
        otherwise(scope, run)

    yield choose


def _for(node: nodes.For) -> Iterator[Statement]:
    items, line = _expression(node.iter), node.lineno
    bind = _binding(node.target)
    kept = _expression(node.test) if node.test else None
    body, otherwise = _body(node.body), _body(node.else_)

    def each_of(scope: Scope, run: Run) -> Iterator[Any]:
        for each in _each(items(scope, run), run):
            if kept is None or kept({**scope, **bind(each)}, run):
                yield each

    def loop(scope: Scope, run: Run) -> None:
        run.line, inside, empty = line, dict(scope), True
        for each, about in LoopContext(each_of(scope, run), Undefined):
            inside.update(bind(each), loop=about)
            body(inside, run)
            run.line, empty = line, False
        if empty:
            otherwise(scope, run)

    yield loop


def _binding(target: nodes.Node) -> Callable[[Any], dict[str, Any]]:
    """The names that an item of a loop gets."""
    if isinstance(target, nodes.Name):
        name = target.name
        return lambda value: {name: value}
    parts = [_binding(each) for each in target.iter_child_nodes()]

    def unpack(value: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part, each in zip(parts, tuple(value), strict=True):
            found |= part(each)
        return found

    return unpack


_STATEMENTS: Mapping[type[nodes.Node], Callable[[Any], Iterator[Statement]]] = {
    nodes.Output: _output, nodes.If: _if, nodes.For: _for,
}  # fmt: skip


# ---- expressions


def _expression(node: nodes.Node) -> Expression:
    return _EXPRESSIONS[type(node)](node)


def _name(node: nodes.Name) -> Expression:
    name = node.name
    return lambda scope, _: scope[name] if name in scope else Undefined(name=name)


def _attribute(node: nodes.Getattr) -> Expression:
    of, name = _expression(node.node), node.attr
    return lambda scope, run: attribute(of(scope, run), name)


def attribute(of: Any, name: str) -> Any:
    """A fact of a record, or one of the things that a loop knows of its items; everything else is undefined."""
    if isinstance(of, Record):
        if name in of.entries:
            return of.entries[name]
        return Undefined(f"{f'{of.key}.{name}' if of.key else name} is not a fact", obj=of, name=name)
    if isinstance(of, LoopContext) and name in _LOOP:
        return getattr(of, name)
    if isinstance(of, StrictUndefined):
        return of
    return Undefined(f"{describe(of)} has no {name}", obj=of, name=name)


def _constant(node: nodes.Const) -> Expression:
    value = node.value
    return lambda *_: value


def _several(node: nodes.List | nodes.Tuple) -> Expression:
    items, kind = tuple(map(_expression, node.items)), list if isinstance(node, nodes.List) else tuple
    return lambda scope, run: kind(each(scope, run) for each in items)


def _filter(node: nodes.Filter) -> Expression:
    name, options = node.name, tuple(map(_expression, node.args))
    if name not in _FILTERS and name not in WORDINGS:
        raise TemplateAssertionError(f"No filter named {shown(name)}.", node.lineno)
    apply = _FILTERS.get(name) or _wording(name)
    assert node.node is not None  # noqa: S101  # only Jinja's filter block, which no clause may use, has none
    value = _expression(node.node)
    return lambda scope, run: apply(value(scope, run), run, *(each(scope, run) for each in options))


def _test(node: nodes.Test) -> Expression:
    name, options, value = node.name, tuple(map(_expression, node.args)), _expression(node.node)
    if name not in _TESTS:
        raise TemplateAssertionError(f"No test named {shown(name)}.", node.lineno)
    holds = _TESTS[name]
    return lambda scope, run: holds(value(scope, run), *(each(scope, run) for each in options))


def _comparison(node: nodes.Compare) -> Expression:
    first, steps = _expression(node.expr), [(_COMPARE[each.op], _expression(each.expr)) for each in node.ops]

    def compare(scope: Scope, run: Run) -> Any:
        found, left = True, first(scope, run)
        for holds, expression in steps:
            right = expression(scope, run)
            found = holds(left, right)
            if not found:
                return found
            left = right
        return found

    return compare


def _and(node: nodes.And) -> Expression:
    left, right = _expression(node.left), _expression(node.right)
    return lambda scope, run: left(scope, run) and right(scope, run)


def _or(node: nodes.Or) -> Expression:
    left, right = _expression(node.left), _expression(node.right)
    return lambda scope, run: left(scope, run) or right(scope, run)


def _not(node: nodes.Not) -> Expression:
    value = _expression(node.node)
    return lambda scope, run: not value(scope, run)


def _either(node: nodes.CondExpr) -> Expression:
    test, yes, line = _expression(node.test), _expression(node.expr1), node.lineno
    no = _expression(node.expr2) if node.expr2 else None
    missing = f"the inline if-expression on line {line} evaluated to false and no else section was defined."
    return lambda scope, run: yes(scope, run) if test(scope, run) else no(scope, run) if no else Undefined(missing)


_EXPRESSIONS: Mapping[type[nodes.Node], Callable[[Any], Expression]] = {
    nodes.Name: _name, nodes.Getattr: _attribute, nodes.Const: _constant, nodes.List: _several, nodes.Tuple: _several,
    nodes.Filter: _filter, nodes.Test: _test, nodes.Compare: _comparison, nodes.And: _and, nodes.Or: _or, nodes.Not: _not,
    nodes.CondExpr: _either,
}  # fmt: skip
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge,
    "in": lambda item, items: item in items, "notin": lambda item, items: item not in items,
}  # fmt: skip
_TESTS: Mapping[str, Callable[..., Any]] = {
    "eq": operator.eq, "==": operator.eq, "ne": operator.ne, "!=": operator.ne, "lt": operator.lt, "<": operator.lt,
    "le": operator.le, "<=": operator.le, "gt": operator.gt, ">": operator.gt, "ge": operator.ge, ">=": operator.ge,
    "in": _COMPARE["in"],
    "defined": lambda value: not isinstance(value, StrictUndefined),
    "none": lambda value: isinstance(value, Fact) and value.value is None,
}  # fmt: skip


# ---- facts in words


def _wording(name: str) -> Callable[..., Wording]:
    def apply(value: Any, run: Run, *options: Any) -> Wording:
        if isinstance(value, StrictUndefined):
            value._fail_with_undefined_error()  # noqa: SLF001  # Jinja's own way to raise it
        if not isinstance(value, Fact | Record | Series):
            kind = "formatted text" if isinstance(value, Wording) else describe(value)
            raise FillError("ill-typed-wording", f"{name} formats a fact, not {kind}", "put it directly after the fact")
        try:
            key = "" if name in SILENT else value.key
            return Wording(worded(name, value, run.locale, *options), key, value.origin)
        except TypeError:
            what = f"{value.key} | {name}: these are not the options of {name}"
            raise FillError("ill-typed-wording", what, f"it is: {WORDINGS[name].__doc__}") from None
        except (WordingError, ArithmeticError) as error:
            raise FillError(
                "ill-typed-wording", f"{value.key} | {name}: {name} {error}", "choose a formatter for its type"
            ) from None

    return apply


def _size(value: Any, _: Run) -> Any:
    """The number of items in a list, for a condition; it cannot be printed."""
    return len(value) if isinstance(value, Series) else Undefined(f"{describe(value)} has no size")


_FILTERS: Mapping[str, Callable[..., Any]] = {"size": _size}


def _each(value: Any, run: Run) -> Iterator[Any]:
    """The items of the list of a loop; each uses a step."""
    if isinstance(value, StrictUndefined):
        value._fail_with_undefined_error()  # noqa: SLF001
    if not isinstance(value, Series):
        raise FillError("template-value", f"a loop needs a list, not {describe(value)}", "loop over a list of facts")
    for each in value:
        run.step()
        yield each


def _seal(value: Any, run: Run) -> str:
    if isinstance(value, StrictUndefined):
        value._fail_with_undefined_error()  # noqa: SLF001
    if isinstance(value, str):
        return value  # a piece of the template itself
    if isinstance(value, Fact) and isinstance(value.value, str):
        value = Wording(value.value, value.key, value.origin)
    if not isinstance(value, Wording):
        name = value.key if isinstance(value, Fact | Record | Series) else "this"
        raise FillError("bare-fact", f"{name} is {describe(value)} and cannot be printed as it is", _fix(value))
    run.values.append(value)
    return sealed(len(run.values) - 1)


def _fix(value: object) -> str:
    """A hint on how to print a value that needs a formatter."""
    match value:
        case Record(entries=entries):
            return f"print one of its facts: {', '.join(entries)}"
        case Series():
            return 'loop over it, or add | list("name")'
        case Fact(value=None):
            return "put it inside an {% if %}, since it may not be given"
    return "add a formatter, like | date or | money"
