"""What is wrong with a ledger's file as a whole: its bytes, and what git holds of it. Pure."""

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem

RESTORE = "take the file back from git ('git checkout'), and correct by 'build.py block reverse' and a new entry"


def witnessed(data: bytes, committed: bytes, path: str) -> Problem | None:
    """What differs from the ledger as git holds it, whose rows must all still stand at the beginning; None if nothing does."""
    if data.startswith(committed):
        return None
    pairs = enumerate(zip(committed.split(b"\n"), data.split(b"\n"), strict=False), 1)
    line = next((number for number, (old, new) in pairs if old != new), data.count(b"\n") + 1)
    what = "this is not what git holds: a row that was committed has been changed or taken away"
    return Problem("ledger-witness", what, Origin(path, line), RESTORE)


def unreadable(data: bytes, path: str) -> Problem | None:
    """Whole-file faults, each with its line; the reader of rows can rely on none of them."""

    def line(mark: bytes) -> Origin:
        return Origin(path, data[: data.index(mark)].count(b"\n") + 1)

    if data.startswith(b"\xef\xbb\xbf"):
        return Problem("ledger-bytes", "the file starts with a byte order mark", Origin(path, 1), RESTORE)
    if b"\r" in data:
        hint = f"{RESTORE}. On Windows, write 'ledger.csv -text' into .gitattributes, so that git leaves its line ends alone"
        return Problem("ledger-bytes", "this line ends with CR LF, where LF alone belongs", line(b"\r"), hint)
    for mark in (b"<<<<<<< ", b">>>>>>> "):
        if data.startswith(mark) or b"\n" + mark in data:
            what, hint = (
                "git could not merge two people's entries here",
                "keep the rows of the other side alone ('git checkout --theirs'), then log your own once more",
            )
            return Problem("ledger-conflict", what, line(mark), hint)
    if data.startswith(b"row;"):
        return Problem("ledger-header", "the cells are parted by semicolons, not commas", Origin(path, 1), RESTORE)
    try:
        data.rpartition(b"\n")[0].decode("utf-8")
    except UnicodeDecodeError as error:
        where = Origin(path, data[: error.start].count(b"\n") + 1)
        return Problem("ledger-bytes", "this line is not UTF-8 text", where, RESTORE)
    return None
