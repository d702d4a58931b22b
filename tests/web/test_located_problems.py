"""Problems with the lines that they are about."""

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.located_problems import located


def test_each_problem_has_the_lines_around_its_place(tmp_path):
    (tmp_path / "a.yaml").write_text("one\ntwo\nthree\nfour\nfive\nsix\n" + "x" * 500, "utf-8")
    repository = Repository(tmp_path)
    places = [
        Origin("a.yaml", 1),
        Origin("a.yaml", 4),
        Origin("a.yaml", 7),
        Origin("gone.yaml", 1),
        Origin("a.yaml", 99),
        None,
    ]
    found = {
        str(each.problem.origin): each.lines for each in located(repository, [Problem("x", "bad", at) for at in places])
    }
    assert [(line.number, line.text, line.is_wrong) for line in found["a.yaml:1"]] == [
        (1, "one", True), (2, "two", False), (3, "three", False),
    ]  # fmt: skip
    assert [line.number for line in found["a.yaml:4"]] == [2, 3, 4, 5, 6]
    assert len(found["a.yaml:7"][-1].text) == 200
    assert (found["gone.yaml:1"], found["a.yaml:99"], found["None"]) == ((), (), ())


def test_a_file_that_is_no_text_does_no_harm(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00one\n")
    (found,) = located(Repository(tmp_path), [Problem("x", "bad", Origin("a.yaml", 1))])
    assert len(found.lines) == 1
