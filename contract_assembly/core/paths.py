"""The names and folders of clients and agreements in a repository. Pure."""

from typing import NamedTuple

ALL = "agreements"
MAX_NAME = 100  # characters; a file system takes 255 bytes for a name, and our own endings come after it


def folder_of(client: str, agreement: str = "") -> str:
    """The folder of a client or of one of its agreements, relative to the root, with "/" between names."""
    return f"{ALL}/{client}/{agreement}" if agreement else f"{ALL}/{client}"


class Target(NamedTuple):
    """A client, or one of its agreements, as people name it: `acme` or `acme/2026-support`."""

    client: str
    agreement: str | None = None

    def __str__(self) -> str:
        return f"{self.client}/{self.agreement}" if self.agreement else self.client


def target(text: str) -> Target:
    """A target from its name. Raises ValueError for an empty part; whether there is such a client is another question."""
    client, slash, agreement = text.partition("/")
    if not client.strip() or (slash and not agreement.strip()):
        raise ValueError("the name is empty: write CLIENT or CLIENT/AGREEMENT, like acme or acme/2026-support")
    return Target(client, agreement or None)


def is_clients(path: str) -> bool:
    """Whether a file belongs to a client, not to the firm itself."""
    return path.startswith(f"{ALL}/")


def client_of(path: str) -> str:
    """The client that a file or folder belongs to; "" for the firm's own, and for the folder of all clients."""
    all_, _, rest = path.partition("/")
    return rest.partition("/")[0] if all_ == ALL else ""


def printable(path: str) -> str:
    """A path as it can be shown anywhere: control characters and bytes that are not UTF-8 are escaped, like \\x1b."""
    if path.isprintable():
        return path
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in path)
