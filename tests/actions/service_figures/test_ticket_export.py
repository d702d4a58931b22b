"""An export of a ticket system, read by its mapping."""

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.actions.service_figures.ticket_export import read_export
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import located
from contract_assembly.facts.ticket_mapping import TicketMapping
from tests.helpers import ticket_imports
from tests.helpers.corpus import REPOSITORY
from tests.helpers.ticket_imports import HEAD, ONE, OPEN, OUT, TWO, bring, imported, written

root = ticket_imports.root


HELPDESK = """Ticket ID,Subject,Status,Priority,Type,Company,Created time,Initial response time,Resolved time,Closed time,First response status,Resolution status,Survey result,Tags
100,"=1+1, a formula nobody reads",Closed,High,Question,Acme,2026-12-01T14:00:00Z,2026-12-01 15:00:00,2026-12-01T16:00:00Z,2026-12-01T16:00:00Z,Within SLA,SLA Violated,Happy,
101,x,Closed,Low,Alert closed by itself,Acme,,,,,,,,
102,x,Pending,Low,Question,Acme,2026-12-02T14:00:00Z,--,--,--,,,,
"""
SEMICOLONS = """Number;State;Priority;Account;Opened at;Closed at;Response met;Resolution met\r
1;Closed;P1;Acme Instruments, Inc.;05/10/2026 14:00;05/10/2026 15:00;Yes;No\r
2;On hold;P4;Acme;06/10/2026 14:00;;;\r
"""
FRESHDESK = """Ticket ID,Subject,Status,Priority,Created time,Resolved time,Closed time,Initial response time,Resolution status,First response status,Tags,Survey results,Company Name
1001,"Printer
offline",Closed,Medium,2026-10-12 09:05:10,2026-10-12 10:00:00,2026-10-15 10:00:00,2026-10-12 09:20:00,Within SLA,Within SLA,"printer,vip",Happy,Acme
1002,Win a prize,Closed,Low,2026-10-13 11:00:00,2026-10-13 11:02:00,2026-10-16 11:02:00,,Within SLA,,"spam, auto",,Acme
1003,Mail,Waiting on Third Party,Urgent,2026-11-20 16:55:00,,,2026-11-20 17:25:00,,SLA Violated,,,Acme
1004,Mail,Closed,Urgent,2026-10-20 16:55:00,,2026-10-20 17:25:00,2026-10-20 17:25:00,,SLA Violated,,,Brookfield
"""
ZENDESK = """Id,Subject,Tags,Status,Priority,Created at,Solved at,First reply time in minutes within business hours,Full resolution time in minutes within business hours,Satisfaction Score,Organization
77,S,printer vip,Closed,Normal,2026-11-02 14:05,2026-11-03 09:00,20,175.4,Good,Acme
78,S,,Closed,-,2026-11-02 14:05,2026-11-03 09:00,,,Offered,Acme
79,S,printer spam,Closed,Low,2026-11-02 14:05,2026-11-03 09:00,9,9,,Acme
80,S,,Closed,Urgent,2026-11-02 14:05,2026-11-03 09:00,61,70,,Acme
"""


def shipped(root, name, text, *more):
    shutil.copy(REPOSITORY / f"provider/mappings/{name}.yaml", root / "provider/mappings")
    file = root.parent / "t.csv"
    file.write_text(text)
    done = imported(root, file, name, *more)
    assert done.code == 0, done.err
    return done.out


MAPPING = located(
    TicketMapping,
    strict_yaml.load((REPOSITORY / "provider/mappings/generic-tickets.yaml").read_text("utf-8"), "mapping.yaml"),
)
KINDS = {"closed": ONE, "open": OPEN, "left out": OUT, "wrong": ONE.replace("3 - Normal", "Panic")}


def test_a_help_desk_s_own_words_count(root):
    shutil.copy(REPOSITORY / "provider/mappings/helpdesk-en.yaml", root / "provider/mappings")
    file = root.parent / "t.csv"
    file.write_text(HELPDESK)
    done = imported(root, file, "helpdesk-en")
    assert done.code == 0, done.err
    assert "3 rows = 1 closed + 1 open + 1 left out" in done.out
    assert "P2   1 closed, answered in time 1 of 1, solved in time 0 of 1" in done.out
    assert "users rated 4.0 of 5, 1 of 1" in done.out


