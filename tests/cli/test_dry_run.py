"""Every command that writes has a dry run: it changes no byte, and then the real run writes exactly what it said."""

import re
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from msgspec import Struct

from contract_assembly.actions.start_repository import example
from contract_assembly.cli import cli
from tests.helpers.books import FIRST
from tests.helpers.client_tables import table
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.esign_services import KEY, for_signature, signed_by_all
from tests.helpers.git_repositories import begun, committed
from tests.helpers.returned import edited

BLOCK = "agreements/hudson/2026-block"
ON = ("--on", "2026-11-24")
BY = ("--by", "A Lawyer", "--on", "2026-09-01")
PROPOSE = ("--plan", "business", "--first-day", "2027-01-01", "--valid-until", "2026-12-18", *ON)


def two_more_users(root):
    path = root / "agreements/acme/2026-support/agreement.yaml"
    path.write_text(path.read_text("utf-8").replace("users: 34", "users: 36"), "utf-8")


def typst(root):
    """Pages are laid out by the engine that is quicker."""
    with (root / "provider/provider.yaml").open("a", encoding="utf-8") as file:
        file.write("pdf: typst\n")


def all_committed(root):
    committed(root, "As it is")


def no_figures(root):
    (root / "agreements/acme/2026-support/service.yaml").unlink()


def all_taken(root):
    """A round with one change, which is taken."""
    run(root, "receive", "acme", str(root / "back.docx"), "--on", "2026-11-24")
    path = root / "agreements/acme/2026-support/negotiation/1.yaml"
    path.write_text(path.read_text("utf-8").replace("decision: open", "decision: take"), "utf-8")


class Example(Struct, frozen=True):
    """A command line, and what comes before it."""

    line: tuple[str, ...]
    before: tuple[Any, ...] = ()


LOOKS = [
    ("approvals",), ("check",), ("deviations",), ("diff", "acme"), ("due", *ON), ("facts", "acme"), ("find", "acme"),
    ("impact",),
    ("inspect", "agreements/acme/2026-support/contract.pdf"), ("laws", "acme"), ("playbook",), ("readability", "acme"),
    ("revenue", *ON), ("rules",), ("schema",),
    ("sign", "acme", "--as", "provider", "--p12", "firm.p12", "--output", "signed.pdf"),
    ("verify", "agreements/acme/2026-support/contract.pdf"), ("words", "agreements/acme/2026-support/contract.docx"),
    ("block balance", *ON), ("block compare", "hudson", *ON), ("block forecast", *ON), ("block notices", *ON),
]  # fmt: skip
SIGNED = ("status", "acme", "--set", "signed", "--on", "2026-11-24")
WRITES = [
    Example(("", "--client", "acme", "--format", "md"), before=(typst, ("status", "acme", "--set", "draft", "--reason", "X"), two_more_users)),
    Example(("amend", "acme", "--on", "2027-01-04"), before=(SIGNED, all_committed, typst, two_more_users)),
    Example(("approve", "--all", *BY, "--until", "2028-12-31")),
    Example(("change", "acme", "users=36", "--on", "2027-01-17", "--asked", "2027-01-12", "--asked-by", "lena-fischer"),
            before=(SIGNED, all_committed, typst)),
    Example(("convert", "hudson", "--plan", "business", "--start", "2027-01-01", "--signed", "2026-12-10"),
            before=(typst, ("block", "propose", "hudson", *PROPOSE))),
    Example(("fetch", "acme"), before=(typst, for_signature, ("send", "acme", *ON), signed_by_all)),
    Example(("git-setup",)),
    Example(("invoices", "--from", "2026-12-01", "--to", "2026-12-31", "--issue", *ON), before=(SIGNED, all_committed)),
    Example(("init", "../ours", "--answers", "answers.yaml")),
    Example(("library", "--update")),
    Example(("import", "clients.csv")),
    Example(("mapping", "--guess", "tickets.csv")),
    Example(("index import", "figures.csv", "--series", "example-cpi", "--published-on", "2026-12-15")),
    Example(("new", "oakridge", "--kind", "support", "--first-day", "2027-01-01", "--place", "US-NY")),
    Example(("negotiate", "acme"), before=(typst, all_taken)),
    Example(("receive", "acme", "back.docx", "--on", "2026-11-24")),
    Example(("reply", "acme", "--on", "2026-11-25"), before=(typst, all_taken, ("negotiate", "acme", "--apply"))),
    Example(("renew", "--by", "2027-09-30", "--on", "2027-06-01", "--client", "acme"), before=(SIGNED, typst)),
    Example(("send", "acme", *ON), before=(typst, for_signature)),
    Example(("service import", "acme", "tickets.csv", "--mapping", "generic-tickets", "--on", "2026-11-30"),
            before=(no_figures,)),
    Example(("site", "../site", *ON)),
    Example(("status", "acme", "--set", "draft", "--reason", "Two more users"), before=(typst,)),
    Example(("block import", "hudson", "hours.csv", "--booked", "2026-11-24")),
    Example(("block log", "hudson", "35m", "--task", "Printer", "--by", "tom-ekberg", *ON, "--booked", "2026-11-24")),
    Example(("block notify", "--client", "hudson", "--on", "2027-01-05")),
    Example(("block order", "hudson", "--hours", "20", "--first-day", "2026-12-07", *ON)),
    Example(("block propose", "hudson", *PROPOSE), before=(typst,)),
    Example(("block reverse", "hudson", "1", "--because", "Ours", "--booked", "2026-11-24")),
    Example(("block statement", "hudson", "--period", "2026-10-05..2026-10-20", "--issue", *ON)),
]  # fmt: skip
EXAMPLES = {each.line[0]: each for each in [*(Example(line) for line in LOOKS), *WRITES]}
ENDLESS = {"serve"}  # runs until it is interrupted: tests/cli/test_serve.py
OUTSIDE = {"init", "library", "site"}  # they write beside the folder, or a branch: tests/cli has a file for each
PLANNED = {"renew", "convert", "block notify", "negotiate"}  # without --apply they only plan


