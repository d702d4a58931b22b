"""How functions of the program are called: a reader sees what each of many arguments is."""

import ast
from dataclasses import dataclass
from functools import cache

from tests.whole.test_layering import MODULES, called, parsed

MOST = 5  # arguments by position


@dataclass(frozen=True)
class Names:
    """What a module defines, what of it takes any number of arguments, and what it takes from libraries."""

    ours: frozenset[str]
    variadic: frozenset[str]
    of_others: frozenset[str]


def names_in(tree: ast.AST) -> Names:
    nodes = list(ast.walk(tree))
    functions = [each for each in nodes if isinstance(each, ast.FunctionDef)]
    imports = [each for each in nodes if isinstance(each, ast.ImportFrom)]
    libraries = (each for each in imports if not str(each.module).startswith("contract_assembly"))
    return Names(
        frozenset(each.name for each in nodes if isinstance(each, ast.FunctionDef | ast.ClassDef)),
        frozenset(each.name for each in functions if each.args.vararg),
        frozenset(alias.asname or alias.name for each in libraries for alias in each.names),
    )


def crowded(tree: ast.AST) -> list[tuple[str, str]]:
    """Calls with more arguments by position than a reader can tell apart: the name of what is called, and where."""
    return [
        (called(each), f"line {each.lineno}: {ast.unparse(each.func)}")
        for each in ast.walk(tree)
        if isinstance(each, ast.Call)
        and len(each.args) > MOST
        and not any(isinstance(argument, ast.Starred) for argument in each.args)
    ]


@cache
def read() -> dict[str, tuple[Names, list[tuple[str, str]]]]:
    """Each module is parsed once, and forgotten again."""
    return {module: (names_in(tree), crowded(tree)) for module in MODULES for tree in (parsed(module),)}


@cache
def names_to_check() -> frozenset[str]:
    """The functions and classes of ours whose arguments can go by keyword; a library's function of the same name is let pass."""
    found = [names for names, _ in read().values()]
    ours, variadic, of_others = (
        frozenset[str]().union(*(getattr(each, name) for each in found)) for name in ("ours", "variadic", "of_others")
    )
    return ours - variadic - of_others


def refused(calls: list[tuple[str, str]]) -> list[str]:
    return [where for name, where in calls if name in names_to_check()]


def test_more_than_five_arguments_go_by_keyword():
    found = {module: refused(calls) for module, (_, calls) in read().items()}
    assert not {module: lines for module, lines in found.items() if lines}


def test_a_call_with_many_arguments_by_position_is_found():
    text = "choose(1, 2, 3, 4, 5, 6)\nchoose(1, 2, 3, kind=4, law=5, at=6)\nprint(1, 2, 3, 4, 5, 6)"
    assert refused(crowded(ast.parse(text))) == ["line 1: choose"]
