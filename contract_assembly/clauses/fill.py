"""Fill clauses with facts: Jinja2's syntax, of which a clause may use little. Reads no file.

A template may branch, loop over facts and print formatted facts, and nothing else: its syntax tree is checked against an
allow-list, and then evaluated (`clauses.evaluation`). Jinja2 cuts and parses the text; it makes no code of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import jinja2
from jinja2 import nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser
from msgspec import Struct

from contract_assembly.clauses import limits
from contract_assembly.clauses.evaluation import FillError, Run, Statement, evaluated
from contract_assembly.clauses.line_markers import Token, with_line_marks
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.formatters import WORDINGS
from contract_assembly.facts.template_values import Record, Series, View, Wording

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


class Filled(Struct, frozen=True):
    """A filled text with its facts sealed, and the formatted facts at the positions that the seals name."""

    text: str
    values: tuple[Wording, ...]


_JINJA = jinja2.Environment(  # noqa: S701  # it only cuts and parses: no template is ever rendered by it
    trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, cache_size=0, comment_start_string="<!--",
    comment_end_string="-->",
)  # fmt: skip


class Template(Struct, frozen=True):
    """A checked text as a function that writes it; `origin` is the place of its first line."""

    write: Statement
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
        return Template(evaluated(tree), origin)
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
    run = Run(locale)
    try:
        template.write(facts, run)
    except jinja2.UndefinedError as error:
        raise RefusedError([_undefined(error, facts, _line(run, template))]) from None
    except FillError as error:
        raise RefusedError([Problem(error.rule, error.what, _line(run, template), error.hint)]) from None
    except TypeError:
        what, hint = "two facts of different types are compared", "compare facts of the same type"
        raise RefusedError([Problem("template-value", what, _line(run, template), hint)]) from None
    return Filled("".join(run.pieces), tuple(run.values))


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
                f"the options of {node.name} must be quoted strings",
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


def _line(run: Run, template: Template) -> Origin:
    """The line of the template that a run has come to."""
    return Origin(template.origin.path, template.origin.line + run.line - 1)


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
