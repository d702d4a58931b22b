"""`build.py block`: the hours of prepaid time blocks. One module for each command; they share `entering`, `issuing` and
`views`."""

import click

from contract_assembly.core.lazy import table

COMMANDS = table(
    {
        "balance": "contract_assembly.cli.block.balance:balance",
        "compare": "contract_assembly.cli.block.compare:compare",
        "forecast": "contract_assembly.cli.block.forecast:forecast",
        "import": "contract_assembly.cli.block.import_hours:import_hours",
        "log": "contract_assembly.cli.block.log:log",
        "notices": "contract_assembly.cli.block.notices:notices",
        "notify": "contract_assembly.cli.block.notify:notify",
        "order": "contract_assembly.cli.block.order:order",
        "propose": "contract_assembly.cli.block.propose:propose",
        "reverse": "contract_assembly.cli.block.reverse:reverse",
        "statement": "contract_assembly.cli.block.statement:statement",
    }
)


@click.group(short_help="Enter hours of prepaid time blocks, and see what is left.")
def block() -> None:
    """Enter and reverse the hours of prepaid time blocks, and see the balance, the forecast and the messages that are due.

    Hours are in ledger.csv, next to agreement.yaml; orders of further Blocks, payments and messages are in
    account.yaml. Days are those of the service desk's time zone.

    \b
    Examples:
      build.py block log hudson 35m --task "Printer in the studio" --by miguel-santos --at 09:10
      build.py block balance --client hudson
    """


block.commands = COMMANDS  # type: ignore[assignment]  # click only reads it
