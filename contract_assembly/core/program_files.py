"""Where the program's own files are: its clauses, templates and samples in a checkout, and the same files inside an
installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_PACKED = _PACKAGE / "library"  # pyproject.toml puts the files there in a wheel
# What a folder must have for the program to work in it.
FOLDERS = ("clauses", "templates", "provider")


def library() -> Path:
    """The folder that holds the program's own `clauses/`, `templates/` and parts of `provider/`."""
    return _PACKED if _PACKED.is_dir() else _PACKAGE.parent


def samples() -> Path | None:
    """The program's own checkout, with its fictional clients; None where the program is installed."""
    return None if _PACKED.is_dir() else _PACKAGE.parent


def repository_above(folder: Path) -> Path | None:
    """The nearest folder, this one or one above it, that holds a repository of contracts; None if there is none."""
    return next((each for each in (folder, *folder.parents) if all((each / name).is_dir() for name in FOLDERS)), None)
