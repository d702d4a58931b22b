"""A small firm with a history in git, for tests of the pages about one agreement: begun, sent, and changed since."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from contract_assembly.web.page import PageRequest
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import AGREEMENT, approved, based, change, run
from tests.helpers.git_repositories import begun, committed

ON = date(2026, 11, 30)
NAMES = {"client": "acme", "agreement": "2026-support"}
FACTS = f"{AGREEMENT}/agreement.yaml"


@cache
def sent_then_changed(root: Path) -> Path:
    """The base firm: committed, sent and committed, then with two users more in the files. It is made once for all tests, which
    only read it."""
    begun(based(root))
    approved("--by", "A Lawyer", "--on", "2026-09-01")(root)
    said = run(root, "status", "acme", "--set", "sent")
    assert said.code == 0, said.err
    committed(root, "Send the contract to Acme", day="2026-09-14")
    change(root, f"{FACTS}\n-  users: 34\n+  users: 36\n")
    return root


def asked(root: Path, names: dict[str, str] | None = None, **query: str) -> PageRequest:
    """A request for a page about the agreement of the base firm."""
    return PageRequest(Snapshot(root, ON), names or NAMES, query)


SCRIPT = "<script>alert(1)</script>"


def hostile(root: Path) -> Path:
    """The base firm with script in every fact that takes any text."""
    for path, more in ((FACTS, ""), ("agreements/acme/client.yaml", ""), ("provider/provider.yaml", " Ltd")):
        text, script = (root / path).read_text("utf-8"), rf'\1"{SCRIPT}{more}"'
        (root / path).write_text(_INSIDE.sub(script, _LINE.sub(script, text)), "utf-8")
    return root


_KEYS = "title|courts|name|short|form|jurisdiction|city|attention|role|method|offsite|test|address"
_LINE = re.compile(rf"^( *(?:{_KEYS}): ).+$", re.MULTILINE)
_INSIDE = re.compile(rf"([{{,] ?(?:{_KEYS}): )[^,}}\n]+")
