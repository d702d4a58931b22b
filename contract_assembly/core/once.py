"""Work that is done once for the same objects. Pure."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


def once_for_each(most: int) -> Callable[[F], F]:
    """Keep what a function returns for the very same objects, such as the files of a firm, which thousands of agreements share.
    Objects are known by their identity: a model with all its lines takes longer to compare than most of what is asked about it.
    They are kept with the results of at most `most` calls; then all are dropped and computed again."""

    def kept(function: F) -> F:
        known: dict[tuple[int, ...], tuple[tuple[object, ...], object]] = {}

        @wraps(function)
        def found(*objects: object) -> object:
            key = tuple(map(id, objects))
            if key not in known:
                if len(known) >= most:
                    known.clear()
                known[key] = objects, function(*objects)
            return known[key][1]

        return cast("F", found)

    return kept
