"""Work that is done once for the same objects."""

from contract_assembly.core.once import once_for_each


def counted(most):
    asked = []

    @once_for_each(most)
    def total(first, second):
        """Add both."""
        asked.append((first, second))
        return sum(first) + sum(second)

    return total, asked


def test_the_same_objects_are_asked_about_once():
    total, asked = counted(10)
    one, two = [1], [2]
    assert (total(one, two), total(one, two), total(two, one)) == (3, 3, 3)
    assert asked == [(one, two), (two, one)]


def test_equal_objects_are_not_the_same():
    total, asked = counted(10)
    assert (total([1], [2]), total([1], [2])) == (3, 3)
    assert len(asked) == 2


def test_an_object_that_takes_the_place_of_another_in_memory_is_not_taken_for_it():
    total, _ = counted(10_000)
    assert [total([n], []) for n in range(1_000)] == list(range(1_000))


def test_no_more_than_so_many_are_kept():
    total, asked = counted(2)
    lists = [[n] for n in range(3)]
    for each in (*lists, lists[0]):
        total(each, [])
    assert len(asked) == 4


def test_the_function_keeps_its_name_and_docstring():
    total, _ = counted(1)
    assert (total.__name__, total.__doc__) == ("total", "Add both.")
