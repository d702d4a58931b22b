"""Guessed mappings are read like those that a person wrote, once their open points are settled."""

import pytest

from contract_assembly.actions.mapping_guess.guessing import guess, still_open
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.client_mapping import ClientMapping
from contract_assembly.facts.export_mapping import records
from contract_assembly.facts.fields import located
from contract_assembly.facts.ticket_mapping import TicketMapping
from contract_assembly.facts.time_mapping import TimeMapping
from tests.helpers.client_tables import table

TICKETS = """Our desk;;;;;
Ticket #;Company;Priority;Status;Date Entered;Closed Date
1001;"Acme;
Troy";Priority 1 - Critical;Completed;24/11/2026 09:05;24/11/2026 11:00
1002;Acme;Priority 3;New;25/11/2026 09:05;
"""
HOURS = "Client;Mitarbeiter;Datum;Beschreibung;Dauer;Billable\r\nAcme;Tom;24.11.2026;Drucker;1,5;Yes\r\n"


def read(data, model, kind=""):
    made = guess(data, "folder/export.csv", "export", kind)
    return made, located(model, strict_yaml.load(made.text, "export.yaml"))


def test_tickets_with_semicolons_titles_and_line_breaks_are_read_by_the_guess():
    made, mapping = read(TICKETS.encode(), TicketMapping)
    found = records(TICKETS.encode(), "export.csv", mapping, "acme", ("Acme", "Acme; Troy"))
    assert (made.missing, len(found.found), found.problems) == ((), 2, ())
    assert found.found[0].cells["client"] == "Acme; Troy"
    assert (mapping.model.moments, dict(mapping.model.priorities)) == (
        ("%d/%m/%Y %H:%M",),
        {"Priority 1 - Critical": "P1", "Priority 3": "P3"},
    )


def test_hours_with_a_byte_order_mark_and_a_decimal_comma_are_read_by_the_guess():
    data = b"\xef\xbb\xbf" + HOURS.encode()
    _, mapping = read(data, TimeMapping)
    assert (mapping.model.encoding, mapping.model.separator, mapping.model.dates, mapping.model.unit) == (
        "utf-8-bom", "semicolon", ("%d.%m.%Y",), "hours",
    )  # fmt: skip
    (only,) = records(data, "export.csv", mapping, "acme", ("Acme",)).found
    assert only.cells["worked"] == "1,5"


def test_an_old_encoding_is_named():
    assert "encoding: windows-1252" in guess(HOURS.replace("Drucker", "Türöffner").encode("cp1252"), "h.csv", "h").text


def test_the_plain_table_of_clients_is_guessed_whole():
    made, mapping = read(table().encode(), ClientMapping)
    assert (made.kind, made.missing, made.columns.unread) == ("clients", (), ())
    assert mapping.model.columns.hours_left == ("Hours left",)


def test_what_cannot_be_guessed_is_listed_and_commented():
    made = guess(b"Ticket ID,Priority,Status,Created,Colour\n1,Chair,Table,03/04/2026 09:00,red\n", "t.csv", "t")
    assert made.missing == (
        "columns: closed",
        "moments: the form, which the first rows leave open",
        "priorities: Chair",
        "statuses: Table",
    )
    assert "  # closed: NAME OF ITS COLUMN" in made.text
    assert "# Columns that nothing reads: Colour" in made.text
    assert {each.level for each in still_open(made, "provider/mappings/t.yaml")} == {"warning"}


def test_a_head_or_a_cell_is_never_a_key_or_a_line_of_the_mapping():
    nasty = '"Ticket ID","Priority","Status","Created","Closed","x: {y}\n# z"\n1,"P1\nkind: counts","Closed",2026-11-24 09:00,2026-11-24 09:00,1\n'
    made = guess(nasty.encode(), "t: x.csv", "t")
    assert strict_yaml.plain(strict_yaml.load(made.text, "t.yaml"))["kind"] == "tickets"


def test_a_file_of_no_kind_is_refused_with_the_kinds():
    with pytest.raises(RefusedError) as refused:
        guess(b"Colour,Shape\nred,round\n", "c.csv", "c")
    assert "--kind clients" in refused.value.problems[0].hint
