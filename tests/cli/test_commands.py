"""The commands that look something up or approve: what they say, as text and as JSON, and how they end."""

import json
import os
import re
import subprocess
import sys

import click
import pytest

from contract_assembly.actions.json_schema import SCHEMAS
from contract_assembly.cli import cli
from contract_assembly.repository.store import locked
from contract_assembly.rules.document import RULES
from tests.cli.test_dry_run import COMMANDS
from tests.helpers.commands_page import page
from tests.helpers.corpus import AGREEMENT, REPOSITORY, approved, based, change, run, state

ACME = ("acme/2026-support",)
FILE = "provider/approvals.yaml"
CLAUSES = 7
BY = ("--by", "A Lawyer", "--on", "2026-09-01")
RULE = """clauses/law/US-NY.yaml
+rules:
+  - id: NY-TEST
+    title: Notice
+    applies: "true"
+    requires: The notice is sent.
+    window: {before: decision_day, earliest: 30 days, latest: 15 days}
+    channels: [mail, email]
+    consequence: It is void.
+    severity: block
+    authority: Statute 1
"""
LOOKUPS = [
    ("facts", *ACME),
    ("laws", *ACME),
    ("readability", *ACME),
    ("approvals",),
    ("rules",),
    ("schema",),
    ("schema", "law"),
]


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def lines(root, *arguments):
    said = run(root, *arguments)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def data(root, *arguments):
    said = run(root, *arguments, "--json")
    assert said.err == ""
    return json.loads(said.out)


# ---- what they share


@pytest.mark.parametrize("arguments", LOOKUPS, ids=" ".join)
def test_what_only_looks_changes_nothing_and_says_the_same_again(root, arguments):
    before = state(root)
    first = run(root, *arguments)
    assert first.code == 0
    assert first.out
    assert run(root, *arguments) == first
    assert state(root) == before
    assert not (root / ".build").exists()


@pytest.mark.parametrize(
    "arguments", [("facts", *ACME), ("laws", *ACME), ("readability", *ACME), ("approvals",), ("rules",)]
)
def test_every_report_may_be_had_as_json(root, arguments):
    found = data(root, *arguments)
    assert all(isinstance(value, list | dict) for value in found.values())


@pytest.mark.parametrize("command", ["facts", "laws", "readability"])
@pytest.mark.parametrize(
    ("named", "rule"),
    [
        ("acme/2030-support", "unknown-agreement"),
        ("acne/2026-support", "unknown-client"),
        ("acne", "unknown-client"),
        ("../x/y", "name"),
    ],
)
def test_an_agreement_that_is_not_there_is_told(root, command, named, rule):
    said = run(root, command, named)
    assert (said.code, said.out) == (1, "")
    assert f"[{rule}]" in said.err


@pytest.mark.parametrize("command", ["facts", "laws", "readability"])
def test_an_agreement_with_a_fault_is_told_with_its_line(root, command):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    said = run(root, command, *ACME)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"{AGREEMENT}/agreement.yaml:5: error: ")


@pytest.mark.parametrize(
    "arguments", [("facts",), ("facts", ""), ("laws",), ("readability", "acme/"), ("facts", *ACME, "x")]
)
def test_a_name_too_few_or_too_many_is_wrong_use(root, arguments):
    said = run(root, *arguments)
    assert (said.code, said.out) == (2, "")


def test_no_lookup_loads_a_writer(root):
    code = "import sys; from contract_assembly.cli import main\ntry: main()\nfinally: print(*sorted(sys.modules), sep='\\n')"
    for arguments in LOOKUPS:
        command = [sys.executable, "-c", code, "--root", str(root), *arguments]
        said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert "contract_assembly.cli" in said.stdout.splitlines()
        assert not {"weasyprint", "docx"} & set(said.stdout.splitlines()), arguments


# ---- facts


def test_facts_are_listed_with_kind_and_place(root):
    (fee,) = [each for each in lines(root, "facts", *ACME) if each.startswith("fees.monthly ")]
    assert re.fullmatch(rf"fees\.monthly +money +{AGREEMENT}/agreement\.yaml:\d+", fee)
    assert {"name": "client.name", "kind": "text", "where": "agreements/acme/client.yaml:2"} in data(
        root, "facts", *ACME
    )["facts"]


