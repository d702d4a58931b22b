"""Work to be entered: what makes two entries the same, and what is counted together."""

from contract_assembly.blocks.work import EntryIndex, identity, key_of
from tests.helpers.books import FIRST, book, day, with_work, without, work


def test_composed_and_decomposed_letters_are_the_same_task():
    assert identity(work(task="Caf\u00e9")) == identity(work(task="Cafe\u0301"))


def test_every_part_of_an_entry_but_who_asked_makes_another_one():
    others = [{"on": day(1)}, {"time": "09:00"}, {"person": "priya-raman"}, {"task": "B"}, {"channel": "on-site"},
              {"worked": 61}, {"reference": "R"}]  # fmt: skip
    assert len({identity(work()), *(identity(work(**each)) for each in others)}) == 8
    assert identity(work(asked_by="claire-vandermeer")) == identity(work())


def test_an_entry_in_the_ledger_is_known_again():
    assert identity(with_work(book(), work()).ledger.rows[0]) == identity(work())


def test_an_index_has_standing_entries_and_the_sum_of_all_rows():
    found = with_work(book(), work(worked=5), work(worked=6), work(day(1), 20))
    index = EntryIndex(found)
    assert [len(index.days[each]) for each in (FIRST, day(1))] == [2, 1]
    assert index.had[key_of(work())] == (15, 15)
    index = EntryIndex(without(found, 1, day(2)))
    assert [each.number for each in index.groups[key_of(work())]] == [2]
    assert index.had[key_of(work())] == (15, 15)


def test_a_new_entry_adds_only_what_the_sum_lacks():
    found = with_work(book(), work(worked=5))
    index = EntryIndex(found)
    assert index.added(found, key_of(work()), [*found.ledger.rows, work(worked=11)]) == (15, 15)
    assert index.added(found, key_of(work()), [*found.ledger.rows, work(worked=10)]) == (0, 0)
