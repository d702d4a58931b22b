from contract_assembly.core.program_files import FOLDERS, library, repository_above, samples


def test_a_checkout_holds_the_library_and_the_samples():
    assert library() == samples()
    assert all((library() / name).is_dir() for name in (*FOLDERS, "agreements"))


def test_the_nearest_folder_above_with_all_three_folders_is_the_repository(tmp_path):
    for name in FOLDERS:
        (tmp_path / "outer" / name).mkdir(parents=True)
        (tmp_path / "outer/inner" / name).mkdir(parents=True)
    deep = tmp_path / "outer/inner/agreements/acme"
    deep.mkdir(parents=True)
    assert repository_above(deep) == tmp_path / "outer/inner"
    assert repository_above(tmp_path / "outer/clauses") == tmp_path / "outer"


def test_a_folder_that_lacks_one_of_them_is_no_repository(tmp_path):
    (tmp_path / "clauses").mkdir()
    (tmp_path / "templates").mkdir()
    assert repository_above(tmp_path) is None
