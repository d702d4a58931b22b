"""Enter the corrections of counts that a person ticked: those of one contract as a whole, with its letter, or not at all. Reads
and writes through `store`."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.change import enter
from contract_assembly.billing.count_comparison import corrections
from contract_assembly.billing.count_proposal import Ticked
from contract_assembly.billing.loader import Accounts
from contract_assembly.billing.new_change import ProposedChange
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import facts_on
from contract_assembly.core.paths import Target, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.in_force import count_of
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected
from contract_assembly.repository.store import Store

AGAIN = "compare again: build.py change --from … --mapping …"


class Corrected(Struct, frozen=True):
    """The corrections of one contract: the change and the files that were written; neither where all of it was there."""

    folder: str
    change: ProposedChange | None = None
    wrote: tuple[str, ...] = ()


def correct(store: Store, ticked: Iterable[Ticked], asked: date) -> tuple[tuple[Corrected, ...], tuple[Problem, ...]]:
    """Enter what is ticked, contract by contract, with letters of the day `asked`; and the problems of contracts of which
    nothing was entered."""
    found, problems = list[Corrected](), list[Problem]()
    ordered = sorted(ticked, key=lambda each: (each.client, each.agreement))
    for (client, name), group in groupby(ordered, key=lambda each: (each.client, each.agreement)):
        rows = tuple(group)
        try:
            found.append(_correct(store, client, name, rows, asked))
        except RefusedError as error:
            at = rows[0].origin
            problems += (replace(each, origin=each.origin or at) for each in error.problems)
    return tuple(found), tuple(problems)


def _correct(store: Store, client: str, name: str, rows: tuple[Ticked, ...], asked: date) -> Corrected:
    repository = Repository(store.root)
    selected(repository, [Target(client, name)])
    account = Accounts(repository).one(client, name)
    if not isinstance(account, Running):
        what = f"{folder_of(client, name)} is a prepaid block, whose hours are bought and not counted"
        raise RefusedError([Problem("not-a-contract", what, None, "remove this line")])
    new = tuple(each for each in rows if count_of(facts_on(account, each.on), each.what) != each.counted)
    if not new:
        return Corrected(account.folder)
    if wrong := [*_too_old(new, asked), *_moved_on(account, new)]:
        raise RefusedError(wrong)
    values = {each.what: each.counted for each in new}
    wanted = corrections(account, values, on=new[0].on, compared_on=asked, source=new[0].source)
    change, wrote = enter(store, client, name, wanted)
    return Corrected(account.folder, change, wrote)


def _too_old(rows: tuple[Ticked, ...], asked: date) -> Iterator[Problem]:
    """Corrections of two days, and of a month that has begun: nothing is billed backwards."""
    for each in rows:
        if each.on != rows[0].on:
            what = f"corrections of one contract begin on one day: {rows[0].on} and {each.on}"
            yield Problem("change-too-early", what, each.origin, AGAIN)
        elif each.on <= asked:
            what = f"this list corrects the fee from {each.on}; a letter of {asked} can do so only from the next month"
            yield Problem("change-too-early", what, each.origin, AGAIN)


def _moved_on(running: Running, rows: tuple[Ticked, ...]) -> Iterator[Problem]:
    """Counts that are no longer those of the list."""
    for each in rows:
        now = count_of(facts_on(running, each.on), each.what)
        if now != each.agreed:
            what = f"{each.what} is now {now} on {each.on}, and no longer {each.agreed}"
            yield Problem("change-from", what, each.origin, AGAIN)
