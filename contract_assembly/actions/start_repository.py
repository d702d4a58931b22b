"""A firm's own repository, made from its answers: the library, a commented `provider/`, and what git, editors and a
server need. Pure, but for reading the program's own files."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from contract_assembly import __version__
from contract_assembly.actions.program_set import program_set
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import slug
from contract_assembly.core.values import WEEKDAYS, Money
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.agreed_lines import in_currency
from contract_assembly.facts.business_days import public_holidays
from contract_assembly.facts.catalogue import BlockPrices, Calendar, Plan, Rates
from contract_assembly.facts.fields import Located, located
from contract_assembly.facts.firm_answers import Answers
from contract_assembly.facts.law import Country, Law
from contract_assembly.facts.parties import Provider
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import country_of, law_of, place_code
from contract_assembly.repository.program_library import START, own_source
from contract_assembly.repository.source import Edited
from contract_assembly.repository.yaml_editor import flow, quoted

_PRICES = re.compile(r"\[(?:\d+\.\d\d [A-Z]{3}, )+\d+\.\d\d [A-Z]{3}\]")
_YEAR = 2027  # only asks whether a calendar knows the place
_HOUSEKEEPING = {
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit.yaml",
    ".github/workflows/contracts.yml": "github.yml",
    ".gitlab-ci.yml": "gitlab.yml",
    "requirements.txt": "requirements.txt",
    "README.md": "README.md",
}


class Begun(Struct, frozen=True):
    """What a new repository holds: the program's library, and the firm's own files, both by path. `author` makes the
    first commits where git knows no one."""

    library: Mapping[str, bytes]
    own: Mapping[str, bytes]
    author: str


def example() -> str:
    """Answers of a fictional firm, with a comment for each."""
    return own_source().read(f"{START}/answers.yaml").decode()


def answers_of(text: str, path: str) -> Located[Answers]:
    """Answers as a firm wrote them. Raises RefusedError with every problem, each at its line."""
    return located(Answers, strict_yaml.load(text, path))


def begun_with(answers: Located[Answers]) -> Begun:
    """The files of a firm's repository. Raises RefusedError with everything that its answers leave wrong."""
    files, model = Repository(own_source()), answers.model
    law, country = _place(files, answers)
    currency = model.currency or country.currency
    if wrong := [*_offer_wrong(files, answers, currency), *_people_wrong(answers)]:
        raise RefusedError(wrong)
    words = _words(model, law, country, currency)
    start = {to: _filled(files.text(f"{START}/{name}"), words) for to, name in _HOUSEKEEPING.items()}
    start |= {
        f"provider/{name}": _filled(files.text(f"{START}/{name}"), words) for name in ("provider.yaml", "calendar.yaml")
    }
    start |= _catalogue(files, model, currency)
    library = program_set()
    if model.tax and model.tax != country.tax:
        paths = [f"templates/start/{name}.yaml" for name in ("support", "time-block")]
        start |= {path: library[path].decode().replace("@TAX@", model.tax) for path in paths}
    own = {path: text.encode() for path, text in start.items()}
    _checked(Repository(Edited(own_source(), own)))
    first = model.people[0]
    return Begun(library, own, f"{first.name} <{first.email}>")


def _place(files: Repository, answers: Located[Answers]) -> tuple[Law, Country]:
    try:
        law = law_of(files, place_code(files, answers.model.place, "law"), None).model
    except RefusedError as error:
        raise RefusedError(
            Problem(each.rule, each.what, answers.at("place"), each.hint) for each in error.problems
        ) from None
    country = country_of(files, law)
    assert country is not None  # noqa: S101  # a law that can be chosen is that of a country with defaults
    return law, country


