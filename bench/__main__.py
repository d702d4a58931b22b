"""`python -m bench`: run the benchmarks and print each table when it is measured, or all as JSON."""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from bench import checking, cold, comparing, hours, money, pages, peers, warm
from bench.clock import Group
from bench.report import as_data, as_text
from contract_assembly.build.pipeline import draft
from contract_assembly.repository.inputs import Repository

ROUNDS = 3  # about three minutes on two quiet cores
SHORTER = ("hudson", "2026-block")  # a third as long as acme's, so that start-up time weighs more


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as scratch:
        groups = (_peers if arguments.peers else _own)(arguments, Path(scratch))
        if arguments.json:
            print(json.dumps(as_data(groups), indent=2))
        else:
            for each in groups:
                print(as_text(each), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="compare with other tools instead")
    parser.add_argument(
        "--only", nargs="+", choices=TABLES, metavar="TABLE", help=f"these tables only: {', '.join(TABLES)}"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each job is timed (default: {ROUNDS})")
    parser.add_argument("--root", type=Path, default=cold.HERE, help="folder with the clauses and facts to build")
    parser.add_argument("--client", default="acme")
    parser.add_argument("--agreement", default="2026-support")
    return parser.parse_args()


def _own(arguments: argparse.Namespace, scratch: Path) -> Iterator[Group]:
    for name in arguments.only or TABLES:
        yield from TABLES[name](
            Contract(arguments.root, arguments.client, arguments.agreement), scratch / name, arguments.rounds
        )


class Contract(Struct, frozen=True):
    """What is measured: a contract of a repository."""

    root: Path
    client: str
    agreement: str

    def named(self) -> tuple[Path, str, str]:
        return self.root, self.client, self.agreement


def _naive(contract: Contract, scratch: Path, rounds: int) -> Iterator[Group]:
    repository = Repository(contract.root)
    document = draft(repository, contract.client, contract.agreement).document
    yield from warm.against_naive(document, repository.house(), rounds)


TABLES: Mapping[str, Callable[[Contract, Path, int], Iterable[Group]]] = {
    "cold": lambda contract, scratch, rounds: [cold.cold(*contract.named(), scratch, rounds)],
    "check": lambda contract, scratch, rounds: [checking.checking(contract.root, scratch, rounds)],
    "diff": lambda contract, scratch, rounds: [comparing.diff(*contract.named(), scratch, rounds)],
    "impact": lambda contract, scratch, rounds: [comparing.impact(scratch, rounds)],
    "warm": lambda contract, scratch, rounds: [warm.stages(*contract.named(), rounds)],
    "ours": lambda contract, scratch, rounds: [warm.around_weasyprint(*contract.named(), rounds)],
    "naive": _naive,
    "hours": lambda contract, scratch, rounds: hours.hours(contract.root, rounds),
    "money": lambda contract, scratch, rounds: [money.money(scratch, rounds)],
    "pages": lambda contract, scratch, rounds: pages.pages(scratch, rounds),
}


def _peers(arguments: argparse.Namespace, scratch: Path) -> Iterator[Group]:
    for client, agreement in dict.fromkeys([(arguments.client, arguments.agreement), SHORTER]):
        yield from peers.against_peers(arguments.root, client, agreement, scratch / client, arguments.rounds)


if __name__ == "__main__":
    main()
