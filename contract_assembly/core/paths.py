"""Where clients and agreements lie in a repository. Pure, and known to all who name a file there."""

ALL = "agreements"
MAX_NAME = 100  # characters; a file system takes 255 bytes for a name, and our own endings come after it


def folder_of(client: str, agreement: str = "") -> str:
    """The folder of a client or of one of its agreements, relative to the root, with "/" between names."""
    return f"{ALL}/{client}/{agreement}" if agreement else f"{ALL}/{client}"


def is_clients(path: str) -> bool:
    """Whether a file belongs to some client, and not to the firm's own words and facts."""
    return path.startswith(f"{ALL}/")
