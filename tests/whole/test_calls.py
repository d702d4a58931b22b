"""How functions of the program are called: a reader sees what each of many arguments is."""

import ast
from collections.abc import Iterator

import pytest

from tests.whole.test_layering import MODULES

MOST = 5  # arguments by position


def of_any_kind(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    return (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef))


TREES = {module: ast.parse(path.read_text("utf-8")) for module, path in MODULES.items()}
OURS = {each.name for tree in TREES.values() for each in of_any_kind(tree)}
VARIADIC = {
    each.name
    for tree in TREES.values()
    for each in of_any_kind(tree)
    if isinstance(each, ast.FunctionDef) and each.args.vararg
}
OF_OTHERS = {
    name
    for tree in TREES.values()
    for each in ast.walk(tree)
    if isinstance(each, ast.ImportFrom) and not str(each.module).startswith("contract_assembly")
    for name in (alias.asname or alias.name for alias in each.names)
}


def crowded(tree: ast.AST) -> list[str]:
    """Calls of our own functions and classes with more arguments by position than a reader can tell apart."""
    return [
        f"line {each.lineno}: {ast.unparse(each.func)}"
        for each in ast.walk(tree)
        if isinstance(each, ast.Call)
        and len(each.args) > MOST
        and not any(isinstance(argument, ast.Starred) for argument in each.args)
        and ast.unparse(each.func).rpartition(".")[2] in OURS - VARIADIC - OF_OTHERS
    ]


@pytest.mark.parametrize("module", MODULES)
def test_more_than_five_arguments_go_by_keyword(module):
    assert crowded(TREES[module]) == []


def test_a_call_with_many_arguments_by_position_is_found():
    assert crowded(
        ast.parse("choose(1, 2, 3, 4, 5, 6)\nchoose(1, 2, 3, kind=4, law=5, at=6)\nprint(1, 2, 3, 4, 5, 6)")
    ) == ["line 1: choose"]
