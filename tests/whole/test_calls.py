"""How functions of the program are called: a reader sees what each of many arguments is."""

import ast
from functools import cache

from tests.whole.test_layering import MODULES, called, parsed

MOST = 5  # arguments by position


@cache
def names_to_check() -> frozenset[str]:
    """The functions and classes of ours whose arguments can go by keyword; a library's function of the same name is let pass."""
    ours, variadic, of_others = set(), set(), set()
    for tree in map(parsed, MODULES):
        for each in ast.walk(tree):
            if isinstance(each, ast.FunctionDef | ast.ClassDef):
                ours.add(each.name)
                if isinstance(each, ast.FunctionDef) and each.args.vararg:
                    variadic.add(each.name)
            elif isinstance(each, ast.ImportFrom) and not str(each.module).startswith("contract_assembly"):
                of_others |= {alias.asname or alias.name for alias in each.names}
    return frozenset(ours - variadic - of_others)


def crowded(tree: ast.AST) -> list[str]:
    """Calls of our own functions and classes with more arguments by position than a reader can tell apart."""
    return [
        f"line {each.lineno}: {ast.unparse(each.func)}"
        for each in ast.walk(tree)
        if isinstance(each, ast.Call)
        and len(each.args) > MOST
        and not any(isinstance(argument, ast.Starred) for argument in each.args)
        and called(each) in names_to_check()
    ]


def test_more_than_five_arguments_go_by_keyword():
    found = {module: crowded(parsed(module)) for module in MODULES}
    assert not {module: lines for module, lines in found.items() if lines}


def test_a_call_with_many_arguments_by_position_is_found():
    assert crowded(
        ast.parse("choose(1, 2, 3, 4, 5, 6)\nchoose(1, 2, 3, kind=4, law=5, at=6)\nprint(1, 2, 3, 4, 5, 6)")
    ) == ["line 1: choose"]