def test_a_clause_can_name_every_fact_that_is_listed(root):
    """As text where it is text, and in a condition where it is not."""
    names = [
        each["name"] for each in data(root, "facts", *ACME)["facts"] if not re.search(r"\.\d+(\.|$)", each["name"])
    ]
    conditions = "".join(f"+{{% if {name} %}}\n+{{% endif %}}\n" for name in names if not name.startswith("laws"))
    change(root, f"clauses/notes.md\n{conditions}")
    said = run(root, "--client", "acme", "--format", "md")
    assert (said.code, said.err) == (0, "")


# ---- laws


def test_rules_of_law_are_told_with_window_ways_and_authority(root):
    change(root, RULE)
    assert lines(root, "laws", *ACME) == [
        "NY-TEST: Notice - to be done (block)",
        "    The notice is sent.",
        "    from 2027-06-30 to 2027-07-15, by mail or email",
        "    otherwise: It is void. Statute 1; verified by: none; clauses/law/US-NY.yaml:5",
    ]
    (rule,) = data(root, "laws", *ACME)["rules"]
    assert (rule["rule"], rule["state"], rule["window"]) == ("NY-TEST", "to be done", ["2027-06-30", "2027-07-15"])
    assert rule["verified_by"] == "none"


def test_where_no_rule_applies_that_is_said(root):
    assert lines(root, "laws", *ACME) == ["no rule of law in clauses/law applies"]
    assert data(root, "laws", *ACME) == {"rules": [], "problems": []}


# ---- readability


def test_readability_is_told_for_each_clause(root):
    head, *rows = lines(root, "readability", *ACME)
    assert "words" in head
    assert len(rows) == len(data(root, "readability", *ACME)["readability"]) >= 3
    assert all(len(row) <= max(map(len, (head, *rows))) for row in rows)


# ---- rules and schemas


def test_a_rule_may_be_had_alone_as_json(root):
    assert list(data(root, "rules", "total")["rules"]) == ["total"]


def test_every_rule_is_listed_with_its_first_sentence(root):
    listed = lines(root, "rules")
    assert len(listed) == len(RULES)
    assert all(re.fullmatch(r"[a-z-]+ +[A-Z“].+", line) for line in listed)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_for_one_kind_of_file_and_closed(root, name):
    schema = json.loads(run(root, "schema", name).out)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False


def test_a_misspelt_schema_is_set_right(root):
    assert "did you mean agreement?" in run(root, "schema", "agrement").err


# ---- approvals and approve


def test_what_nobody_stands_for_is_listed_and_counted(root):
    *rows, last = lines(root, "approvals")
    assert last == f"{CLAUSES} open"
    assert "notes: never approved (acme/2026-support)" in rows


def test_once_all_is_approved_nothing_is_open_until_it_is_overdue(root):
    assert lines(root, "approve", "--all", *BY) == [
        "provider: wrote approvals.yaml; approval of every clause until 2027-08-31"
    ]
    assert lines(root, "approvals") == ["nothing is open"]
    assert lines(root, "approvals", "--on", "2027-08-31") == ["nothing is open"]
    overdue = lines(root, "approvals", "--on", "2027-09-01")
    assert overdue[-1] == f"{CLAUSES} open"
    assert "notes: overdue, until 2027-08-31 (acme/2026-support)" in overdue
    assert data(root, "approvals") == {"open": [], "problems": []}


