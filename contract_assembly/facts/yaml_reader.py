"""Read strict YAML from the events of PyYAML, which only this module imports: most files never need it (`facts.simple_yaml`)."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import yaml
from msgspec import Struct, field

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import refusal, shortened, shown
from contract_assembly.facts.yaml_nodes import (
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_SCALAR,
    MAX_VALUES,
    Mapping,
    Node,
    Scalar,
    Sequence,
)

# YAML starts a comment at a blank and a "#", so "Suite #300" would be "Suite". Here a comment needs a blank after the "#", too.
_CUT_OFF = re.compile(r"[ \t]+(#(?![ \t])[^\n]{0,60})")
_BLANK = (" ", "\t")
Composed: TypeAlias = Any  # PyYAML's node, with its marks
_MEND = "check the colons, quotes and indentation of this line and of the one above it"
_NOTHING = {"", "~", "null", "Null", "NULL"}  # what YAML reads as no value: never words for a contract
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # events only: nothing is ever constructed from them


def read(text: str, path: str, first_line: int, *, template: bool) -> Node:
    """One YAML document, as `strict_yaml.load` gives it. Raises RefusedError with all problems, up to MAX_PROBLEMS."""
    reader = _Reader(text, path, first_line, template)
    try:
        node = reader.document(_events(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reader.problems.append(Problem("yaml-syntax", _syntax(error), reader.origin(mark), _MEND))
        node = None
    if reader.problems or node is None:
        raise RefusedError(reader.problems)
    return node


def composed(text: str) -> Composed | None:
    """The top node of a text with the marks of each, which say where it is; nothing is checked. None for an empty text. Raises
    yaml's error for what is not YAML."""
    return yaml.compose(text, Loader=_LOADER)


def _events(text: str) -> Iterator[yaml.Event]:
    """The events of a text, without asking before each whether it is there, as `yaml.parse` does."""
    loader = _LOADER(text)
    try:
        while True:
            event = loader.get_event()
            yield event
            if type(event) is yaml.StreamEndEvent:
                return
    finally:
        loader.dispose()


def _syntax(error: yaml.YAMLError) -> str:
    return f"this is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"


class _Reader(Struct):
    source: str
    path: str
    first_line: int
    template: bool
    problems: list[Problem] = field(default_factory=list)
    depth: int = 0
    values: int = 0
    lines: dict[int, Origin] = field(default_factory=dict)  # one Origin for each line, however many values are on it

    def origin(self, mark: Any) -> Origin:
        line = self.first_line + (mark.line if mark else 0)
        try:
            return self.lines[line]
        except KeyError:
            known = self.lines[line] = Origin(self.path, line)
            return known

    def refuse(self, rule: str, what: str, mark: Any, hint: str = "") -> None:
        self.problems.append(Problem(rule, what, self.origin(mark), hint))
        if len(self.problems) == MAX_PROBLEMS:  # reading stops here
            raise RefusedError(self.problems)

    def stop(self, rule: str, what: str, origin: Origin, hint: str) -> RefusedError:
        """A bound is passed: report it with everything found so far, and read no further."""
        return RefusedError([*self.problems, Problem(rule, what, origin, hint)])

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        node: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                self.refuse("yaml-documents", "a second document starts here", event.start_mark, "keep one per file")
                return node
            if isinstance(event, yaml.NodeEvent):
                node = self.node(event, events)
        if node is None:
            self.refuse("yaml-empty", "the file is empty", None, "see docs/schema for what belongs in it")
        return node

    def node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event]) -> Node:
        mark = event.start_mark
        origin = self.origin(mark)
        self.values += 1
        if self.values > MAX_VALUES:
            raise self.stop("yaml-size", f"the file has more than {MAX_VALUES:,} keys and values", origin, "split it")
        if type(event) is yaml.ScalarEvent and not event.anchor and not event.tag:
            return self.scalar(event, origin)  # nearly every node
        if isinstance(event, yaml.AliasEvent):
            self.refuse("yaml-alias", f"*{shortened(str(event.anchor))} is an alias", mark, "write the value out")
            return Scalar("", origin)
        if event.anchor:
            self.refuse(
                "yaml-alias", f"&{shortened(event.anchor)} is an anchor", mark, "write the value out where it is needed"
            )
        if tag := getattr(event, "tag", None):
            self.refuse("yaml-tag", f"{shortened(tag)} is a tag", mark, "remove it; types come from the model")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, origin)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.stop("yaml-depth", f"nested deeper than {MAX_DEPTH} levels", origin, "flatten it")
        read: Callable[[Iterator[yaml.Event], Origin], Node]
        read = self.sequence if isinstance(event, yaml.SequenceStartEvent) else self.mapping
        node = read(events, origin)
        self.depth -= 1
        return node

    def scalar(self, event: yaml.ScalarEvent, origin: Origin) -> Scalar:
        text: str = event.value
        if not event.style:  # none, or "" in the C loader: not in quotes
            end = event.end_mark.index  # type: ignore[union-attr]  # the loader sets it
            if self.source[end : end + 1] in _BLANK and (cut_off := _CUT_OFF.match(self.source, end)):
                what = f"{shown(cut_off[1])} would be left out: after a blank, YAML takes # for the start of a comment"
                hint = "put the whole value in quotes; if it is a comment, write a blank after the #"
                self.refuse("yaml-comment", what, event.end_mark, hint)
            elif text in _NOTHING:
                self.refuse("yaml-no-value", "there is no value here", event.start_mark, "write one, or remove the key")
        if len(text) > MAX_SCALAR:
            self.refuse("yaml-size", f"this value is over {MAX_SCALAR:,} characters", event.start_mark, "shorten it")
        reason = refusal(text, template=self.template)
        if reason or text[:1].isspace() or text[-1:].isspace():
            reason = reason or "begins or ends with a blank"
            hint = "retype it on one line; pasted text often carries such characters along"
            self.refuse("fact-characters", f"this value {reason}", event.start_mark, hint)
        return Scalar(text, origin)

    def sequence(self, events: Iterator[yaml.Event], origin: Origin) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.node(event, events))  # type: ignore[arg-type]
        return Sequence(tuple(items), origin)

    def mapping(self, events: Iterator[yaml.Event], origin: Origin) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Origin] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.key(event, events)
            value = self.node(next(events), events)  # type: ignore[arg-type]
            name = key.text
            if name in entries:
                what = f"{shortened(name)} is here a second time; first on line {keys[name].line}"
                self.refuse("yaml-doubled-key", what, event.start_mark, "keep one of them")
            entries[name], keys[name] = value, key.origin
        return Mapping(entries, keys, origin)

    def key(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Scalar:
        node = self.node(event, events)  # type: ignore[arg-type]
        if not isinstance(node, Scalar) or node.text == "<<":
            self.refuse("yaml-key", "a key must be plain text", event.start_mark, "write a name followed by a colon")
            return Scalar("", node.origin)
        return node
