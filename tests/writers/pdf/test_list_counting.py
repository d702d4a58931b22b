from contract_assembly.writers.pdf.list_counting import COUNTING


def test_lists_count_as_their_marks_do():
    assert COUNTING == ("/LowerAlpha", "/LowerRoman", "/UpperAlpha")  # (a), (i), (A)
