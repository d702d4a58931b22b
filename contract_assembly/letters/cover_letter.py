"""The letter that accompanies an agreement for signature. Reads only its own facts."""

from typing import Any, Literal

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import DateFact, Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.repository.inputs import Repository


class CoverLetter(Issued):
    """`answer_by` is the day by which the client is asked to sign."""

    document: Literal["cover-letter"]
    answer_by: DateFact | None = None


def _content(_repository: Repository, _inputs: AnyInputs[Any], issued: Located[CoverLetter]) -> Content:
    if issued.model.answer_by and issued.model.answer_by <= issued.model.date:
        what, hint = "the answer is due before it can be given", "give the reader a day after the date of the letter"
        raise RefusedError([Problem("answer-before-letter", what, issued.at("answer_by"), hint)])
    return Content()


KIND = Kind(CoverLetter, _content)