def commands(group: click.Group, above: str = "") -> dict[str, click.Command]:
    """Every command by its name, those of groups with the name of the group before theirs."""
    found: dict[str, click.Command] = {} if above else {"": group}
    for name in group.commands:
        each = group.commands[name]
        found |= commands(each, f"{name} ") if isinstance(each, click.Group) else {f"{above}{name}": each}
    return found


COMMANDS = commands(cli)


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The samples in a repository of their own, and files to import."""
    root = tmp_path_factory.mktemp("samples") / "root"
    for folder in ("agreements/acme", "agreements/hudson", "clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(REPOSITORY / name, root / name)
    (root / "answers.yaml").write_text(example())
    (root / "clients.csv").write_text(table(), "utf-8")
    (root / "hours.csv").write_text(f"date,person,task,worked\n{FIRST},tom-ekberg,Router,35\n")
    (root / "tickets.csv").write_text(TICKETS)
    (root / "firm.p12").write_bytes(b"no key")
    sent = (root / "agreements/acme/2026-support/contract.docx").read_bytes()
    (root / "back.docx").write_bytes(edited(sent, (">30\u00a0days<", ">60\u00a0days<")))
    (root / "figures.csv").write_text("observation_date,CPIAUCNS\n2026-11-01,330.126\n")
    return begun(root)


TICKETS = """Ticket,Priority,Status,Opened,First response,Resolved,Closed,Waiting (minutes),Rating,Close reason
1,3 - Normal,Closed,2026-10-05 09:00,2026-10-05 10:00,2026-10-06 09:00,2026-10-06 12:00,,5,Solved
"""


def tree(root):
    """Every file, with our own notes and git's settings; what git keeps for speed is left out."""
    found = {each.relative_to(root).as_posix(): each for each in root.rglob("*") if each.is_file()}
    return {
        name: each.read_bytes() for name, each in found.items() if not name.startswith(".git/") or name == ".git/config"
    }


@pytest.fixture(scope="module")
def after(samples, tmp_path_factory):
    """The samples after some steps, which are taken once for all examples that begin with them."""
    made = {(): samples}

    def taken(steps):
        if steps not in made:
            *earlier, step = steps
            root = shutil.copytree(taken(tuple(earlier)), tmp_path_factory.mktemp("after") / "root", symlinks=True)
            if callable(step):
                step(root)
            else:
                said = run(root, *step)
                assert said.code == 0, said.err
            made[steps] = root
        return made[steps]

    return taken


def test_every_command_has_an_example_here():
    assert set(EXAMPLES) | ENDLESS == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_answers_in_json(name):
    assert any("--json" in each.opts for each in COMMANDS[name].params)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_dry_run_changes_nothing_and_the_real_run_writes_what_it_said(after, tmp_path, monkeypatch, name):
    example = EXAMPLES[name]
    monkeypatch.setenv("CONTRACTS_ESIGN_KEY", KEY)
    root = shutil.copytree(after(example.before), tmp_path / "root", symlinks=True)
    monkeypatch.chdir(root)
    line = [*example.line[0].split(), *example.line[1:]]
    dry = any("--dry-run" in each.secondary_opts + each.opts for each in COMMANDS[name].params)
    before = tree(root)
    said = run(root, *line, *(["--dry-run"] if dry else []))
    assert said.code in {0, 1}, said
    assert tree(root) == before
    if not dry or name in OUTSIDE:
        return
    listed = set(re.findall(r"[\w./-]+\.\w+", said.out.partition("would write ")[2].partition(";")[0]))
    real = run(root, *line, *(["--apply"] if name in PLANNED else []))
    assert real.code == (name == "receive"), real.err  # a change that came back is undecided
    after = tree(root)
    changed = {each for each in after if after[each] != before.get(each) and not each.startswith(".build/")}
    assert changed
    if name not in {"git-setup", "import", *PLANNED}:  # of an import the clients are listed, not their files
        assert {Path(each).name for each in listed} == {Path(each).name for each in changed}
        assert real.out == said.out.replace("would write ", "wrote ").replace("would be", "is") or name in {
            "mapping",
            "new",
            "send",
            "status",
        }
