"""The rules of law that apply to an agreement, and whether its facts keep them. Pure; conditions use the language of clauses."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct

from contract_assembly.clauses.fill import holds
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Level, Problem
from contract_assembly.core.text import joined
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.law import LawRule, WindowRule
from contract_assembly.facts.template_values import Fact, Record

State = Literal["broken", "to be confirmed", "to be done", "kept", "to know"]


class LawFinding(Struct, frozen=True):
    """A rule that applies, and its state. `window` holds the first and last day for the step it asks for, both inclusive."""

    rule: LawRule
    state: State
    origin: Origin
    window: tuple[date, date] | None = None


NOT_VERIFIED = "not-verified"


def findings(inputs: AnyInputs[Any], facts: Record) -> tuple[LawFinding, ...]:
    """What is unverified, then every rule of every law that applies, in the order of the laws. Raises RefusedError for an
    invalid condition."""
    return (*unverified(inputs), *_findings(inputs, facts))


def unverified(inputs: AnyInputs[Any]) -> Iterator[LawFinding]:
    """The places whose law was never checked, each with the gate that counsel closes. They concern every document, not only the
    contract."""
    closed = {each.gate for each in inputs.agreement.model.confirmations}
    for law in inputs.laws:
        if gate := law.model.gate:
            rule = LawRule(
                id=NOT_VERIFIED,
                title=f"{law.model.name} ({law.model.id})",
                applies="true",
                requires=f"Counsel has checked this agreement against the law of {law.model.name}.",
                consequence="The clauses are general ones, and we know few or none of the rules of this place.",
                severity="block",
                authority="none",
                confirm=gate,
            )
            yield LawFinding(rule, "kept" if gate in closed else "to be confirmed", law.at())


def windows(inputs: AnyInputs[Any], facts: Record) -> tuple[LawFinding, ...]:
    """Only the rules with a window: they need fewer facts, and their days are those of the term in the facts."""
    return tuple(_findings(inputs, facts, windowed=True))


def _findings(inputs: AnyInputs[Any], facts: Record, *, windowed: bool = False) -> Iterator[LawFinding]:
    agreed = inputs.agreement.model
    closed = {each.gate for each in agreed.confirmations}
    for law in inputs.laws:
        for position, rule in enumerate(law.model.rules):
            at = f"rules.{position}"
            if agreed.kind not in rule.kinds or (windowed and not rule.window):
                continue
            if not holds(rule.applies, facts.entries, law.at(f"{at}.applies"), agreed.locale):
                continue
            broken = rule.broken and holds(rule.broken, facts.entries, law.at(f"{at}.broken"), agreed.locale)
            window = _window(rule.window, facts) if rule.window else None
            yield LawFinding(rule, _state(rule, closed, window, broken=bool(broken)), law.at(at), window)


def _state(rule: LawRule, closed: set[str], window: tuple[date, date] | None, *, broken: bool) -> State:
    if broken:
        return "broken"
    if rule.confirm and rule.confirm not in closed:
        return "to be confirmed"
    if window:
        return "to be done"
    return "kept" if rule.broken or rule.confirm else "to know"


def _window(window: WindowRule, facts: Record) -> tuple[date, date] | None:
    """The days counted back from the day named: 30 to 15 days before 1 Aug 2026 is 2 to 17 Jul 2026."""
    term = facts.entries.get("term")
    day = term.entries.get(window.before) if isinstance(term, Record) else None
    if not isinstance(day, Fact) or not isinstance(day.value, date):
        return None
    return day.value - timedelta(days=window.earliest.count), day.value - timedelta(days=window.latest.count)


def problems(found: tuple[LawFinding, ...], agreement: Origin, *, final: bool) -> Iterator[Problem]:
    """The problems of a build: in a draft, rules only warn; in a final version, a blocking rule or an open gate stops it."""
    if unchecked := [each.rule for each in found if each.rule.id == NOT_VERIFIED and each.state != "kept"]:
        places = joined(rule.title for rule in unchecked)
        entries = joined(f"{{gate: {rule.confirm}, by: NAME, on: DATE}}" for rule in unchecked)
        hint = f"{unchecked[0].consequence} When counsel has read the agreement, add to confirmations: {entries}"
        what = f"this document was never checked against the law of {places}"
        yield Problem(NOT_VERIFIED, what, agreement, hint, "error" if final else "warning")
    for finding in (each for each in found if each.rule.id != NOT_VERIFIED):
        rule = finding.rule
        level = _LEVELS.get((finding.state, rule.severity, final))
        if level:
            what = (
                f"{rule.id}: {rule.requires}"
                if finding.state == "broken"
                else f"{rule.id}: please confirm: {rule.requires}"
            )
            hint = f"{rule.consequence} Authority: {rule.authority}; verified by: {rule.verified_by}. {_cure(finding)}"
            yield Problem("law", what, agreement, hint, level)


_LEVELS: dict[tuple[str, str, bool], Level] = {
    ("broken", "block", True): "error",
    ("broken", "block", False): "warning",
    ("broken", "warn", True): "warning",
    ("broken", "warn", False): "warning",
    ("to be confirmed", "block", True): "error",
    ("to be confirmed", "warn", True): "error",
    ("to be confirmed", "inform", True): "error",
}


def _cure(finding: LawFinding) -> str:
    if finding.state == "to be confirmed":
        return (
            f"When a person has done this, add to confirmations: {{gate: {finding.rule.confirm}, by: NAME, on: DATE}}"
        )
    return f"The rule is in {finding.origin}"


def open_gates(found: tuple[LawFinding, ...]) -> tuple[str, ...]:
    """The sentences that a person has yet to confirm, each once."""
    return tuple(dict.fromkeys(each.rule.requires for each in found if each.state == "to be confirmed"))
