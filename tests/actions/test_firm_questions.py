from contract_assembly.actions.firm_questions import ask_all
from contract_assembly.actions.start_repository import answers_of

GIVEN = {
    "Your firm's name, exactly as registered": ["Harbor IT LLC"],
    "Its short name, for running heads and lists": ["Harbor IT"],
    "Email address of the service desk": ["hello", "hello@harbor.example"],
    "Telephone of the service desk, with its country code": ["+1 518 555 0150"],
    "Web page of the service desk": ["support.harbor.example"],
    "Where it is based: a code or a name, like US-NY or Ontario": ["Narnia", "Ontario"],
    "Street and number": ["12 Quay Street"],
    "City": ["Toronto"],
    "State or province, as on an envelope (Enter for none)": ["ON"],
    "Postcode": ["M5H 2N2"],
    "Who signs your contracts: name": ["Jo Harbor"],
    "Email address": ["jo@harbor.example"],
    "Telephone, with its country code": ["+1 416 555 0151"],
}


def test_answers_are_checked_one_by_one_and_become_a_file_of_answers():
    given, faults = {question: list(texts) for question, texts in GIVEN.items()}, []

    def ask(question, default, check):
        while True:
            text = given[question].pop(0) if given.get(question) else default
            assert text is not None, question
            if not (wrong := check(text)):
                return text
            faults.append(wrong)

    answers = answers_of(ask_all(ask), "answers").model
    assert [each.partition(" is not ")[2].split(":")[0] for each in faults] == [
        "an email address",
        "the name or code of a place",
    ]
    assert answers.place == "Ontario"
    assert [each.name for each in answers.people] == ["Jo Harbor"]
    assert answers.registration is None
    assert answers.prices.business.currency == "CAD"
