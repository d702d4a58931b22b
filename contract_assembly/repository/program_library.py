"""The program's own clauses, templates, mappings and playbook: the library that a firm's repository begins with, and the
pin that says which version of it the firm has. Reads only."""

import hashlib
from collections.abc import Mapping

from contract_assembly import __version__
from contract_assembly.core.program_files import library
from contract_assembly.facts.fields import Model, TextFact
from contract_assembly.repository.source import Folder

PIN = "library.yaml"
START = "templates/start/repository"
_FOLDERS = ("clauses", "templates", "provider/mappings", "provider/exports")
_FILES = ("provider/playbook.yaml", ".gitattributes")


class Pin(Model):
    """`library.yaml`: the version of the program that the library came from, and the digest of its files."""

    version: TextFact
    files: TextFact


def own_source() -> Folder:
    """The program's own files."""
    return Folder(library())


def library_files() -> dict[str, bytes]:
    """The library by path, with its pin. What only begins a repository is left out."""
    source = own_source()
    paths = [path for folder in _FOLDERS for path in source.below(folder) if not path.startswith(f"{START}/")]
    found = {path: source.read(path) for path in (*paths, *_FILES)}
    return found | {PIN: pin(found).encode()}


def pin(files: Mapping[str, bytes]) -> str:
    """The text of the pin of these files."""
    return (
        "# The version of the program that clauses and templates came from: `build.py library` compares, `--update` fetches.\n"
        f"version: {__version__}\n"
        f"files: {digest(files)}\n"
    )


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over paths and bytes of all files but the pin; line ends count as LF, as in a checkout on Windows."""
    whole = hashlib.sha256()
    for path in sorted(files):
        if path != PIN:
            whole.update(path.encode() + b"\0" + hashlib.sha256(files[path].replace(b"\r\n", b"\n")).digest())
    return whole.hexdigest()
