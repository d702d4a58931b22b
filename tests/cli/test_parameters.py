"""Arguments and options that commands share."""

from datetime import date
from decimal import Decimal

import click
import pytest
from click.testing import CliRunner

from contract_assembly.cli.parameters import CLIENTS, DATE, MONEY, NAME, ONE, given, on, one_form, one_of, read
from contract_assembly.core.paths import Target
from contract_assembly.core.values import Money


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (DATE, "2026-10-01", date(2026, 10, 1)),
        (MONEY, "62.00 USD", Money(Decimal("62.00"), "USD")),
        (NAME, "acme", "acme"),
        (read("count", int), "7", 7),
    ],
)
def test_text_becomes_a_value(kind, text, value):
    assert kind.convert(text, None, None) == value
    assert kind.convert(value, None, None) == value


@pytest.mark.parametrize(
    ("kind", "text"), [(DATE, "2026-02-30"), (DATE, "tomorrow"), (MONEY, "62"), (NAME, " "), (read("count", int), "x")]
)
def test_what_cannot_be_read_is_wrong_use(kind, text):
    with pytest.raises(click.BadParameter):
        kind.convert(text, None, None)


@click.command()
@ONE
@CLIENTS
@on("The day.", required=True)
def command(target, targets, on):
    click.echo(f"{target} {[str(each) for each in targets]} {on}")


def test_an_agreement_is_the_first_argument_and_clients_may_be_given_again():
    said = CliRunner().invoke(command, ["acme/2026", "--client", "beta", "--client", "acme", "--on", "2026-10-01"])
    assert said.output == "acme/2026 ['beta', 'acme'] 2026-10-01\n"


def test_a_day_that_is_needed_is_asked_for():
    assert "Missing option '--on'" in CliRunner().invoke(command, ["acme"]).output


def test_an_answer_has_one_form():
    one_form(as_csv=True, as_json=False)
    with pytest.raises(click.UsageError, match="cannot be combined"):
        one_form(as_csv=True, as_json=True)


def test_a_command_acts_on_one_agreement_or_names_those_there_are():
    assert one_of((("acme", "2026"),)) == Target("acme", "2026")
    with pytest.raises(click.UsageError, match="has no agreement"):
        one_of(())
    with pytest.raises(click.UsageError, match="name one, acme/2026 or acme/2027"):
        one_of((("acme", "2026"), ("acme", "2027")))


def test_a_file_is_read_as_it_is(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a\r\n")
    assert given(tmp_path / "a.csv") == b"a\r\n"
