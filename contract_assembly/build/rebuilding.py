"""Rebuild a document in memory from the files of some state, to compare it with a file that claims to be built from
them."""

from collections.abc import Mapping

from contract_assembly.build.embedded_files import Carried
from contract_assembly.build.pipeline import Draft, draft, render
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD, loaded
from contract_assembly.repository.record_writer import file_name


def drafted(repository: Repository, found: Carried) -> Draft:
    """The document rebuilt from a state, as final version or as draft: the one whose tree the file's record names,
    otherwise the one that the file was built as. Raises RefusedError."""
    client, agreement = found.folder.split("/")[1:]
    problems: list[RefusedError] = []
    made: Draft | None = None
    for final in (found.record.is_final, not found.record.is_final):
        try:
            last = draft(repository, client, agreement, found.name, final=final, engine=found.record.laid_out_by)
        except RefusedError as error:
            problems.append(error)
            continue
        if last.key == found.record.tree:
            return last
        made = made or last
    if made is None:
        raise problems[0]
    return made


def made_again(repository: Repository, found: Carried) -> tuple[Draft, bytes]:
    """The document and its file, rebuilt from a state. Raises RefusedError."""
    made = drafted(repository, found)
    files, _ = render(repository, made, [found.format], _pages(repository, found))
    return made, files[file_name(made.name, found.format)]


def _pages(repository: Repository, found: Carried) -> Mapping[str, int] | None:
    """The page numbers in a Word file's table of contents, which come from the recorded layout of the PDF."""
    path = f"{found.folder}/{RECORD}"
    return loaded(repository.read(path)).of(found.name).pages or None if repository.source.has(path) else None
