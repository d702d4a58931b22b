"""Documents whose package was changed by somebody else, for tests of what files carry."""

import io
import zipfile

import pytest

from tests.helpers.corpus import based, run

FOLDER = "agreements/acme/2026-support"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = based(tmp_path_factory.mktemp("inspect") / "root")
    assert run(root, "--client", "acme").code == 0
    return root


def refused(root, path) -> str:
    """What is said of a file that is not ours: one sentence, and no more."""
    done = run(root, "inspect", str(path))
    assert (done.code, done.out) == (1, "")
    assert done.err.count("error: ") == 1
    assert "Traceback" not in done.err
    return done.err


def changed_package(data: bytes, name: str, part: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as copy:
        for each in whole.namelist():
            copy.writestr(each, part if each == name else whole.read(each))
    return into.getvalue()
