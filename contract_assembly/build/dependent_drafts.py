"""The drafts of an agreement that use a file which a command changes, built again in the same set. Writes nothing."""

from collections.abc import Mapping

from contract_assembly.build.one_agreement import BuildOrder, build_in_memory
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import recorded
from contract_assembly.writers.formats import FORMATS


def with_drafts(
    repository: Repository, client: str, agreement: str, files: Mapping[str, bytes], but: str
) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    """The files of a set, by name inside the agreement's folder, with every draft but one that any of them is an input of, each
    built again; and a note about each that cannot be built, which stays as it was."""
    folder = folder_of(client, agreement)
    changed, after, notes = {f"{folder}/{name}" for name in files}, dict(files), list[str]()
    others = [
        name
        for name, document in recorded(repository, folder).documents.items()
        if name != but and not document.is_frozen and changed & document.inputs.keys()
    ]
    for name in others:
        then = repository.with_files(folder, after)
        try:
            after |= build_in_memory(then, client, agreement, BuildOrder(tuple(FORMATS), documents=(name,)))[1]
        except RefusedError as error:
            notes.append(f"{name} stays as it was, because it cannot be built: {error.problems[0].what}")
    return after, tuple(notes)
