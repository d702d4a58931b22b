"""What a piece of work is refused for."""

from collections.abc import Callable

import pytest

from contract_assembly.core.problems import RefusedError


def refused(work: Callable[[], object]) -> list[tuple[str, str | None]]:
    """The rule and "path:line" of every problem; each must have a hint."""
    with pytest.raises(RefusedError) as caught:
        work()
    assert all(problem.hint for problem in caught.value.problems)
    return [(problem.rule, problem.origin and str(problem.origin)) for problem in caught.value.problems]
