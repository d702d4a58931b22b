"""The git settings of one clone for our files: how built documents are shown, and how they are merged.

Built files are never merged. The merge driver keeps our version, so that a merge succeeds if the facts merge. The next
build writes the files again, and until then `check` reports them. Only `git config` is used; no hook is written.
"""

import shlex
from collections.abc import Iterable, Sequence

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.repository.git import Git

SHOWN, MERGED = "contract-words", "contract-built"
_SAMPLES = {"contract.docx": ("diff", SHOWN), "contract.pdf": ("diff", SHOWN), "record.json": ("merge", MERGED)}


def settings(program: Sequence[str]) -> dict[str, str]:
    """The settings by name. `program` is the command line that starts the program; its words may contain spaces, and git
    appends the file's name."""
    return {
        f"diff.{SHOWN}.textconv": f"{shlex.join(program)} words",
        f"diff.{SHOWN}.cachetextconv": "true",
        f"diff.{SHOWN}.binary": "true",
        f"merge.{MERGED}.name": "keep ours; the next build writes it again",
        f"merge.{MERGED}.driver": "true",
    }


def install(git: Git, program: Sequence[str], *, dry_run: bool = False) -> tuple[str, ...]:
    """Change the settings of this clone, for all its work trees. Returns the lines that were set, or would be set; those that
    are there already are not among them. Raises RefusedError `git`."""
    there = _there(git)
    wanted = {name: value for name, value in settings(program).items() if there.get(name) != (value,)}
    if not dry_run:
        for name, value in wanted.items():
            git.checked("config", "--local", "--replace-all", name, value)
        forget(git)
    return tuple(f"{name} = {value}" for name, value in wanted.items())


def remove(git: Git, *, dry_run: bool = False) -> tuple[str, ...]:
    """Remove the settings, and the text that git cached for older versions. Returns the sections that existed."""
    found = _there(git)
    there = [
        each for each in (f"diff.{SHOWN}", f"merge.{MERGED}") if any(name.startswith(f"{each}.") for name in found)
    ]
    if not dry_run:
        for section in there:
            git.checked("config", "--local", "--remove-section", section)
        forget(git)
    return tuple(there)


def _there(git: Git) -> dict[str, tuple[str, ...]]:
    """The values of each setting of this clone."""
    found: dict[str, tuple[str, ...]] = {}
    for each in git.checked("config", "--local", "--null", "--list").decode("utf-8", "replace").split("\0"):
        name, _, value = each.partition("\n")
        found[name] = (*found.get(name, ()), value)
    return found


def forget(git: Git) -> None:
    """Delete git's cached text, because another version of the program may extract other words from the same file."""
    git.checked("update-ref", "-d", f"refs/notes/textconv/{SHOWN}")


def unheeded(git: Git, folder: str) -> Iterable[Problem]:
    """The reason why the settings have no effect: no .gitattributes assigns them to the files in an agreement's
    folder."""
    output = git.checked("check-attr", "-z", "diff", "merge", "--", *(f"{folder}/{name}" for name in _SAMPLES))
    fields = output.decode("utf-8", "replace").split("\0")
    given = {(path, name): value for path, name, value in zip(fields[::3], fields[1::3], fields[2::3], strict=False)}
    lacking = [
        name for name, (attribute, value) in _SAMPLES.items() if given.get((f"{folder}/{name}", attribute)) != value
    ]
    if lacking:
        hint = "copy .gitattributes of Contract Assembly beside your agreements/ folder and commit it"
        what = f"no .gitattributes says how {', '.join(lacking)} are shown and merged, so git does not ask us"
        yield Problem("no-gitattributes", what, Origin(".gitattributes"), hint, "warning")