def test_a_desk_without_moments_of_responses_has_no_medians_of_them(root):
    shutil.copy(REPOSITORY / "provider/mappings/desk-semicolons.yaml", root / "provider/mappings")
    file = root.parent / "t.csv"
    file.write_bytes(b"\xef\xbb\xbf" + SEMICOLONS.encode())
    done = imported(root, file, "desk-semicolons")
    assert done.code == 0, done.err
    medians = {(row["target"], row["priority"]): row["minutes"] for row in written(root)["medians"]}
    assert medians == {("resolution", "P1"): "60", ("resolution", "all"): "60"}


def test_one_of_several_tags_leaves_a_ticket_out_and_other_clients_are_counted(root):
    said = shipped(root, "freshdesk", FRESHDESK)
    assert "4 rows = 1 closed + 1 open + 1 left out + 1 of other clients" in said


def test_minutes_of_business_hours_stand_in_for_moments(root):
    said = shipped(root, "zendesk", ZENDESK)
    assert "4 rows = 3 closed + 0 open + 1 left out" in said
    assert "P1   1 closed, answered in time 0 of 1" in said  # 61 minutes where one Business Hour is promised
    assert "P3   1 closed, answered in time 1 of 1, solved in time 1 of 1" in said
    assert "P4   1 closed, 1 without a known response" in said
    medians = {(row["target"], row["priority"]): row["minutes"] for row in written(root)["medians"]}
    assert (medians["response", "P3"], medians["resolution", "P3"]) == ("20", "175")


def test_tickets_closed_before_the_term_are_passed_over_and_counted(root):
    early = ONE.replace("1,", "8,", 1).replace("2026-10-06", "2026-09-06").replace("2026-10-05", "2026-09-05")
    said = bring(root, ONE, TWO, early)
    assert said.code == 0, said.err
    assert "3 rows = 2 closed + 0 open + 0 left out + 1 closed before the term" in said.out
    assert json.loads(bring(root, ONE, TWO, early, more=("--json",)).out)["before_term"] == 1


def test_a_ticket_of_the_hour_that_comes_twice_is_not_closed_before_it_was_created(root):
    text = (root / "provider/mappings/generic-tickets.yaml").read_text()
    (root / "provider/mappings/utc.yaml").write_text(text.replace('["%Y-%m-%d %H:%M"]', "[iso]"))
    row = "1,3 - Normal,Closed,2026-11-01T05:50:00Z,,2026-11-01T06:10:00Z,2026-11-01T06:10:00Z,,,Solved"
    assert bring(root, row, mapping="utc").code == 0


@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=40))
def test_every_row_is_closed_open_left_out_or_a_problem(kinds):
    rows = [f"{n},{KINDS[kind].partition(',')[2]}" for n, kind in enumerate(kinds)]
    data = "\n".join((HEAD, *rows)).encode()
    if "wrong" in kinds:
        with pytest.raises(RefusedError) as refused:
            read_export(data, "t.csv", MAPPING, "America/New_York", ())
        assert [each.origin.line for each in refused.value.problems] == [
            n + 2 for n, k in enumerate(kinds) if k == "wrong"
        ]
        return
    found = read_export(data, "t.csv", MAPPING, "America/New_York", ())
    assert found.rows == len(kinds) == len(found.closed) + found.open + found.excluded
    assert [len(found.closed), found.open, found.excluded] == [kinds.count(k) for k in ("closed", "open", "left out")]


JIRA = """Summary,Issue key,Issue id,Status,Priority,Assignee,Created,Resolved,Labels,Labels,Description
Printer offline,HD-1,10001,Done,High,Tom,12/Oct/26 9:05 AM,12/Oct/26 10:00 AM,ui,,"Steps:
1. print"
Mail,HD-2,10002,In Progress,Highest,Tom,20/Nov/26 4:55 PM,,,,
"""


def test_issues_with_a_byte_order_mark_and_two_columns_of_labels_are_read(root):
    shutil.copy(REPOSITORY / "provider/mappings/jira.yaml", root / "provider/mappings")
    file = root.parent / "t.csv"
    file.write_bytes(b"\xef\xbb\xbf" + JIRA.replace("\n", "\r\n").encode())
    done = imported(root, file, "jira")
    assert done.code == 0, done.err
    assert "2 rows = 1 closed + 1 open" in done.out
