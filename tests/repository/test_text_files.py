from contract_assembly.repository.text_files import text_files


def test_text_files_come_in_order_and_nothing_outside_is_read(tmp_path):
    root = tmp_path / "root"
    (root / "a/b").mkdir(parents=True)
    (root / "a/two.md").write_text("2")
    (root / "a/b/one.yaml").write_text("1")
    (root / "a/page.pdf").write_text("no")
    (tmp_path / "secret.md").write_text("no")
    (root / "a/link.md").symlink_to(tmp_path / "secret.md")
    (root / "a/out").symlink_to(tmp_path)
    assert list(text_files(root, "a")) == [("a/b/one.yaml", b"1"), ("a/two.md", b"2")]
    assert list(text_files(root, "missing")) == []
