"""Python's garbage collector out of the way."""

import gc

import pytest

from contract_assembly.core.garbage import not_collected


@pytest.fixture(autouse=True)
def as_before():
    before = gc.isenabled()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_off_inside_and_afterwards_as_it_was(on):
    (gc.enable if on else gc.disable)()
    with not_collected():
        assert not gc.isenabled()
    assert gc.isenabled() is on


def test_it_is_on_again_after_a_fault():
    gc.enable()

    def fails():
        with not_collected():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert gc.isenabled()
