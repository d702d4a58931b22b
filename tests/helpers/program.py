"""The modules of the program as the tests of its form look at them: each is parsed once, in one walk, and its tree forgotten."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

PACKAGE = Path(__file__).parents[2] / "contract_assembly"


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = sorted(PACKAGE.rglob("*.py"))
MODULES = {name_of(path): path for path in PATHS if path.parent != PACKAGE or path.stem != "__init__"}
HOME = re.compile(r"(contract_assembly[.\w]*):\w+")


class Call(Struct, frozen=True):
    """One call: the name of what is called, without the object whose method it is, its line, how many arguments go by position
    (0 where one is starred), and the constants among the arguments."""

    name: str
    whole: str
    line: int
    by_position: int
    constants: tuple[str, ...]


class Module(Struct, frozen=True):
    """What one module imports, at its top and anywhere, what it calls, what it defines, what of it takes any number of arguments,
    what it takes from libraries, the texts in it with their lines, and the lines that quote a value whole."""

    imports: tuple[str, ...]
    at_top: frozenset[str]
    calls: tuple[Call, ...]
    defined: frozenset[str]
    variadic: frozenset[str]
    of_others: frozenset[str]
    texts: tuple[tuple[int, str], ...]
    quoted: tuple[int, ...]


@cache
def read(path: Path) -> Module:
    return module_of(path.read_text("utf-8"))


def module_of(text: str) -> Module:
    tree = ast.parse(text)
    nodes = tuple(ast.walk(tree))
    functions = [each for each in nodes if isinstance(each, ast.FunctionDef)]
    named = [each for each in nodes if isinstance(each, ast.ImportFrom)]
    libraries = (each for each in named if not str(each.module).startswith("contract_assembly"))
    return Module(
        imports=tuple(_imports(nodes)),
        at_top=frozenset(_at_top(tree)),
        calls=tuple(_call(each) for each in nodes if isinstance(each, ast.Call)),
        defined=frozenset(each.name for each in nodes if isinstance(each, ast.FunctionDef | ast.ClassDef)),
        variadic=frozenset(each.name for each in functions if each.args.vararg),
        of_others=frozenset(alias.asname or alias.name for each in libraries for alias in each.names),
        texts=tuple(
            (each.lineno, each.value)
            for each in nodes
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and " " in each.value
        ),
        quoted=tuple(
            each.lineno for each in nodes if isinstance(each, ast.FormattedValue) and each.conversion == ord("r")
        ),
    )


def _imports(nodes: tuple[ast.AST, ...]) -> Iterator[str]:
    """Every module that is named in an import statement, in a call of import_module, or in a table of what is loaded on demand."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole.removeprefix("contract_assembly.") in MODULES else str(node.module)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "import_module":
            yield from (
                each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and (home := HOME.fullmatch(node.value)):
            yield home[1]


def _at_top(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).split(".")[0]


def _call(call: ast.Call) -> Call:
    match call.func:
        case ast.Name(id=name):
            whole = name
        case ast.Attribute(value=ast.Name(id=of), attr=name):
            whole = f"{of}.{name}"
        case ast.Attribute(attr=name):
            whole = f"….{name}"
        case _:
            whole = ast.unparse(call.func)
            name = whole.rpartition(".")[2]
    starred = any(isinstance(each, ast.Starred) for each in call.args)
    given = [*call.args, *(each.value for each in call.keywords if each.arg == "mode")]
    constants = tuple(str(each.value) for each in given if isinstance(each, ast.Constant))
    return Call(name, whole, call.lineno, 0 if starred else len(call.args), constants)
