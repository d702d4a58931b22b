"""`build.py diff` of one agreement and `impact` on many: whole processes, each in a git repository in a scratch folder."""

import subprocess
from pathlib import Path

from bench.clock import Group, compared
from bench.cold import CONTRACT, Copy, copied
from bench.firm import firm

MANY = 20
DIFF, PDF, COLD = "diff, text", "diff, marked PDF", "a cold build, all formats"
CHANGED = ("clauses/general/assignment.md", "or unreasonably refuse consent", "or unreasonably delay or refuse consent")


def diff(words: Path, client: str, agreement: str, scratch: Path, rounds: int) -> Group:
    """Compare a contract with a fact and a clause changed since the last commit; the base is a build of it."""
    copy = copied(words, scratch / "diff")
    commit_all(copy.root)
    facts = copy.root / f"agreements/{client}/{agreement}/agreement.yaml"
    facts.write_text(facts.read_text("utf-8").replace("version: 1", "version: 2"), "utf-8")
    _reword(copy.root)
    arguments = ("diff", f"{client}/{agreement}")
    jobs = {
        COLD: copied(words, scratch / "cold").clean_build("--client", f"{client}/{agreement}", *CONTRACT),
        DIFF: lambda: copy.build(*arguments),
        "diff, tracked changes": lambda: copy.build(
            *arguments, "--format", "docx", "--output", str(scratch / "a.docx")
        ),
        PDF: lambda: copy.build(*arguments, "--format", "pdf", "--output", str(scratch / "a.pdf")),
    }
    return compared("Compare: one agreement, ratio to a cold build", jobs, COLD, rounds, {DIFF: 0.5})


def impact(scratch: Path, rounds: int, many: int = MANY) -> Group:
    """Reword a clause of every contract in a firm where nothing has been built: each agreement is assembled twice."""
    root = scratch / "firm"
    firm(many, root, status="draft")
    commit_all(root)
    _reword(root)
    copy = Copy(root)
    name = f"impact, {many} agreements, all reached"
    one = "diff of one of them"
    client = min(each.name for each in (root / "agreements").iterdir())
    jobs = {name: lambda: copy.build("impact"), one: lambda: copy.build("diff", client)}
    return compared("Compare: many agreements", jobs, name, rounds)


def _reword(root: Path) -> None:
    path, old, new = CHANGED
    clause = (root / path).read_text("utf-8")
    (root / path).write_text(clause.replace(old, new, 1), "utf-8")


def commit_all(root: Path) -> None:
    """Make a folder a git repository, with all its files in the first commit."""
    for each in (("init", "-q"), ("add", "--all"), ("commit", "-q", "-m", "Before")):
        name = ("-c", "user.name=Bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(root), *name, *each], check=True, capture_output=True)
