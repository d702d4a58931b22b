"""A document built again, in memory, from the files of some state, to be compared with a file that says it was built there."""

from collections.abc import Mapping

from contract_assembly.build.embedded_files import Carried
from contract_assembly.build.pipeline import Draft, draft, render
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD, loaded
from contract_assembly.repository.record_writer import file_name


def drafted(repository: Repository, found: Carried) -> Draft:
    """The document that a state gives, as the final version or as a draft, whichever gives the tree that the file's record names;
    else the one that it was built as. Raises RefusedError."""
    client, agreement = found.folder.split("/")[1:]
    problems: list[RefusedError] = []
    made: Draft | None = None
    for final in (found.record.is_final, not found.record.is_final):
        try:
            last = draft(repository, client, agreement, found.name, final=final)
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
    """The document and its file as a state gives them. Raises RefusedError."""
    made = drafted(repository, found)
    files, _ = render(repository, made, [found.format], _pages(repository, found))
    return made, files[file_name(made.name, found.format)]


def _pages(repository: Repository, found: Carried) -> Mapping[str, int] | None:
    """The pages that a Word file's contents name: they were taken from the PDF's layout, and recorded."""
    path = f"{found.folder}/{RECORD}"
    return loaded(repository.read(path)).of(found.name).pages or None if repository.source.has(path) else None
