"""Field types of all facts, and pydantic errors reported with file and line. Pure."""

import re
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError
from pydantic_core import CoreSchema, core_schema

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shortened, shown, typeset
from contract_assembly.core.values import Duration, Money, Percent, Weekdays, parse_date, parse_time
from contract_assembly.facts import simple_yaml, strict_yaml
from contract_assembly.facts.telephone import telephone

# Counts and factors: none of them is ever below zero.
_INTEGER = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class Model(BaseModel):
    """Base of every model: frozen, and strict about names."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class _As(Struct, frozen=True, eq=False):
    """How pydantic reads a field, and its JSON Schema where pydantic cannot derive one. Deriving both from a type and its
    validators for each field of each model took half of the time that it takes to make the models."""

    read: CoreSchema
    shown: Mapping[str, Any] | None = None

    def __get_pydantic_core_schema__(self, _type: Any, _handler: Any) -> CoreSchema:
        return copy(self.read)  # pydantic notes on it what each field of each model adds

    def __get_pydantic_json_schema__(self, read: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.shown) if self.shown else handler(read)


def _reader(
    read: Callable[[str], Any], kind: type, pattern: str, example: str, *, called: str = "", also: str = ""
) -> Any:
    """A field type that reads text with a parser; a value of its type passes unchanged. `called` is the `format` in its schema,
    by which a form knows what it asks for, and `also` the JSON type that an editor sees in the unquoted text."""

    def validate(value: Any) -> Any:
        if isinstance(value, kind) and not isinstance(value, str):
            return value
        if not isinstance(value, str):
            raise ValueError(f"a single value belongs here, like {example}")  # noqa: TRY004  # pydantic wants ValueError
        return read(value)

    schema = {"type": ["string", also] if also else "string", "pattern": pattern, "examples": [example]}
    schema |= {"format": called} if called else {}
    return Annotated[kind, _As(core_schema.no_info_plain_validator_function(validate), schema)]


def whole(text: str) -> int:
    """Read a whole number. Raises ValueError with a sentence."""
    if not _INTEGER.fullmatch(text):
        raise ValueError(
            f"{shown(text)} is not a whole number: write it like 34, without sign, leading zeros or separators"
        )
    return int(text)


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a number: write it like 1.5")
    return Decimal(text)


def month(text: str) -> date:
    """Read a month, "2027-01", as its first day. Raises ValueError with a sentence."""
    if not _MONTH.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a month: write it like 2027-01")
    return parse_date(f"{text}-01")


def truth(text: str) -> bool:
    """Read "yes", "no", "true" or "false". Raises ValueError with a sentence."""
    if text not in _TRUTH:
        raise ValueError(f"{shown(text)} is neither yes nor no")
    return _TRUTH[text]


def _text_like(pattern: str, what: str, example: str, kept: Callable[[str], str] = str) -> Any:
    """A field type for texts of a pattern; `kept` normalizes a text that fits."""
    compiled = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(f"{shown(text)} is not {what}")
        return kept(text)

    schema = {"type": "string", "pattern": f"^{pattern}$", "examples": [example]}
    read = core_schema.no_info_after_validator_function(check, core_schema.str_schema())
    return Annotated[str, _As(read, schema)]


def _iban(text: str) -> str:
    """An IBAN without blanks. Raises ValueError where its check digits are wrong (ISO 13616, modulo 97)."""
    found = text.replace(" ", "")
    if not 15 <= len(found) <= 34 or int("".join(str(int(each, 36)) for each in found[4:] + found[:4])) % 97 != 1:
        raise ValueError(f"{shown(text)} is not an IBAN: its length or its check digits are wrong")
    return found


def _value(text: str) -> str:
    if not 0 < len(text) <= _MOST:
        raise ValueError(f"write a value of at most {_MOST} characters")
    return text


_MOST = 400
MoneyFact = _reader(Money.parse, Money, r"^-?[\d,]+(\.\d+)? [A-Z]{3}$", "1250.00 USD", called="money")
PercentFact = _reader(Percent.parse, Percent, r"^-?\d+(\.\d{1,2})? ?%$", "7.5 %", called="percentage")
DurationFact = _reader(Duration.parse, Duration, r"^\d+ [a-z ]+$", "30 days", called="length-of-time")
WeekdaysFact = _reader(Weekdays.parse, Weekdays, r"^[A-Z][a-z]+day to [A-Z][a-z]+day$", "Monday to Friday")
DateFact = _reader(parse_date, date, r"^\d{4}-\d{2}-\d{2}$", "2026-10-01", called="date")
MonthFact = _reader(month, date, r"^\d{4}-\d{2}$", "2027-01", called="month")
TimeFact = _reader(parse_time, time, r"^\d{2}:\d{2}$", "08:30", called="clock")
WholeFact = _reader(whole, int, r"^\d+$", "34", called="whole-number", also="integer")
DecimalFact = _reader(_decimal, Decimal, r"^\d+(\.\d+)?$", "1.5", called="number", also="number")
ValueFact = _reader(
    _value, str, r"^.{1,400}$", "36", also="integer"
)  # what kind of value it is depends on another fact
TruthFact = _reader(truth, bool, "^(yes|no|true|false)$", "yes", called="yes-no", also="boolean")
_TEXT = core_schema.str_schema(min_length=1, max_length=_MOST)
TextFact = Annotated[str, _As(_TEXT)]
ProseFact = Annotated[str, _As(core_schema.no_info_after_validator_function(typeset, _TEXT))]
SlugFact = _text_like(r"[a-z0-9]+(-[a-z0-9]+)*", "a short name of small letters, digits and hyphens", "head-office")
EmailFact = _text_like(r"[^@\s<>\"]+@[^@\s<>\"]+\.[A-Za-z]{2,}", "an email address", "jo@client.example")
UrlFact = _text_like(
    r"(https://[A-Za-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?",
    "an address that begins with https://",
    "https://sign.example/api",
    lambda text: text.rstrip("/"),
)
PhoneFact = _reader(
    telephone,
    str,
    r"^\+[1-9][0-9 ().\-/]*[0-9)](,? ?(ext\.?|extension|x) ?[0-9]{1,6})?$",
    "+1 518 555 0140",
    called="telephone",
    also="integer",
)
BicFact = _text_like(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", "a BIC of 8 or 11 characters", "NWBKGB2L")
IbanFact = _text_like(r"[A-Z]{2}\d{2}( ?[A-Z0-9]{1,4}){3,8}", "an IBAN", "GB29 NWBK 6016 1331 9268 19", _iban)
CountryFact = _text_like(r"[A-Z]{2}", "an ISO 3166 country code of two capitals", "US")
CurrencyFact = _text_like(r"[A-Z]{3}", "an ISO 4217 currency code of three capitals", "USD")
PlaceFact = _text_like(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", "a country or subdivision code like US-NY", "US-NY")
HolidaysFact = _text_like(
    r"([A-Z]{2}(-[A-Z0-9]{1,3})?|none)", "a country or subdivision code like US-NY, or none", "US-NY"
)
ColourFact = _text_like(
    r"#[0-9A-Fa-f]{6}", 'a colour like "#1f3a5f", in quotes: # and six digits, 0 to f', "#1f3a5f", str.lower
)
PictureFact = _text_like(r"[a-z0-9]+(-[a-z0-9]+)*\.(svg|png)", "a file name like logo.svg or logo.png", "logo.svg")
CommitFact = _text_like(r"[0-9a-f]{40}", "the full id of a commit", "0" * 40)
Locale = Literal["en-US", "en-GB", "en-IE", "en-CA", "en-AU"]
LawPattern = _text_like(r"\*|[A-Z]{2}-(\*|[A-Z0-9]{1,3})|[A-Z]{2}", "a law like US-NY, US-* or *", "US-*")

M = TypeVar("M", bound=BaseModel)


class Located(Struct, Generic[M], frozen=True):
    """A model with the line of each of its facts, by dotted path in its file ("term.first_day")."""

    model: M
    origins: Mapping[str, Origin]

    def at(self, path: str = "") -> Origin:
        """The line of a fact, or of the nearest entry above it."""
        while path not in self.origins:
            path = path.rpartition(".")[0]
        return self.origins[path]


def read_as(model: type[M], text: str, path: str, first_line: int = 1, *, template: bool = False) -> Located[M]:
    """The text of a YAML file as a model, with its lines. Raises RefusedError with every problem, each at its line."""
    simple = simple_yaml.read(text, path, first_line, template=template)
    found = located_simply(model, simple) if simple else None
    return found or located(model, strict_yaml.load(text, path, first_line, template=template))


def located_simply(model: type[M], simple: simple_yaml.Simple) -> Located[M] | None:
    """A simple text as a model; None where the model refuses it: `located` words what is wrong."""
    try:
        return Located(model.model_validate(simple.data), simple.origins)
    except ValidationError:
        return None


def located(model: type[M], node: strict_yaml.Node) -> Located[M]:
    """Read a node as a model and keep its lines. Raises RefusedError with every problem, each at its line."""
    try:
        return Located(model.model_validate(strict_yaml.plain(node)), origins(node))
    except ValidationError as error:
        found = error.errors()[: strict_yaml.MAX_PROBLEMS]
        raise RefusedError(_problem(model, node, dict(each)) for each in found) from None


def _problem(model: type[BaseModel], node: strict_yaml.Node, found: dict[str, Any]) -> Problem:
    """One error of pydantic as a problem of the user's file."""
    path: tuple[str | int, ...] = found["loc"]
    name, last = shortened(".".join(str(step) for step in path)) or "the file", str(path[-1]) if path else ""
    message = (
        str(found["ctx"]["error"]) if found["type"] == "value_error" else found["msg"][0].lower() + found["msg"][1:]
    )
    readings: dict[str, Callable[[], tuple[str, str, str]]] = {
        "extra_forbidden": lambda: (
            "unknown-key",
            f"{shortened(last)} is not known here",
            did_you_mean(last, fields_at(model, path[:-1])),
        ),
        "missing": lambda: (
            "missing-key",
            f"{name} is missing",
            "add what is missing to the list" if last.isdigit() else f"add {last}:",
        ),
        "literal_error": lambda: (
            "ill-typed",
            f"{name}: {shown(found['input'])} is not one of the choices",
            f"choose {found['ctx']['expected']}",
        ),
        "string_type": lambda: (
            "ill-typed",
            f"{name}: one text belongs here",
            "write it on one line, in quotes if need be",
        ),
        "string_too_long": lambda: (
            "ill-typed",
            f"{name} is over {found['ctx']['max_length']} characters",
            "shorten it",
        ),
        "string_too_short": lambda: ("ill-typed", f"{name} is empty", "write the text, or remove the key"),
        "model_type": lambda: (
            "ill-typed",
            f"{name}: keys and values belong here",
            f"known here: {', '.join(fields_at(model, path))}",
        ),
        "tuple_type": lambda: ("ill-typed", f"{name}: a list belongs here", "start each entry with a hyphen"),
        "too_short": lambda: ("ill-typed", f"{name}: {message}", "add what is missing"),
    }
    otherwise = ("ill-typed", f"{name}: {message}", "docs/schema says what belongs here")
    rule, what, hint = readings[found["type"]]() if found["type"] in readings else otherwise
    return Problem(rule, what, strict_yaml.where(node, path), hint)


def fields_at(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The names of the fields at a path of keys and positions, for a hint."""
    current: Any = model
    for step in path:
        if isinstance(step, str) and (inside := _model_in(current)) and step in inside.model_fields:
            current = inside.model_fields[step].annotation
    found = _model_in(current)
    return tuple(found.model_fields) if found else ()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)


def origins(node: strict_yaml.Node) -> dict[str, Origin]:
    """The line of each fact of a file, by its dotted path."""
    found: dict[str, Origin] = {}
    _gather(node, "", node.origin, found)
    return found


def _gather(node: strict_yaml.Node, path: str, origin: Origin, found: dict[str, Origin]) -> None:
    found[path] = origin
    prefix = f"{path}." if path else ""
    match node:
        case strict_yaml.Mapping(entries=entries, keys=keys):
            for name, inside in entries.items():
                _gather(inside, prefix + name, keys[name], found)
        case strict_yaml.Sequence(items=items):
            for position, inside in enumerate(items):
                _gather(inside, f"{prefix}{position}", inside.origin, found)
