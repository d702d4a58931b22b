"""Models over plain data: every wrong fact is told at its line, in words about the file."""

from decimal import Decimal
from typing import Literal

import pytest
from pydantic import Field, create_model

from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Money
from contract_assembly.facts.fields import (
    CountryFact,
    CurrencyFact,
    DateFact,
    DecimalFact,
    EmailFact,
    LawPattern,
    Model,
    MoneyFact,
    PhoneFact,
    PlaceFact,
    ProseFact,
    SlugFact,
    TextFact,
    TruthFact,
    WholeFact,
    located,
)
from contract_assembly.facts.strict_yaml import load


class Line(Model):
    item: SlugFact
    price: MoneyFact


class File(Model):
    name: TextFact
    lines: tuple[Line, ...] = ()
    count: WholeFact = 0
    factor: DecimalFact | None = None
    day: DateFact | None = None
    yes: TruthFact = False
    state: Literal["draft", "sent"] = "draft"
    given: dict[SlugFact, dict[str, str]] = Field(default={})


def refused(text):
    with pytest.raises(RefusedError) as caught:
        located(File, load(text, "f.yaml"))
    return [(p.rule, p.origin.line, p.what, p.hint) for p in caught.value.problems]


def test_facts_get_their_types():
    model = located(
        File, load("name: A\ncount: 34\nfactor: 1.50\nyes: yes\nlines: [{item: x, price: 5 USD}]", "f")
    ).model
    assert (model.count, str(model.factor), model.yes) == (34, "1.50", True)
    assert model.lines[0].price == Money(Decimal(5), "USD")


def test_a_fact_knows_its_line_or_that_of_the_nearest_thing_above():
    found = located(File, load("name: A\nlines:\n  - {item: x, price: 5 USD}\n  - item: y\n    price: 6 USD\n", "f"))
    assert [found.at(path).line for path in ("name", "lines", "lines.0.price", "lines.1.price")] == [1, 2, 3, 5]
    assert found.at("lines.1.nothing").line == 4
    assert found.at("nothing").line == 1


def test_all_wrong_facts_of_a_file_are_told_each_on_its_line():
    text = "nme: A\ncount: many\nlines:\n  - {item: X y, price: 5}\n"
    assert {(rule, line) for rule, line, _, _ in refused(text)} == {
        ("missing-key", 1),
        ("unknown-key", 1),
        ("ill-typed", 2),
        ("ill-typed", 4),
    }


@pytest.mark.parametrize(
    ("text", "rule", "what", "hint"),
    [
        ("nme: A\nname: B", "unknown-key", "nme is not known here", "did you mean name?"),
        ("count: 3", "missing-key", "name is missing", "add name:"),
        ("name: ''", "ill-typed", "name is empty", "write the text, or remove the key"),
        ("name: A\nstate: drft", "ill-typed", "state: 'drft' is not one of the choices", "choose 'draft' or 'sent'"),
        ("name: A\nlines: x", "ill-typed", "lines: a list belongs here", "start each entry with a hyphen"),
        ("name: A\nlines: [x]", "ill-typed", "lines.0: keys and values belong here", "known here: item, price"),
        ("[a, b]", "ill-typed", "the file: keys and values belong here", "known here: name, lines"),
        ("name: A\nlines: [{item: x, prise: 1 USD}]", "unknown-key", "prise is not known here", "did you mean price?"),
        ("name: A\ncount: [3]", "ill-typed", "count: a single value belongs here, like 34", "docs/schema"),
    ],
)
def test_a_wrong_fact_is_told_in_words_about_the_file(text, rule, what, hint):
    said = refused(text)
    assert any(r == rule and w == what and h.startswith(hint) for r, _, w, h in said), said


def test_pydantic_is_never_named():
    words = " ".join(what + hint for *_, what, hint in refused("name: [a]\nlines: {a: b}\ngiven: {A b: {c: [d]}}"))
    assert "pydantic" not in words.lower()
    assert "literal[" not in words
    assert "http" not in words


class Facts(Model):
    slug: SlugFact | None = None
    email: EmailFact | None = None
    phone: PhoneFact | None = None
    country: CountryFact | None = None
    currency: CurrencyFact | None = None
    place: PlaceFact | None = None
    law: LawPattern | None = None
    whole: WholeFact | None = None
    decimal: DecimalFact | None = None
    truth: TruthFact | None = None
    text: TextFact | None = None


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("slug", ["acme", "smith-and-sons", "2026-support"], ["Acme", "a_b", "-a", "a--b", "a b", "é"]),
        ("email", ["jo@client.example", "a.b+c@x.co"], ["jo", "jo@client", "a b@c.de", "<a@b.cd>", "a@b@c.de"]),
        (
            "phone",
            ["+1 518 555 0140", "+353 1 555 0100"],
            ["518-555-0140", "+0 1", "00353 1", "+1 (518) 555", "+1 ٥١٨"],
        ),
        ("country", ["US", "IE"], ["us", "USA", "U"]),
        ("currency", ["USD"], ["usd", "$", "US"]),
        ("place", ["US", "US-NY", "GB-ENG"], ["US_NY", "us-ny", "US-", "New York"]),
        ("law", ["*", "US-*", "US-NY", "IE"], ["US-N*", "**", "us-*"]),
        ("whole", ["0", "34"], ["-3", "034", "3.0", "1,000", "three", "٣", "1" * 10]),
        ("decimal", ["1.5", "0.25", "2"], ["-1.5", "1,5", ".5", "1e3", "NaN", "Infinity"]),
        ("truth", ["yes", "no", "true", "false"], ["Yes", "y", "on", "1"]),
        ("text", ["x", "x" * 400], ["x" * 401]),
    ],
)
def test_a_type_takes_what_it_should_and_nothing_near_it(name, good, bad):
    for text in good:
        assert getattr(located(Facts, load(f"{name}: '{text}'", "f")).model, name) is not None
    for text in bad:
        with pytest.raises(RefusedError):
            located(Facts, load(f"{name}: '{text}'", "f"))


def test_what_the_schema_takes_for_a_count_the_reader_takes_too():
    assert Facts.model_json_schema()["properties"]["whole"]["anyOf"][0]["type"] == ["string", "integer"]
    assert located(Facts, load("whole: 34\ntruth: true\ndecimal: 1.5", "f")).model.whole == 34


def test_a_model_cannot_be_changed():
    model = located(File, load("name: A", "f")).model
    with pytest.raises(ValueError, match="frozen"):
        model.name = "B"


def test_a_field_type_is_the_same_for_the_thousandth_model():
    for n in range(1000):
        model = create_model(
            f"Made{n}", __base__=Model, name=(TextFact, ...), day=(DateFact, ...), note=(ProseFact, None)
        )
        model.model_rebuild()
    shown = model.model_json_schema()["properties"]
    assert (shown["name"]["maxLength"], shown["day"]["type"], shown["note"]["minLength"]) == (400, "string", 1)
