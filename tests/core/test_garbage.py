"""Python's garbage collector out of the way, and freed memory given back."""

import ctypes
import gc
import platform
import re
from pathlib import Path

import pytest

from contract_assembly.core import garbage
from contract_assembly.core.garbage import give_back_memory, not_collected


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


def resident():
    """Megabytes of this process in memory."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps its stock")
def test_what_was_freed_goes_back_to_the_system():
    library = ctypes.CDLL(None)
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    blocks = [library.malloc(2_000) for _ in range(50_000)]
    for each in blocks:
        ctypes.memset(ctypes.c_void_p(each), 1, 2_000)
    for each in blocks[:-1]:  # the last one keeps glibc from doing it by itself
        library.free(each)
    before = resident()
    give_back_memory()
    assert before - resident() > 80
    library.free(blocks[-1])


def test_a_c_library_without_that_function_changes_nothing(monkeypatch):
    garbage._trim.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    try:
        give_back_memory()
    finally:
        garbage._trim.cache_clear()
