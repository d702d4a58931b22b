import pikepdf
import pytest

from contract_assembly.writers.pdf.typst.objects import Objects, read, stream, text, write

FILE = (
    b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
    b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Count 1/Kids[4 0 R]>>\nendobj\n"
    b"3 0 obj\n<</Length 3>>\nstream\nabc\nendstream\nendobj\n"
    b"4 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>\nendobj\n"
)


def file() -> bytes:
    places = [FILE.index(b"%d 0 obj" % number) for number in (1, 2, 3, 4)]
    table = b"0000000000 65535 f\r\n" + b"".join(b"%010d 00000 n\r\n" % each for each in places)
    end = b"trailer\n<</Size 5/Root 1 0 R/ID[(a)(b)]>>\nstartxref\n%d\n%%%%EOF" % len(FILE)
    return FILE + b"xref\n0 5\n" + table + end


def test_objects_are_read_by_number():
    found = read(file())
    assert found.bodies[1] == b"<</Type/Catalog/Pages 2 0 R>>"
    assert found.bodies[3] == b"<</Length 3>>\nstream\nabc\nendstream"
    assert found.trailer == b"/Root 1 0 R/ID[(a)(b)]"


def test_a_written_file_has_the_same_objects_and_others_can_read_it(tmp_path):
    (tmp_path / "a.pdf").write_bytes(write(read(file())))
    with pikepdf.open(tmp_path / "a.pdf") as made:
        assert made.Root.Type == "/Catalog"
        assert made.get_object(3, 0).read_bytes() == b"abc"
        assert [str(each) for each in made.trailer.ID] == ["a", "b"]
        assert made.check_pdf_syntax() == []


def test_an_object_may_be_added(tmp_path):
    found = read(file())
    more = {**found.bodies, 5: stream(b"/Kind/X", b"words " * 50), 6: b"<</T%s>>" % text("Ünï (x)")}
    (tmp_path / "a.pdf").write_bytes(write(Objects(found.header, more, found.trailer)))
    with pikepdf.open(tmp_path / "a.pdf") as made:
        assert made.get_object(5, 0).read_bytes() == b"words " * 50
        assert str(made.get_object(6, 0).T) == "Ünï (x)"


@pytest.mark.parametrize("spoilt", [(b"2 0 obj", b"9 0 obj"), (b"xref\n0 5", b"xref\n6 5"), (b"trailer", b"trawler")])
def test_a_file_of_another_form_is_refused(spoilt):
    with pytest.raises(ValueError, match="as typst writes it"):
        read(file().replace(*spoilt, 1))
