"""Problems of a ledger's file as a whole: its bytes, and the version in git. Pure."""

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem

RESTORE = "restore the file from git ('git checkout'), and correct with 'build.py block reverse' and a new entry"


def differs_from_git(
    data: bytes, committed: bytes, path: str, rule: str = "ledger-witness", hint: str = RESTORE
) -> Problem | None:
    """A difference from the ledger in git, all of whose rows must still be at the start of the file; None if there is none.
    Other files to which rows are only added have a rule and a hint of their own."""
    line = first_difference(data, committed)
    what = "this differs from git: a row that was committed has been changed or removed"
    return Problem(rule, what, Origin(path, line), hint) if line else None


def first_difference(data: bytes, committed: bytes) -> int | None:
    """The line from which a file differs from its committed bytes, to which rows are only added; None where there is none."""
    if data.startswith(committed):
        return None
    pairs = enumerate(zip(committed.split(b"\n"), data.split(b"\n"), strict=False), 1)
    return next((number for number, (old, new) in pairs if old != new), data.count(b"\n") + 1)


def unreadable(data: bytes, path: str) -> Problem | None:
    """A fault of the whole file, with its line; the reader of rows relies on their absence."""

    def line(mark: bytes) -> Origin:
        return Origin(path, data[: data.index(mark)].count(b"\n") + 1)

    if data.startswith(b"\xef\xbb\xbf"):
        return Problem("ledger-bytes", "the file starts with a byte order mark", Origin(path, 1), RESTORE)
    if b"\r" in data:
        hint = f"{RESTORE}. On Windows, write 'ledger.csv -text' into .gitattributes, so that git leaves its line ends alone"
        return Problem("ledger-bytes", "this line ends with CR LF instead of LF", line(b"\r"), hint)
    for mark in (b"<<<<<<< ", b">>>>>>> "):
        if data.startswith(mark) or b"\n" + mark in data:
            what, hint = (
                "git could not merge two people's entries here",
                "keep only the rows of the other side ('git checkout --theirs'), then log your own again",
            )
            return Problem("ledger-conflict", what, line(mark), hint)
    if data.startswith(b"row;"):
        return Problem("ledger-header", "the cells are separated by semicolons, not commas", Origin(path, 1), RESTORE)
    try:
        data.rpartition(b"\n")[0].decode("utf-8")
    except UnicodeDecodeError as error:
        where = Origin(path, data[: error.start].count(b"\n") + 1)
        return Problem("ledger-bytes", "this line is not UTF-8 text", where, RESTORE)
    return None
