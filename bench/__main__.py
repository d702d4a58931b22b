"""`python -m bench`: measures, prints tables or JSON."""

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import checking, cold, comparing, hours, peers, warm
from bench.clock import Group
from bench.report import as_data, as_text
from contract_assembly.build.pipeline import draft
from contract_assembly.repository.inputs import Repository

SHORTER = ("hudson", "2026-block")  # half as long as acme's: what a tool spends on its start weighs more


def main() -> None:
    asked = _asked()
    with tempfile.TemporaryDirectory() as scratch:
        found = tuple((_peers if asked.peers else _own)(asked, Path(scratch)))
    print(json.dumps(as_data(found), indent=2) if asked.json else as_text(found))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="measure beside other tools instead")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--rounds", type=int, default=7, help="how many times each job is timed (default: 7)")
    parser.add_argument("--root", type=Path, default=cold.HERE, help="the words and facts that are built")
    parser.add_argument("--client", default="acme")
    parser.add_argument("--agreement", default="2026-support")
    return parser.parse_args()


def _own(asked: argparse.Namespace, scratch: Path) -> Iterator[Group]:
    repository = Repository(asked.root)
    document = draft(repository, asked.client, asked.agreement).document
    yield cold.cold(asked.root, asked.client, asked.agreement, scratch, asked.rounds)
    yield checking.checking(asked.root, scratch / "check", asked.rounds)
    yield comparing.diff(asked.root, asked.client, asked.agreement, scratch / "compare", asked.rounds)
    yield comparing.impact(scratch / "impact", asked.rounds)
    yield warm.stages(asked.root, asked.client, asked.agreement, asked.rounds)
    yield warm.around_weasyprint(asked.root, asked.client, asked.agreement, asked.rounds)
    yield from warm.against_naive(document, repository.house(), asked.rounds)
    yield from hours.hours(asked.root, asked.rounds)


def _peers(asked: argparse.Namespace, scratch: Path) -> Iterator[Group]:
    for client, agreement in dict.fromkeys([(asked.client, asked.agreement), SHORTER]):
        yield from peers.beside(asked.root, client, agreement, scratch / client, asked.rounds)


if __name__ == "__main__":
    main()
