"""Agreements of every kind under every law that can be chosen, with their options on and off: each assembles, and is right.

All pairs of options are tried under each law, and all fours under New York's. The full product (4,608 support contracts and 864
blocks a law) takes about twenty minutes a law: `python -m tests.helpers.combinations` walks it.
"""

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import combinations, product

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.placeholders import SURVIVORS
from contract_assembly.rules.document import check
from tests.helpers.combinations import CHOSEN, GENERAL, OPTIONS, built, covering, whole

FULLER = "US-NY"
CASES = [
    pytest.param(kind, law, number, id=f"{kind}-{law}-{number}")
    for kind, law in product(OPTIONS, CHOSEN)
    for number in range(len(covering(kind, 4 if law == FULLER else 2)))
]


@cache
def case(kind, law, number):
    choice = covering(kind, 4 if law == FULLER else 2)[number]
    return choice, *built(kind, law, choice)


@pytest.mark.parametrize(("kind", "law", "number"), CASES)
def test_every_combination_assembles_and_is_right(kind, law, number):
    choice, inputs, made = case(kind, law, number)
    sections = {node.id: node for node in d.walk(made.document) if isinstance(node, d.Section | d.Part)}
    assert list(check(made.document)) == []
    assert Counter(each.rule for each in made.warnings if each.rule != "law") == expected_warnings(choice, law)
    assert {each.level for each in made.warnings} <= {"warning"}
    assert unbound(made.document, sections) == []
    assert unlisted(made, sections) == []
    assert schedules(sections) == expected_schedules(choice, law)
    assert figures(made.document) == (of_support(inputs, choice) if kind == "support" else of_block(inputs))


# ---- what is expected


def expected_warnings(choice, law):
    health = law.startswith("US") and choice["sector"] == "health" and not choice["data"]
    found = [*(["health-without-data"] if health else []), *(["not-verified"] if law in GENERAL else [])]
    return Counter([*found, *(() if choice.get("backup", True) else ("backup-charged",))])


def expected_schedules(choice, law):
    """The schedules that an option brings."""
    brings = {
        "schedule-data": choice["data"],
        "schedule-health": choice["sector"] == "health" and law.startswith("US"),
        "schedule-finance": choice["sector"] == "finance" and law == "IE",
        "backup-sets": choice.get("backup"),
        "backup-none": choice.get("backup") is False,
        "renewal-automatic": choice.get("renewal") == "automatic",
        "cover-special-terms": choice.get("special_terms"),
    }
    return {name for name, there in brings.items() if there}


def of_support(inputs, choice):
    """Lines by the plan's prices, each rounded half up once; the month is their sum."""
    agreed, off = inputs.agreement.model, Decimal(3) if choice["commitment"] else Decimal(0)
    counts = {"user": agreed.coverage.users, **{each.kind: each.count for each in agreed.coverage.assets}}
    month = Decimal(0)
    for line in inputs.plan.model.prices:
        (price,) = [each.amount for each in line.price if each.currency == agreed.currency]
        month += (price * counts.get(line.per, 0) * (100 - off) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    found = {"fees.monthly": month}
    if choice["billing"] != "monthly":  # an invoice of one month is the Recurring Fee itself
        found["fees.invoice"] = month * {"quarterly": 3, "yearly": 12}[choice["billing"]]
    return found | ({"fees.setup": Decimal("1500.00")} if choice["setup"] else {})


def of_block(inputs):
    """Twenty hours a tenth below the rate card."""
    block, currency = inputs.agreement.model.block, inputs.agreement.model.currency
    (rates,) = [each.rate for each in inputs.rates.model.roles if each.role == block.role]
    (listed,) = [each.amount for each in rates if each.currency == currency]
    return {"block.price": listed * 18, "block.list_value": listed * 20, "block.saving": listed * 2}


# ---- what is found


def unbound(document, sections):
    """References that print no number, or not that of their target."""
    return [
        node
        for node in d.walk(document)
        if isinstance(node, d.Reference)
        and (node.target not in sections or not says_its_number(node, sections[node.target]))
    ]


def says_its_number(reference, target):
    number = target.number.rstrip(".")
    return bool(reference.text) and number in reference.text


def unlisted(made, sections):
    """Clauses that survive, and are in no list of what survives; a schedule of which all survives is listed as a whole."""
    ending = sections.get("end-survival", sections["effects-of-end"])  # a block has no other subsection
    listed = {node.target for node in d.walk(ending) if isinstance(node, d.Reference)}
    assert SURVIVORS not in listed
    parts = {
        child.id: part.id for part in made.document.parts for child in part.children if isinstance(child, d.Section)
    }
    slots = [clause.head.slot for clause in made.clauses if clause.head.survives]
    return [slot for slot in slots if slot in sections and not {slot, parts[slot]} & listed]


def schedules(sections):
    known = (
        "schedule-data",
        "schedule-health",
        "schedule-finance",
        "backup-sets",
        "backup-none",
        "cover-special-terms",
    )
    box = d.walk(sections["cover-renewal"]) if "cover-renewal" in sections else ()
    renews = any(isinstance(node, d.Value) and node.key == "term.decision_day" for node in box)
    return {name for name in known if name in sections} | ({"renewal-automatic"} if renews else set())


def figures(document):
    """Amounts as printed, by the fact they come from; one that is printed twice says the same twice."""
    keys = {"fees.monthly", "fees.invoice", "fees.setup", "block.price", "block.list_value", "block.saving"}
    found = {}
    for node in d.walk(document):
        if isinstance(node, d.Value) and node.key in keys:
            figure = Decimal(re.sub(r"[^\d.]", "", node.text))
            assert found.setdefault(node.key, figure) == figure, node.key
    return found


# ---- the choice of combinations


@pytest.mark.parametrize("strength", [2, 4])
@pytest.mark.parametrize("kind", OPTIONS)
def test_every_so_many_options_meet_in_all_their_values(kind, strength):
    rows = covering(kind, strength)
    for names in combinations(OPTIONS[kind], strength):
        met = {tuple(row[name] for name in names) for row in rows}
        assert met == set(product(*(OPTIONS[kind][name] for name in names)))
    assert len(rows) < len(list(whole(kind))) / 10


def test_there_are_laws_to_choose():
    assert {"US-NY", "GB-EW", "IE"} <= set(CHOSEN)
