"""Every agreement of the firm with what decides its renewal, read through `repository`; a faulty client does not stop
the others."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache, partial

from msgspec import Struct, field

from contract_assembly.blocks.loader import book_of
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.lazy import OnDemand
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.agreement import Agreed, Agreement
from contract_assembly.facts.agreement_files import BlockInputs, Inputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.changes import CHANGES, Changes
from contract_assembly.facts.fields import Located
from contract_assembly.facts.law import Law
from contract_assembly.facts.outline import CONTRACT, OUTLINES
from contract_assembly.facts.price_index import Series, read_series
from contract_assembly.facts.service_record import Service
from contract_assembly.renewals.carried_changes import carried
from contract_assembly.renewals.context import BlockContext, RenewalContext, Successor
from contract_assembly.renewals.contract_promises import promises
from contract_assembly.renewals.ending import EXIT
from contract_assembly.renewals.index_steps import with_index
from contract_assembly.renewals.prefilter import reach
from contract_assembly.renewals.promised import Clauses, Promised, promised
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD, recorded
from contract_assembly.repository.selection import read_each

COUNTABLE = "the days of its terms must be countable in the calendar that it names"


def _plan(repository: Repository, name: str) -> Plan:
    return repository.load(Plan, f"provider/plans/{name}.yaml").model


class Portfolio(Struct):
    """A repository with everything that renewals share, read once."""

    repository: Repository
    _plans: Mapping[str, Plan] | None = None
    _series: dict[str, tuple[Series | None, tuple[Problem, ...]]] = field(default_factory=dict)
    _library: tuple[Clause, ...] | None = None
    _reach: int | None = None
    _duties: dict[str, Clauses] = field(default_factory=dict)

    def plans(self) -> Mapping[str, Plan]:
        """Every plan by id, read on first use, because a renewal depends only on the plans that it compares."""
        if self._plans is None:
            self._plans = OnDemand(self.repository.names("provider/plans", ".yaml"), partial(_plan, self.repository))
        return self._plans

    def laws(self) -> dict[str, Located[Law]]:
        """Every law, by id."""
        names = self.repository.names("clauses/law", ".yaml")
        return {each: self.repository.load(Law, f"clauses/law/{each}.yaml") for each in names}

    def reach(self) -> int:
        """The greatest number of days before a notice to decline on which anything is due."""
        if self._reach is None:
            self._reach = reach(each.model for each in self.laws().values())
        return self._reach

    def context(self, client: str, name: str) -> RenewalContext | BlockContext:
        """One agreement. Raises RefusedError with every problem of its files."""
        inputs = self.repository.inputs(client, name)
        if isinstance(inputs, BlockInputs):
            draft = inputs.agreement.model.status == "draft"
            book = None if draft else book_of(self.repository, client, name)
            proposed = tuple(self._days_of(client, name, "proposal"))
            return BlockContext(
                client=client,
                name=name,
                inputs=inputs,
                book=book,
                plans=self.plans(),
                proposed=proposed,
                promises_of=cache(partial(self._promised, inputs, client, name)),
            )
        folder = folder_of(client, name)
        try:
            promised = promises(inputs, self._clauses(client, name))
        except ValueError as error:
            hint = "the deadlines of a renewal follow from parameters of the clauses notices and renewal"
            raise RefusedError([Problem("no-period", str(error), inputs.agreement.at(), hint)]) from None
        service = f"{folder}/service.yaml"
        agreed = inputs.agreement.model
        follows = self._successor(client, name)
        series, unreadable = self._series_of(inputs)
        path = f"{folder}/{CHANGES}"
        changes = self.repository.load(Changes, path) if self.repository.source.exists(path) else None
        declined = any(each.says == "decline" for each in agreed.notices)
        return RenewalContext(
            client=client,
            name=name,
            inputs=with_index(carried(inputs, changes) if changes else inputs, series),
            promises=promised,
            plans=self.plans(),
            series=series,
            unreadable=unreadable,
            service=self.repository.load(Service, service) if self.repository.source.exists(service) else None,
            successor=follows,
            changed=self._changed(folder, inputs) if agreed.status == "signed" else (),
            siblings=tuple(
                each
                for each in self.repository.agreements(client)
                if each not in {name, follows.name if follows else name}
            ),
            answered=declined and any(self._days_of(client, name, "non-renewal")),
            filed=agreed if changes else None,
            promises_of=cache(partial(self._promised, inputs, client, name)),
        )

    def _days_of(self, client: str, name: str, kind: str) -> Iterator[date]:
        """The days of the documents of one kind under an agreement."""
        for each in self.repository.documents(client, name):
            path = f"{folder_of(client, name)}/documents/{each}.yaml"
            node = strict_yaml.load(self.repository.text(path), path)
            facts = node.entries.items() if isinstance(node, strict_yaml.Mapping) else ()
            texts = {key: fact.text for key, fact in facts if isinstance(fact, strict_yaml.Scalar)}
            if texts.get("document") == kind:
                with suppress(ValueError):  # a build reports an invalid day
                    yield date.fromisoformat(texts.get("date", ""))

    def _clauses(self, client: str, name: str) -> tuple[Clause, ...]:
        if self.repository.names(f"{folder_of(client, name)}/clauses", ".md"):
            return self.repository.library(client, name)
        if self._library is None:
            self._library = tuple(c for c in self.repository.library() if c.head.slot in {"notices", "renewal"})
        return self._library

    def _promised(self, inputs: Inputs | BlockInputs, client: str, name: str) -> tuple[Promised, ...]:
        """The duties that the clauses of its contract make."""
        document = OUTLINES[inputs.agreement.model.kind]
        if document not in self._duties:
            self._duties[document] = Clauses.of(self.repository.outline(document), self.repository.library())
        own = self._clauses(client, name)
        try:
            return promised(inputs, self._duties[document], [each for each in own if each.is_negotiated])
        except ValueError as error:
            raise RefusedError([Problem("period", str(error), inputs.agreement.at(), COUNTABLE)]) from None

    def _series_of(self, inputs: Inputs) -> tuple[Series | None, tuple[Problem, ...]]:
        """The index that prices follow, or what is wrong with its file. A fault in it stops a renewal, but no other
        duty.

        Raises RefusedError for an index that does not exist."""
        name = inputs.agreement.model.fees.increase.series
        if name is None:
            return None, ()
        path, known = f"provider/indices/{name}.csv", self.repository.names("provider/indices", ".csv")
        if name not in known:
            origin = inputs.agreement.at("fees.increase.series")
            raise RefusedError([Problem("unknown-index", f"unknown index: {name}", origin, did_you_mean(name, known))])
        if name not in self._series:
            try:
                self._series[name] = read_series(self.repository.text(path), path), ()
            except RefusedError as error:
                self._series[name] = None, tuple(error.problems)
        return self._series[name]

    def _successor(self, client: str, name: str) -> Successor | None:
        """The agreement that renews this one. Raises RefusedError if two do."""
        found = [each for each in self._siblings(client) if each[1].model.renews == name]
        if len(found) > 1:
            others = " and ".join(each for each, _ in found)
            what = f"{others} both renew {name}"
            raise RefusedError([Problem("renewed-twice", what, found[1][1].at("renews"), "a term is renewed once")])
        if not found:
            return None
        other, agreed = found[0]
        edited = self._unlike_record(folder_of(client, other), agreed.at().path) is True
        return Successor(other, agreed.model.status, agreed.model.term.first_day, edited)

    def _siblings(self, client: str) -> Iterator[tuple[str, Located[Agreement]]]:
        for name in self.repository.agreements(client):
            found: Located[Agreed] = self.repository.agreed(client, name)
            if isinstance(found.model, Agreement):
                yield name, found  # type: ignore[misc]

    def _changed(self, folder: str, inputs: Inputs) -> tuple[str, ...]:
        """The price list, if it differs, or may differ, from the one with which the contract was built; empty without a
        record."""
        plan = inputs.plan.at().path
        if not self.repository.source.exists(f"{folder}/{RECORD}"):
            return ()
        return () if self._unlike_record(folder, plan) is False else (plan,)

    def _unlike_record(self, folder: str, path: str) -> bool | None:
        """Whether a file differs from the one with which the contract was built; None if this is unknown."""
        then = recorded(self.repository, folder).of(CONTRACT).inputs.get(path)
        return None if then is None else then != self.repository.digests(path)


def contexts(
    portfolio: Portfolio, pairs: Iterable[tuple[str, str]], on: date
) -> Iterator[tuple[tuple[str, str], RenewalContext | BlockContext | RefusedError]]:
    """Each agreement that is not over on a day, or why it cannot be read; a failure does not stop the others."""

    def context(client: str, name: str) -> RenewalContext | BlockContext | None:
        over = _is_over(portfolio.repository.agreed(client, name).model, on)
        return None if over else portfolio.context(client, name)

    return read_each(portfolio.repository, pairs, context)


def _is_over(agreed: Agreed, on: date) -> bool:
    """Whether an agreement is ended and nothing is due any more. An agreement that was ended early or declined is in force until
    its last day, and its exit takes months after that. Only the account of a block shows when its last statement was sent."""
    if agreed.status != "ended" or not isinstance(agreed, Agreement):
        return False
    over = on - EXIT
    ahead = bool(agreed.ended and agreed.ended.last_day >= over)
    return not ahead and not any(each.says == "decline" and each.term > over for each in agreed.notices)
