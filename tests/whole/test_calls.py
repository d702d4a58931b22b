"""How functions of the program are called: a reader sees what each of many arguments is."""

from functools import cache

from tests.helpers.program import MODULES, Call, module_of, read

MOST = 5  # arguments by position


def crowded(calls: tuple[Call, ...]) -> list[Call]:
    """Calls with more arguments by position than a reader can tell apart."""
    return [each for each in calls if each.by_position > MOST]


@cache
def names_to_check() -> frozenset[str]:
    """The functions and classes of ours whose arguments can go by keyword; a library's function of the same name is let pass."""
    found = [read(path) for path in MODULES.values()]
    ours, variadic, of_others = (
        frozenset[str]().union(*(getattr(each, name) for each in found))
        for name in ("defined", "variadic", "of_others")
    )
    return ours - variadic - of_others


def refused(calls: tuple[Call, ...]) -> list[str]:
    return [f"line {each.line}: {each.whole}" for each in crowded(calls) if each.name in names_to_check()]


def test_more_than_five_arguments_go_by_keyword():
    found = {module: refused(read(path).calls) for module, path in MODULES.items()}
    assert not {module: lines for module, lines in found.items() if lines}


def test_a_call_with_many_arguments_by_position_is_found():
    text = "choose(1, 2, 3, 4, 5, 6)\nchoose(1, 2, 3, kind=4, law=5, at=6)\nprint(1, 2, 3, 4, 5, 6)"
    assert refused(module_of(text).calls) == ["line 1: choose"]
