"""What all tests share: properties have no deadline, and tests that take long are marked `slow`."""

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.laid_out import lay_out_once

# How fast a machine is proves nothing about the code: speed is measured by `make bench`.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

# Folders and files whose tests lay out pages, start processes or build samples. `make test-quick` leaves them out.
SLOW = (
    "actions",
    "billing/test_properties.py",
    "blocks/test_loader.py",
    "blocks/test_properties.py",
    "build",
    "cli",
    "compare/test_marking.py",
    "letters",
    "renewals/duties/test_calendar_file.py",
    "renewals/duties/test_upcoming.py",
    "renewals/test_contract_promises.py",
    "renewals/test_next_term.py",
    "renewals/test_portfolio.py",
    "renewals/test_prefilter.py",
    "repository/store",
    "repository/test_cluster.py",
    "repository/test_brand.py",
    "repository/test_git.py",
    "repository/test_git_process.py",
    "repository/test_git_setup.py",
    "repository/test_lost_files.py",
    "repository/test_revision.py",
    "repository/test_store.py",
    "repository/yaml_editor",
    "rules/document/test_readability.py",
    "web/test_site.py",
    "whole/test_bench.py",
    "whole/test_combinations.py",
    "whole/test_docs.py",
    "whole/test_firm.py",
    "whole/test_hostile_values.py",
    "whole/test_interrupted.py",
    "whole/test_parity.py",
    "whole/test_places.py",
    "whole/test_refused.py",
    "whole/test_reproducible.py",
    "whole/test_rungs.py",
    "writers",
)
# Where pages are laid out each time, because the layout itself is under test.
LAID_OUT_EACH_TIME = ("bench", "documents", "whole/test_bench.py", "whole/test_reproducible.py", "writers")
HERE = Path(__file__).parent


@pytest.fixture(autouse=True, scope="module")
def pages_are_laid_out_once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if not any(request.path.is_relative_to(HERE / name) for name in LAID_OUT_EACH_TIME):
            base = tmp_path_factory.getbasetemp()
            lay_out_once((base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "laid-out", patch)
        yield


@cache
def is_slow(path: Path) -> bool:
    return any(path.is_relative_to(HERE / name) for name in SLOW)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`make test-quick` does not even import what it would leave out."""
    return True if config.option.markexpr == "not slow" and is_slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if is_slow(item.path):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What was collected stays until the end, and trees of documents hold no circles: the garbage collector, which took a
    quarter of the time, need not look at the one, nor so often at the other."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
