"""Every struct of the program behaves as a reader expects of a class that compares by its fields."""

from importlib import import_module
from inspect import getmembers, isclass

from msgspec import Struct

from tests.helpers.program import MODULES


def of(name: str) -> list[type[Struct]]:
    """The structs of a module."""
    home = f"contract_assembly.{name}"
    found = (each for _, each in getmembers(import_module(home), isclass))
    return [each for each in found if issubclass(each, Struct) and each.__module__ == home]


def halfway(kinds: list[type[Struct]]) -> list[str]:
    """Structs that say what they equal, but leave it to msgspec what they do not equal, which takes no notice of the first."""
    return [each.__name__ for each in kinds if "__eq__" in vars(each) and "__ne__" not in vars(each)]


def test_what_says_what_it_equals_says_also_what_it_does_not():
    assert sum(len(of(name)) for name in MODULES) > 300
    assert not [each for name in MODULES for each in halfway(of(name))]


def test_a_struct_that_says_half_of_it_is_found():
    class Half(Struct, eq=False):
        value: int

        def __eq__(self, other):
            return self.value == other

    assert (Half(1) == 1, Half(1) != 1) == (True, True)
    assert halfway([Half]) == ["Half"]