def test_what_could_not_be_looked_at_is_told_in_both_forms(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    said = run(root, "approvals")
    assert said.code == 1
    assert said.err.startswith(f"{AGREEMENT}/agreement.yaml:5: error: ")
    said = run(root, "approvals", "--json")
    assert (said.code, said.err) == (1, "")
    assert [each["rule"] for each in json.loads(said.out)["problems"]] == ["ill-typed"]


def test_approvals_of_one_client_only(root):
    assert run(root, "approvals", "--client", "acne").code == 1
    assert lines(root, "approvals", "--client", "acme")[-1] == f"{CLAUSES} open"


def test_an_approval_makes_a_final_version_possible(root):
    final = ("--client", "acme", "--format", "md", "--final")
    assert run(root, *final).err.endswith(f"not built, {CLAUSES} problems\n")
    run(root, "approve", "--all", *BY)
    assert run(root, *final).code == 0
    assert "Draft" not in (root / AGREEMENT / "contract.md").read_text("utf-8")


def test_an_approval_changes_one_file_and_no_other(root):
    before = state(root)
    assert lines(root, "approve", "notes", "fees", *BY, "--until", "2026-12-31") == [
        "provider: wrote approvals.yaml; approval of notes, fees until 2026-12-31"
    ]
    after = state(root)
    assert {path for path in after if after[path] != before.get(path)} == {FILE}
    assert after[FILE].count(b"\n  - {clause: ") == 2


def test_the_file_of_approvals_names_its_schema_and_fits_it(root):
    run(root, "approve", "notes", *BY, "--law", "US-*", "--law", "GB-EW", "--kind", "support")
    first = (root / FILE).read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../docs/schema/approvals.json"
    assert 'laws: ["US-*", GB-EW], kinds: [support]' in (root / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("approve",),
        ("approve", *BY),
        ("approve", "notes", "--all", *BY),
        ("approve", "notes", "--on", "2026-09-01"),
        ("approve", "notes", "--by", "A"),
        ("approve", "notes", "--by", "", "--on", "2026-09-01"),
        ("approve", "notes", "--by", "A", "--on", "tomorrow"),
        ("approve", "notes", *BY, "--until", "2026-08-31"),
        ("approve", "notes", *BY, "--until", "2026-02-30"),
        ("approve", "notes", *BY, "--kind", "lease"),
        ("approvals", "--on", "1.1.2027"),
    ],
    ids=" ".join,
)
def test_wrong_use_approves_nothing(root, arguments):
    before = state(root)
    said = run(root, *arguments)
    assert (said.code, said.out) == (2, "")
    assert "Error: " in said.err
    assert state(root) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("note", *BY), "did you mean notes?"),
        (("notes", *BY, "--law", "Narnia"), "'Narnia' is not a law like US-NY"),
        (("notes", "--by", "{{ x }}", "--on", "2026-09-01"), "holds {{ or }}"),
    ],
)
def test_what_cannot_be_approved_is_told_and_nothing_is_written(root, arguments, told):
    before = state(root)
    said = run(root, "approve", *arguments)
    assert (said.code, said.out) == (1, "")
    assert told in said.err
    assert state(root) == before


def test_nobody_approves_while_another_builds(root):
    with locked(root):
        said = subprocess.run(
            [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "approve", "notes", *BY],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said.returncode == 75
    assert not (root / FILE).exists()


def test_a_law_that_an_approval_is_not_for_keeps_the_clause_open(root):
    approved("--on", "2026-09-01", "--law", "GB-EW")(root)
    assert lines(root, "approvals") == [
        "notes: not approved for this use, until 2027-08-31 (acme/2026-support)",
        "1 open",
    ]


# ---- what the pages say of them


def test_the_page_of_commands_is_what_help_says():
    written = (REPOSITORY / "docs/commands.md").read_text("utf-8")
    assert written == page(), "run: python -m tests.helpers.commands_page > docs/commands.md"


def test_the_page_is_the_same_on_any_terminal():
    command, env = (
        [sys.executable, "-m", "tests.helpers.commands_page"],
        {**os.environ, "COLUMNS": "44", "NO_COLOR": "1"},
    )
    said = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=True)
    assert said.stdout == page()


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_each_command_is_named_where_people_read(name):
    pages = [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")]
    assert any(f"build.py {name}" in each.read_text("utf-8") for each in pages if each.name != "commands.md")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_examples_in_the_help_of_a_command_are_commands(name):
    examples = re.findall(rf"^ +build\.py ({name}\b.*)$", page(), re.MULTILINE)
    assert examples
    for example in examples:
        words = re.sub(r"   .*| \|.*", "", example).replace('"', "").split()
        options = {word for word in words if word.startswith("--")}
        command = cli.commands[name]
        command = command.commands[words[1]] if isinstance(command, click.Group) else command
        known = {option for parameter in command.params for option in parameter.opts}
        assert options <= known


VERBS = frozenset(
    [
        "Add",
        "Approve",
        "Begin",
        "Build",
        "Change",
        "Check",
        "Compare",
        "Enter",
        "Explain",
        "Import",
        "List",
        "Make",
        "Measure",
        "Plan",
        "Print",
        "Propose",
        "Reverse",
        "Set",
        "Show",
        "Turn",
        "Verify",
        "Write",
    ]
)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_begins_with_what_the_command_does(name):
    """In the imperative, as the name of a command is, in its own help and in the list above it."""
    command = COMMANDS[name]
    assert str(command.help).split()[0] in VERBS
    assert not command.short_help or command.short_help.split()[0] in VERBS | {"Amend", "Set"}
    assert "Example" in str(command.help)
