"""Numbers that an amendment keeps."""

from contract_assembly.letters.amendments.kept_numbers import kept
from tests.helpers.amended_documents import OLD, changed, clause, document, numbers, schedule, terms


def test_what_was_there_keeps_its_number_and_what_is_new_gets_a_letter():
    new = document(
        terms(
            clause("fees", "due", "rate", "cap", "late"), clause("audit", "when", "how"), clause("term", "start", "end")
        ),
        schedule("data", clause("subject", "x", "y")),
        schedule("plan", clause("sites", "list", "more")),
        schedule("exit", clause("steps", "a", "b")),
    )
    _, found = changed(OLD, new)
    assert numbers(found) == [
        *("", "1", "1.1", "1.1A", "1.1B", "1.2", "1A", "1A.1", "1A.2", "2", "2.1", "2.2"),
        *("1", "1", "1.1", "1.2", "A", "1", "1.1", "1.2", "A1", "1", "1.1", "1.2"),
    ]


def test_the_number_of_what_is_taken_out_is_not_used_again():
    without = document(terms(clause("fees", "late"), clause("term", "start", "end")), OLD.parts[1])
    first, second = changed(OLD, without)
    assert numbers(second)[:5] == ["", "1", "1.2", "2", "2.1"]
    third = kept(
        document(terms(clause("fees", "late", "tax"), clause("term", "start", "end")), OLD.parts[1]), [first, second]
    )
    assert numbers(third)[:5] == ["", "1", "1.2", "1.2A", "2"]
    fourth = kept(without, [first, second, third])
    fifth = kept(
        document(terms(clause("fees", "late", "other"), clause("term", "start", "end")), OLD.parts[1]),
        [first, second, third, fourth],
    )
    assert numbers(fifth)[3] == "1.2B"
