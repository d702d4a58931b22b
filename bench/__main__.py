"""`python -m bench`: run the benchmarks and print the results as tables or JSON."""

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import checking, cold, comparing, hours, money, pages, peers, warm
from bench.clock import Group
from bench.report import as_data, as_text
from contract_assembly.build.pipeline import draft
from contract_assembly.repository.inputs import Repository

SHORTER = ("hudson", "2026-block")  # half as long as acme's, so that start-up time weighs more


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as scratch:
        found = tuple((_peers if arguments.peers else _own)(arguments, Path(scratch)))
    print(json.dumps(as_data(found), indent=2) if arguments.json else as_text(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="compare with other tools instead")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=7, help="how often each job is timed (default: 7)")
    parser.add_argument("--root", type=Path, default=cold.HERE, help="folder with the clauses and facts to build")
    parser.add_argument("--client", default="acme")
    parser.add_argument("--agreement", default="2026-support")
    return parser.parse_args()


def _own(arguments: argparse.Namespace, scratch: Path) -> Iterator[Group]:
    repository = Repository(arguments.root)
    document = draft(repository, arguments.client, arguments.agreement).document
    yield cold.cold(arguments.root, arguments.client, arguments.agreement, scratch, arguments.rounds)
    yield checking.checking(arguments.root, scratch / "check", arguments.rounds)
    yield comparing.diff(arguments.root, arguments.client, arguments.agreement, scratch / "compare", arguments.rounds)
    yield comparing.impact(scratch / "impact", arguments.rounds)
    yield warm.stages(arguments.root, arguments.client, arguments.agreement, arguments.rounds)
    yield warm.around_weasyprint(arguments.root, arguments.client, arguments.agreement, arguments.rounds)
    yield from warm.against_naive(document, repository.house(), arguments.rounds)
    yield from hours.hours(arguments.root, arguments.rounds)
    yield money.money(scratch / "money", arguments.rounds)
    yield from pages.pages(scratch / "pages", arguments.rounds)


def _peers(arguments: argparse.Namespace, scratch: Path) -> Iterator[Group]:
    for client, agreement in dict.fromkeys([(arguments.client, arguments.agreement), SHORTER]):
        yield from peers.against_peers(arguments.root, client, agreement, scratch / client, arguments.rounds)


if __name__ == "__main__":
    main()
