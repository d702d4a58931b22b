"""The one connection: where it goes, what it takes, and what it says. tests/actions/test_send.py has the failures of a network."""

import pytest

from contract_assembly.actions.esign import connection
from contract_assembly.actions.esign.connection import Connection
from contract_assembly.core.problems import RefusedError
from tests.helpers import esign_services


@pytest.fixture(scope="module")
def service():
    with esign_services.running("docuseal") as found:
        yield found


@pytest.fixture
def there(service):
    return Connection(service.url, "X-Auth-Token", esign_services.KEY)


def test_the_key_is_not_in_its_text(there):
    assert esign_services.KEY not in repr(there)


@pytest.mark.parametrize(
    "url", ["http://other.example/a.pdf", "file:///etc/passwd", "ftp://a.example/b", "", "//a.example/b"]
)
def test_a_file_is_fetched_by_https_or_from_the_service_itself(there, service, url):
    before = len(service.calls)
    with pytest.raises(RefusedError, match="is not https"):
        there.file_at(url)
    assert len(service.calls) == before


def test_what_a_service_says_about_a_refusal_is_quoted(there):
    with pytest.raises(RefusedError, match=r"refused the request \(422\): .not as documented"):
        there.post("/submissions/pdf", {"documents": [], "colour": "blue"})


def test_an_answer_of_which_only_the_beginning_arrives_in_time_is_given_up(there, service, monkeypatch):
    monkeypatch.setattr(connection, "LONGEST", 0.0)
    service.faults.append(("GET", "huge"))
    with pytest.raises(RefusedError, match="did not answer in time"):
        there.get("/submitters")


def test_a_name_that_does_not_exist_is_a_sentence():
    with pytest.raises(RefusedError, match=r"nowhere\.invalid cannot be reached"):
        Connection("https://nowhere.invalid", "X", "k").get("/")
