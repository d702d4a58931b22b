"""Loads agreements as they run, through the repository; one that cannot be read never stops the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.billing.change_checks import problems as wrong_changes
from contract_assembly.billing.credit_checks import problems as wrong_credits
from contract_assembly.billing.credit_rules import credit_rule
from contract_assembly.billing.issued import INVOICED, RESTORE, Issued
from contract_assembly.billing.issued import read as read_rows
from contract_assembly.billing.running import Limits, Running, Timing
from contract_assembly.billing.service_credits import CreditRule
from contract_assembly.billing.signed_facts import Signatures, SignedVersion
from contract_assembly.billing.usage_checks import problems as wrong_usage
from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import Book
from contract_assembly.blocks.ledger_integrity import differs_from_git
from contract_assembly.blocks.loader import book_of
from contract_assembly.blocks.settlement import credit
from contract_assembly.clauses.choice import agreed_clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.values import Money
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import CHANGES, Changes
from contract_assembly.facts.fields import Located
from contract_assembly.facts.price_index import Series, read_series
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.term_dates import initial_term
from contract_assembly.facts.usage import USAGE, Usage
from contract_assembly.renewals.ending import end_of
from contract_assembly.renewals.index_steps import with_index
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN, GONE_OUT
from contract_assembly.repository.selection import read_each
from contract_assembly.rules.facts import problems as wrong_facts

Account: TypeAlias = Running | Book
_CHARGED_WORDS = ("months", "credit")  # what Service Credits follow from, in service.yaml
_CHARGED = re.compile(rf"\b({'|'.join(_CHARGED_WORDS)})[\"']?[ \t]*:")
# When the Recurring Fee is invoiced, by the clause of slot "fees"; the preferred one has it invoiced in advance.
_TIMINGS: Mapping[str, Timing] = {"fees-after-invoice": "on-first-day", "fees-in-arrears": "in-arrears"}
_TERM = re.compile(r"^term: (2\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]))[ \t]*$", re.MULTILINE)


class Accounts(Struct, dict=True):
    """The agreements of a repository that were sent or signed, as they run. `warnings` are those found while reading them."""

    repository: Repository
    _series: dict[str, Series] = field(default_factory=dict)

    @cached_property
    def signatures(self) -> Signatures:
        """What was signed, read from the files and from git."""
        return Signatures(self.repository)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What was read in another way than it was signed."""
        return tuple(dict.fromkeys(self.signatures.problems))

    def every(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], Account | RefusedError]]:
        """Each agreement that is not a draft, or why it cannot be read."""

        def account(client: str, name: str) -> Account | None:
            gone_out = self.repository.agreed(client, name).model.status in GONE_OUT
            return self.one(client, name) if gone_out else None

        return read_each(self.repository, pairs, account)

    def one(self, client: str, name: str) -> Account:
        """An agreement. Raises RefusedError with every problem of its files."""
        inputs = self.repository.inputs(client, name)
        if not isinstance(inputs, Inputs):
            return book_of(self.repository, client, name)
        if wrong := errors(wrong_facts(inputs)):
            raise RefusedError(wrong)
        found = self._running(client, name, inputs)
        if wrong := (*wrong_changes(found), *wrong_credits(found)) or tuple(wrong_usage(found)):
            raise RefusedError(wrong)
        return found

    def _running(self, client: str, name: str, inputs: Inputs) -> Running:
        folder = folder_of(client, name)
        path, usage = f"{folder}/{CHANGES}", f"{folder}/{USAGE}"
        changes = self.repository.load(Changes, path) if self.repository.source.exists(path) else _no_changes(path)
        service, versions = (
            self._service(client, name),
            self._with_index(self.signatures.versions(client, name, inputs)),
        )
        renews, measured = inputs.agreement.model.renews, bool(service and service.model.months)
        earlier = self._service(client, renews) if renews and measured else None
        return Running(
            client=client,
            name=name,
            inputs=inputs,
            versions=versions,
            changes=changes,
            last=self.last_day(client, name, inputs),
            signed_on=self.signatures.signed_on(client, name),
            in_effect=binds(inputs),
            chain=self._first_of(client, name),
            service=service,
            usage=self.repository.load(Usage, usage) if self.repository.source.exists(usage) else None,
            limits=self._limits(client, name, inputs) if changes.model.changes else Limits(),
            service_before=earlier.model if earlier else None,
            credit_rules=self._credit_rules(client, name, versions) if measured else (),
            timing=self._timing(client, name, versions[0].inputs),
            unused=self._unused(client, name, inputs.agreement.model),
        )

    def _with_index(self, versions: tuple[SignedVersion, ...]) -> tuple[SignedVersion, ...]:
        """What was signed, with the percentages of price steps that follow an index, as far as its figures are published."""
        return tuple(replace(each, inputs=with_index(each.inputs, self._series_of(each.inputs))) for each in versions)

    def _series_of(self, inputs: Inputs) -> Series | None:
        fees = inputs.agreement.model.fees
        path = f"provider/indices/{fees.increase.series}.csv"
        if not any(each.index for each in fees.steps) or not self.repository.source.exists(path):
            return None
        if path not in self._series:
            self._series[path] = read_series(self.repository.text(path), path)
        return self._series[path]

    def _service(self, client: str, name: str) -> Located[Service] | None:
        """The figures of a term. Where the text shows that none of them is charged, only the term is read: most of the file is
        for letters."""
        path = f"{folder_of(client, name)}/service.yaml"
        if not self.repository.source.exists(path):
            return None
        text = self.repository.text(path)
        charged = any(each in text for each in _CHARGED_WORDS) and _CHARGED.search(text)
        if not charged and (term := _TERM.search(text)):
            return Located(Service(term=date.fromisoformat(term[1])), {"": Origin(path)})
        return self.repository.load(Service, path)

    def _credit_rules(
        self, client: str, name: str, versions: tuple[SignedVersion, ...]
    ) -> tuple[CreditRule | None, ...]:
        found = [credit_rule(self.repository, client, name, each.inputs) for each in versions]
        self.signatures.problems += [each for each in found if isinstance(each, Problem)]
        return tuple(None if isinstance(each, Problem) else each for each in found)

    def _timing(self, client: str, name: str, inputs: Inputs) -> Timing:
        """When the Recurring Fee is invoiced: in advance, unless another clause of the library was chosen for it. What an
        agreement's own words say is not read, so a warning names them."""
        own = f"{folder_of(client, name)}/clauses"
        if "fees" not in inputs.agreement.model.choose and not self.repository.source.names(own):
            return "in-advance"
        found = agreed_clause("fees", self.repository.library(client, name), inputs.use, inputs.agreement)
        if found and found[0].located.at().path.startswith(f"{own}/"):
            self.signatures.problems.append(_own_words(found[0].located.at("id")))
        return _TIMINGS.get(found[0].head.id, "in-advance") if found else "in-advance"

    def _unused(self, client: str, name: str, agreed: Agreement) -> Money | None:
        """The credit for the hours that the block which a contract replaces had left: less than agreed where work of earlier days
        was booked later (clauses block-conversion and fees-credit)."""
        if not agreed.converts or agreed.fees.credit is None:
            return None
        book = book_of(self.repository, client, agreed.converts)
        change = book.account.model.conversion
        if change is None or change.agreement != name:
            return None
        return credit(book, state(book, change.first_day))

    def _first_of(self, client: str, name: str) -> str:
        """The first of the agreements that renew each other up to this one."""
        seen, known = [name], self.repository.agreements(client)
        while (before := getattr(self.repository.agreed(client, seen[-1]).model, "renews", None)) in known:
            if before in seen:
                break
            seen.append(before)
        return seen[-1]

    def _limits(self, client: str, name: str, inputs: Inputs) -> Limits:
        library = self.repository.library(client, name)
        if not (found := agreed_clause("changes", library, inputs.use, inputs.agreement)):
            return Limits()
        values = found[1]
        return Limits(**{each: values[each].value for each in ("removal", "floor") if each in values})

    def last_day(self, client: str, name: str, inputs: Inputs) -> date | None:
        """The last day of a contract: by an end, of an initial term that does not renew by itself, or before the agreement that
        follows; None if it continues."""
        found = [each.last_day for each in (end_of(inputs.agreement, inputs.calendar.model),) if each]
        if inputs.agreement.model.term.renewal != "automatic":
            found.append(initial_term(inputs.agreement.model).last)
        for other in self.repository.agreements(client):
            agreed = self.repository.agreed(client, other).model
            if isinstance(agreed, Agreement) and agreed.renews == name and _takes_over(agreed, inputs):
                found.append(agreed.term.first_day - timedelta(days=1))
        return min(found, default=None)


