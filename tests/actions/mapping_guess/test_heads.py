import pytest

from contract_assembly.actions.mapping_guess.heads import columns

# The heads of real exports, as public documents and projects show them.
TOGGL = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags"
CLOCKIFY = (
    "Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h),"
    "Duration (decimal),Billable Rate (USD),Billable Amount (USD),Date of creation"
)
HARVEST = (
    "Date,Client,Project,Project Code,Task,Notes,Hours,Hours Rounded,Billable?,Invoiced?,Approved?,First Name,Last Name"
)
TEMPO = "Issue Key,Issue summary,Hours,Work date,Username,Full name,Period,Account Key,Account Name,Account Customer,Work Description"
JIRA = "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Priority,Assignee,Reporter,Created,Resolved,Labels,Labels"
FRESHDESK = "Ticket ID,Subject,Status,Priority,Source,Created time,Resolved time,Closed time,Company Name"
RMM = "Device UID,Device Hostname,Site Name,Device Type,Operating System"
AGREEMENTS = "Company Name,Agreement Name,Agreement Type,Date Start,Date End,Billing Cycle,Amount"


@pytest.mark.parametrize(
    ("heads", "kind", "some"),
    [
        (TOGGL, "time-entries", {"date": "Start date", "time": "Start time", "person": "User", "worked": "Duration", "client": "Client"}),
        (CLOCKIFY, "time-entries", {"date": "Start Date", "person": "User", "worked": "Duration (h)", "billable": "Billable"}),
        (HARVEST, "time-entries", {"date": "Date", "task": "Task", "worked": "Hours"}),
        (TEMPO, "time-entries", {"date": "Work date", "worked": "Hours", "client": "Account Name"}),
        (JIRA, "tickets", {"id": "Issue key", "priority": "Priority", "created": "Created", "resolved": "Resolved"}),
        (FRESHDESK, "tickets", {"id": "Ticket ID", "closed": "Closed time", "client": "Company Name"}),
        (RMM, "counts", {"client": "Site Name", "what": "Device Type", "id": "Device UID"}),
        (AGREEMENTS, "clients", {"company": "Company Name", "first_day": "Date Start", "last_day": "Date End", "price": "Amount"}),
    ],
)  # fmt: skip
def test_the_kind_and_the_columns_follow_from_the_heads(heads, kind, some):
    found = columns(heads.split(","), "counts" if kind == "counts" else "")
    assert found.kind == kind
    assert dict(found.named).items() >= some.items()


def test_a_head_is_for_one_thing_and_one_that_is_there_twice_for_none():
    found = columns(JIRA.split(","))
    assert len(set(found.named.values())) == len(found.named)
    assert "Labels" in found.unread


def test_what_is_needed_and_not_there_is_lacking():
    assert columns(JIRA.split(",")).lacking == ("closed",)
    assert columns(AGREEMENTS.split(",")).lacking == ("place", "renewal", "notice")
    assert columns(["Company", "Place", "First day", "Last day", "Hours bought", "Hours left"]).lacking == ()


def test_heads_of_no_kind_are_no_guess():
    assert columns(["Colour", "Shape"]) is None
