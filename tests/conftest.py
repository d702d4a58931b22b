"""What all tests share: properties have no deadline, and tests that take long are marked `slow`."""

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
    for item in items:
        if any(item.path.is_relative_to(each) for each in slow):
            item.add_marker(pytest.mark.slow)
