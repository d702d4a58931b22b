"""Create a repository of N realistic clients from the samples, with varied laws, plans, counts, dates and names; the same
seed gives the same files. `python -m bench.firm N DIR [--seed S]`; DIR must not exist."""

import argparse
import random
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

HERE = Path(__file__).resolve().parents[1]
SUPPORT = ("acme", "brookfield", "lakeside", "liffey", "pecan")
BLOCKS = ("hudson", "solano")
FIRST = (
    "Alder",
    "Birch",
    "Cedar",
    "Dover",
    "Elm",
    "Falcon",
    "Garnet",
    "Harbor",
    "Iris",
    "Juniper",
    "Kestrel",
    "Linden",
)
SECOND = (
    "Bridge",
    "Creek",
    "Dale",
    "Field",
    "Gate",
    "Grove",
    "Hill",
    "Lane",
    "Marsh",
    "Mill",
    "Ridge",
    "Shore",
    "Vale",
)
TRADE = (
    "Architects",
    "Bakery",
    "Dental",
    "Design",
    "Foods",
    "Freight",
    "Law",
    "Optics",
    "Printing",
    "Textiles",
    "Travel",
)
SHARED = ("clauses", "templates", "provider")


class Sample(Struct, frozen=True):
    """A sample client's files, as text."""

    client: str
    agreement: str
    files: dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.firm", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--status", default="signed", help="status of every agreement (default: signed)")
    arguments = parser.parse_args()
    firm(arguments.count, arguments.folder, arguments.seed, arguments.status)
    print(f"{arguments.folder}: {arguments.count} clients")


def firm(count: int, folder: Path, seed: int = 1, status: str = "signed") -> None:
    """Write a firm with `count` clients into a folder that does not exist yet."""
    folder.mkdir(parents=True)
    for each in SHARED:
        shutil.copytree(HERE / each, folder / each)
    samples = {each.client: each for each in _samples()}
    chance = random.Random(seed)  # noqa: S311  # names, no secrets
    for number in range(count):
        sample = samples[chance.choice(BLOCKS if chance.random() < 0.1 else SUPPORT)]
        for path, text in _client(sample, number, chance, status):
            target = folder / "agreements" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")


def _samples() -> Iterator[Sample]:
    for client in (*SUPPORT, *BLOCKS):
        base = HERE / "agreements" / client
        agreement = next(each.parent.name for each in sorted(base.glob("*/agreement.yaml")))
        names = ("client.yaml", f"{agreement}/agreement.yaml", f"{agreement}/service.yaml")
        files = {name: (base / name).read_text("utf-8") for name in names if (base / name).exists()}
        yield Sample(client, agreement, files)


def _client(sample: Sample, number: int, chance: random.Random, status: str) -> Iterator[tuple[str, str]]:
    """The files of one client, with names, ids, counts and the first day changed."""
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(TRADE)} {number}"
    folder = re.sub(r"[^a-z0-9]+", "-", name.lower())
    shift = timedelta(days=chance.randrange(365))
    size = chance.choice((0.5, 0.8, 1, 1.5, 2.5))
    for path, text in sample.files.items():
        if path == "client.yaml":
            yield f"{folder}/client.yaml", _renamed(text, name, folder)
        elif path.endswith("agreement.yaml"):
            yield f"{folder}/{path}", _agreed(text, number, shift, size, status)
        else:
            yield f"{folder}/{path}", _moved(_without_months(text), shift)


def _renamed(text: str, name: str, folder: str) -> str:
    text = re.sub(r"(?m)^  name: .*", f"  name: {name} Ltd", text, count=1)
    text = re.sub(r"(?m)^  short: .*", f"  short: {name}", text, count=1)
    return re.sub(r"@[a-z0-9-]+\.example", f"@{folder}.example", text)


def _agreed(text: str, number: int, shift: timedelta, size: float, status: str) -> str:
    text = re.sub(r"(?m)^id: (\S+)", lambda found: f"id: {found[1]}-{number}", text, count=1)
    text = re.sub(r"(?m)^status: \S+", f"status: {status}", text, count=1)
    text = re.sub(r"(?m)^  users: (\d+)", lambda found: f"  users: {max(1, round(int(found[1]) * size))}", text)
    return _moved(text, shift)


def _without_months(text: str) -> str:
    """The figures without those of calendar months, which cannot begin on another day."""
    return text.partition("\nmonths:\n")[0] + "\n"


def _moved(text: str, shift: timedelta) -> str:
    """Move every date back by the same number of days, so that the terms in a firm are spread over a whole year."""
    return re.sub(r"\b(20\d\d-\d\d-\d\d)\b", lambda found: str(date.fromisoformat(found[1]) - shift), text)


if __name__ == "__main__":
    main()