def issued_by(repository: Repository, client: str) -> Issued:
    """What was handed over for a client. Raises RefusedError where its file was changed by hand."""
    path = f"{folder_of(client)}/{INVOICED}"
    if not repository.source.has(path):
        return Issued(path)
    return read_rows(repository.read(path), path, client)


def removed_rows(accounts: Accounts, issued: Issued) -> Problem | None:
    """A row of `invoiced.csv` that was committed and is gone, so that its charge would be handed over twice; None if there is
    none. Digests find every other change; the last rows, and the whole file, only git remembers."""
    committed = accounts.signatures.last_commit.read(issued.path)
    return differs_from_git(issued.data, committed, issued.path, "invoiced-witness", RESTORE)


def entry_problems(repository: Repository, pairs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """What is wrong in `changes.yaml` and `usage.yaml` of these agreements, whatever their status, and in `invoiced.csv` of their
    clients; other files are not judged."""
    accounts, pairs = Accounts(repository), tuple(pairs)
    for client in dict.fromkeys(client for client, _ in pairs):
        try:
            if gone := removed_rows(accounts, issued_by(repository, client)):
                yield gone
        except RefusedError as error:
            yield from error.problems
    for client, name in pairs:
        paths = {f"{folder_of(client, name)}/{each}" for each in (CHANGES, USAGE)}
        if any(repository.source.has(path) for path in paths):
            try:
                accounts.one(client, name)
            except RefusedError as error:
                yield from (each for each in error.problems if each.origin and each.origin.path in paths)


def _own_words(at: Origin) -> Problem:
    what = "this agreement has its own words on fees, which are not read: the fee is invoiced in advance"
    hint = "look up when they let you invoice, and hand the invoices over on that day"
    return Problem("own-words-on-fees", what, at, hint, "warning")


def binds(inputs: Inputs) -> bool:
    """Whether an agreement binds both parties: it was signed, or continues one that renews by itself at changed prices only."""
    before, agreed = inputs.before, inputs.agreement.model
    return agreed.status in FROZEN or (before is not None and _goes_on(agreed, before.model))


def _takes_over(next_: Agreement, inputs: Inputs) -> bool:
    return next_.status in FROZEN or _goes_on(next_, inputs.agreement.model)


def _goes_on(next_: Agreement, before: Agreement) -> bool:
    """Whether a next term that was sent needs no signature (clauses renewal and annual-adjustment): the term before renews by
    itself, under the same plan, with no line ended and no longer commitment."""
    meant = before.renewal
    other = next_.plan != before.plan or bool(meant and (meant.ended or meant.commitment))
    return next_.status == "sent" and before.term.renewal == "automatic" and not other


def _no_changes(path: str) -> Located[Changes]:
    return Located(Changes(), {"": Origin(path)})
