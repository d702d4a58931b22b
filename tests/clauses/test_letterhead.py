"""The frame of a letter: who writes to whom, and how it greets and closes in each locale."""

from datetime import date
from typing import get_args

import pytest

from contract_assembly.clauses.letterhead import MANNERS, closing, letterhead, running_head, salutation
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.text import NBSP
from contract_assembly.document import tree as d
from contract_assembly.facts.fields import Locale
from contract_assembly.facts.template_values import leaf

AT = Origin("templates/letter/outline.yaml", 4)
PERSON = {"name": "Jo Doe", "role": "Owner", "email": "jo@client.example", "phone": "+1 518 555 0140"}


def address(city="Albany", country="US"):
    return {"lines": ("1 Main St",), "city": city, "region": "NY", "postcode": "12207", "country": country}


def facts(**changes):
    found = {
        "document": {"date": date(2026, 10, 1), "reader": PERSON, "writer": {**PERSON, "name": "Dana Whitfield"}},
        "provider": {"name": "Northlight", "address": address(),
                     "desk": {"phone": "+1 518 555 0100", "email": "desk@p.example", "portal": "help.p.example"}},
        "client": {"name": "Acme, Inc.", "address": address("Troy")},
        **changes,
    }  # fmt: skip
    return {name: leaf(value, name, AT) for name, value in found.items()}


def plain(line):
    return d.plain(tuple(line))


def test_a_letterhead_names_the_sender_the_day_and_the_reader_with_the_address():
    head = letterhead(facts(), "en-US", AT)
    assert [plain(each) for each in head.sender][0::2] == [
        "Northlight",
        "+1 518 555 0100 · desk@p.example · help.p.example",
    ]
    assert plain(head.date) == f"October{NBSP}1, 2026"
    assert [plain(each) for each in head.reader][:3] == ["Acme, Inc.", "Jo Doe, Owner", "1 Main St"]


def test_the_country_is_named_only_in_a_letter_abroad():
    lines = [plain(each) for each in letterhead(facts(), "en-GB", AT).reader]
    abroad = facts(client={"name": "Acme", "address": address("Dublin", "IE")})
    assert "Ireland" not in " ".join(lines)
    assert "Ireland" in plain(letterhead(abroad, "en-GB", AT).reader[-1])


def test_later_pages_name_both_sides_and_the_day():
    assert running_head(letterhead(facts(), "en-US", AT)) == f"Northlight to Acme, Inc. · October{NBSP}1, 2026"


@pytest.mark.parametrize(
    ("locale", "greeting", "close"),
    [
        ("en-US", f"Dear{NBSP}Jo Doe:", "Sincerely,"),
        ("en-CA", f"Dear{NBSP}Jo Doe:", "Yours truly,"),
        ("en-GB", f"Dear{NBSP}Jo Doe", "Yours sincerely"),
        ("en-IE", f"Dear{NBSP}Jo Doe", "Yours sincerely"),
        ("en-AU", f"Dear{NBSP}Jo Doe", "Yours sincerely"),
    ],
)
def test_each_locale_greets_and_closes_in_its_own_way(locale, greeting, close):
    assert d.plain(salutation(facts(), locale, AT).children) == greeting
    end = closing(facts(), locale, (), AT)
    assert plain(end.words) == close
    assert [plain(each) for each in end.writer] == ["Dana Whitfield", "Owner", "+1 518 555 0140 · jo@client.example"]


def test_every_locale_has_manners():
    assert set(MANNERS) == set(get_args(Locale))


@pytest.mark.parametrize("write", [letterhead, salutation, lambda *given: closing(*given[:2], (), given[2])])
def test_a_letter_without_facts_of_a_document_is_refused_at_its_outline(write):
    with pytest.raises(RefusedError) as found:
        write({name: view for name, view in facts().items() if name != "document"}, "en-US", AT)
    assert [(each.rule, each.origin) for each in found.value.problems] == [("no-letter", AT)]


def test_a_formal_notice_goes_to_the_contact_for_notices_and_its_covering_mail_to_the_reader():
    letter = {"date": date(2026, 10, 1), "reader": PERSON, "writer": PERSON}
    contact = {"attention": "General Counsel", "email": "legal@client.example", "address": None}
    notice = facts(document={**letter, "notice_to": contact})
    lines = [plain(each) for each in letterhead(notice, "en-US", AT).reader]
    assert lines[:3] == ["Acme, Inc.", "Attention: General Counsel", "1 Main St"]
    assert d.plain(salutation(notice, "en-US", AT).children) == f"Dear{NBSP}General Counsel:"
    assert d.plain(salutation(notice, "en-US", AT, of_mail=True).children) == f"Dear{NBSP}Jo Doe:"


def test_a_formal_notice_goes_to_the_address_for_notices_if_there_is_one():
    other = {**address("Utica"), "lines": ("9 Law Street",)}
    contact = {"attention": "General Counsel", "email": "legal@client.example", "address": other}
    letter = {"date": date(2026, 10, 1), "reader": PERSON, "writer": PERSON, "notice_to": contact}
    lines = [plain(each) for each in letterhead(facts(document=letter), "en-US", AT).reader]
    assert lines[2:] == ["9 Law Street", f"Utica, NY{NBSP}12207"]
