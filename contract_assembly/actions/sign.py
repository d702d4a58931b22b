"""Sign a document that was sent, in the place of one party. Writes nothing."""

from contract_assembly.actions import signed_copy
from contract_assembly.actions.signature_steps import unlike_sent
from contract_assembly.actions.step import subject_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_writer import file_name
from contract_assembly.repository.selection import documents_of
from contract_assembly.writers.pdf.signatures import SigningError, signed


def signed_by_us(
    repository: Repository,
    client: str,
    agreement: str,
    name: str,
    *,
    side: str,
    p12: bytes,
    password: str = "",
    file: bytes | None = None,
) -> bytes:
    """The PDF as it was sent, or `file`, in which the other side has signed it, with our signature. Raises RefusedError unless it
    was sent as it is here, if `file` is another document, and if it cannot be signed."""
    documents_of(repository, client, agreement, [name])
    subject = subject_of(repository, client, agreement, name)
    if wrong := unlike_sent(repository, subject.folder, name, subject.at):
        raise RefusedError(wrong)
    ours = repository.read(f"{subject.folder}/{file_name(name, 'pdf')}")
    if file is not None and file != ours:
        signed_copy.judged(file, ours, subject.folder, name, complete=False)
    try:
        return signed(file or ours, side.title(), p12, password.encode() or None)
    except SigningError as error:
        hint = "build.py inspect FILE lists its signatures"
        raise RefusedError([Problem("not-signed", str(error), None, hint)]) from None