def _offer_wrong(files: Repository, answers: Located[Answers], currency: str) -> list[Problem]:
    model, found = answers.model, list[Problem]()
    asked = {f"prices.{name}": price for name, price in model.prices} | {"hourly": model.hourly}
    known = sorted({price.currency for line in _plan(files, "business").prices for price in line.price})
    if currency not in known:
        hint = (
            f"the sample price lists are in {', '.join(known)}; begin with one of them, and change provider/ afterwards"
        )
        found.append(
            Problem("currency", f"there is no price list in {currency} to begin with", answers.at("currency"), hint)
        )
    for path, price in asked.items():
        if price.currency != currency:
            what = f"{path} is in {price.currency}, and the firm's currency is {currency}"
            found.append(Problem("currency", what, answers.at(path), f"write it in {currency}, or give currency:"))
        elif price.amount <= 0:
            found.append(
                Problem("price", f"{path} is not above zero", answers.at(path), "a plan without a price is not sold")
            )
    hours = model.hours
    if hours.opens >= hours.closes:
        what = f"the desk closes at {hours.closes:%H:%M}, which is not after {hours.opens:%H:%M}"
        found.append(
            Problem("hours", what, answers.at("hours.closes"), "write the hours of one day, on a clock of 24 hours")
        )
    try:
        ZoneInfo(hours.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        what, hint = f"{hours.timezone} is not a time zone", "write it like America/New_York or Europe/London"
        found.append(Problem("hours", what, answers.at("hours.timezone"), hint))
    return found


def _people_wrong(answers: Located[Answers]) -> list[Problem]:
    people = answers.model.people
    if not people:
        return [
            Problem("people", "the firm has no people", answers.at("people"), "name one: someone signs its contracts")
        ]
    seen: dict[str, str] = {}
    found = []
    for position, each in enumerate(people):
        if (first := seen.setdefault(slug(each.name), each.name)) is not each.name:
            what = f"{each.name} is named twice" if first == each.name else f"{each.name} and {first} would have one id"
            found.append(
                Problem("people", what, answers.at(f"people.{position}"), "tell them apart by a middle initial")
            )
        if not slug(each.name):
            what, hint = f"no id can be made from the name {each.name}", "write it in Latin letters"
            found.append(Problem("people", what, answers.at(f"people.{position}"), hint))
    return found


def _words(model: Answers, law: Law, country: Country, currency: str) -> dict[str, str]:
    address = model.address
    people = [
        {"id": slug(each.name), "name": each.name, "role": each.role, "email": each.email, "phone": each.phone}
        for each in model.people
    ]
    return {
        "NAME": _scalar(model.name),
        "SHORT": _scalar(model.short),
        "FORM": _scalar(model.form),
        "JURISDICTION": _scalar(law.name),
        "REGISTRATION": f"  registration: {_scalar(model.registration)}" if model.registration else "",
        "TAX_ID": f"  tax_id: {_scalar(model.tax_id)}" if model.tax_id else "",
        "LINES": f"[{', '.join(_scalar(each) for each in address.lines)}]",
        "CITY": _scalar(address.city),
        "REGION": f"    region: {_scalar(address.region)}" if address.region else "",
        "POSTCODE": _scalar(address.postcode),
        "COUNTRY": law.id.partition("-")[0],
        "ATTENTION": _scalar(model.people[0].role),
        "NOTICES": _scalar(model.notices or model.email),
        "PHONE": _scalar(model.phone),
        "EMAIL": _scalar(model.email),
        "PORTAL": _scalar(model.portal),
        "PEOPLE": "\n".join(_entry(each) for each in people),
        "TIMEZONE": _scalar(model.hours.timezone),
        "TIMEZONE_NAME": _scalar(model.hours.timezone_name),
        "DAYS": " to ".join(WEEKDAYS[day] for day in (model.hours.days.first, model.hours.days.last)),
        "OPENS": f"{model.hours.opens:%H:%M}",
        "CLOSES": f"{model.hours.closes:%H:%M}",
        "HOLIDAYS": _holidays(law),
        "INSTALL": model.install or f"contract-assembly=={__version__}",
        "PLACE": law.id,
        "CURRENCY": currency,
    }


def _entry(person: Mapping[str, str]) -> str:
    return "\n".join(f"{'  - ' if name == 'id' else '    '}{name}: {_scalar(text)}" for name, text in person.items())


def _scalar(text: str) -> str:
    """A text as a value in YAML, in quotes where it needs them, also inside brackets."""
    return quoted(text) if text.isdigit() else flow({"x": text}).removeprefix("{x: ").removesuffix("}")


def _holidays(law: Law) -> str:
    """The place whose public holidays the desk keeps, or its country where the place's own are not known. Offices in the
    United States keep the federal ones."""
    country = law.id.partition("-")[0]
    for place in (law.holidays, law.id if country != "US" else None, country):
        try:
            if place and public_holidays(place, _YEAR):
                return str(place)
        except ValueError:
            continue
    return "none"


def _catalogue(files: Repository, model: Answers, currency: str) -> dict[str, str]:
    """The plans, the rate card and the blocks of the samples, in one currency and in proportion to the firm's prices."""
    found = {}
    for name, price in model.prices:
        users = next(line for line in _plan(files, name).prices if line.per == "user")
        factor = _factor(price, users.price, currency)
        text = _priced(files.text(f"provider/plans/{name}.yaml"), currency, factor, Decimal("0.50"))
        exact = f"price: [{price.amount} {currency}]"
        found[f"provider/plans/{name}.yaml"] = re.sub(
            r"(per: user, )price: \[[^\]]*\]", rf"\g<1>{exact}", text, count=1
        )
    rates = files.load(Rates, "provider/rates.yaml").model
    factor = _factor(model.hourly, rates.roles[0].rate, currency)
    for name in ("rates", "blocks"):
        found[f"provider/{name}.yaml"] = _priced(files.text(f"provider/{name}.yaml"), currency, factor, Decimal("0.01"))
    return found | {"provider/taxes.yaml": files.text("provider/taxes.yaml")}


def _plan(files: Repository, name: str) -> Plan:
    return files.load(Plan, f"provider/plans/{name}.yaml").model


def _factor(price: Money, prices: tuple[Money, ...], currency: str) -> Decimal:
    listed = in_currency(prices, currency)
    assert listed is not None  # noqa: S101  # the currency was looked for in these lists
    return price.amount / listed.amount


def _priced(text: str, currency: str, factor: Decimal, step: Decimal) -> str:
    """A price list with each list of prices narrowed to one currency, and multiplied; a price is at least one step."""

    def one(match: re.Match[str]) -> str:
        price = next(Money.parse(each) for each in match[0][1:-1].split(", ") if each.endswith(currency))
        steps = (price.amount * factor / step).quantize(Decimal(1), ROUND_HALF_UP)
        return f"[{max(steps, Decimal(1)) * step:.2f} {currency}]"

    return _PRICES.sub(one, text)


def _filled(text: str, words: Mapping[str, str]) -> str:
    """A text with its placeholders filled; a line that held only an empty one is removed."""
    lines = [
        (line, re.sub(r"@([A-Z_]+)@", lambda found: words.get(found[1], found[0]), line)) for line in text.split("\n")
    ]
    return "\n".join(new for line, new in lines if new.strip() or not line)


def _checked(files: Repository) -> None:
    """Read what was made as the program will. Raises RefusedError."""
    wanted: dict[str, Any] = {
        "provider/provider.yaml": Provider,
        "provider/calendar.yaml": Calendar,
        "provider/rates.yaml": Rates,
        "provider/blocks.yaml": BlockPrices,
        **{f"provider/plans/{name}.yaml": Plan for name in ("essential", "business", "complete")},
    }
    for path, model in wanted.items():
        files.load(model, path)
