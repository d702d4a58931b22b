"""Memory: Python's garbage collector out of the way while many objects are made that live on, because it looks through them for
nothing; and what the C library has in stock given back."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def not_collected() -> Iterator[None]:
    """Turn the collector off inside the context, and on again if it was on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def give_back_memory() -> None:
    """Return to the system what was freed. Of many small blocks, glibc keeps most. Other C libraries have no such function, and
    nothing happens."""
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    import ctypes  # for work on many agreements only

    try:
        found: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library; Windows takes no None
        return lambda _: None
    return found
