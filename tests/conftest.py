"""What all tests share: properties have no deadline, and tests that take long are marked `slow`."""

import gc
from pathlib import Path

import pytest
from hypothesis import settings

# How fast a machine is proves nothing about the code: speed is measured by `make bench`.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

# Folders and files whose tests lay out pages, start processes or build samples. `make test-quick` leaves them out.
SLOW = (
    "actions",
    "blocks/test_loader.py",
    "blocks/test_properties.py",
    "build",
    "cli",
    "compare/test_marking.py",
    "letters",
    "renewals/duties/test_upcoming.py",
    "renewals/test_contract_promises.py",
    "renewals/test_portfolio.py",
    "repository/store",
    "repository/test_brand.py",
    "repository/test_git.py",
    "repository/test_git_setup.py",
    "repository/test_store.py",
    "repository/yaml_editor",
    "rules/document/test_readability.py",
    "service",
    "whole/test_bench.py",
    "whole/test_combinations.py",
    "whole/test_docs.py",
    "whole/test_firm.py",
    "whole/test_hostile_values.py",
    "whole/test_parity.py",
    "whole/test_refused.py",
    "whole/test_reproducible.py",
    "writers",
)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow = [HERE / name for name in SLOW]
    files = {path: any(path.is_relative_to(each) for each in slow) for path in {item.path for item in items}}
    for item in items:
        if files[item.path]:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What was collected stays until the end, and trees of documents hold no circles: the garbage collector, which took a
    quarter of the time, need not look at the one, nor so often at the other."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
