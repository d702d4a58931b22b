"""The command line: the only place that prints and exits, and the only one that imports click."""

from contract_assembly.cli.build import cli, main, run
from contract_assembly.core.lazy import table

# A command's module is loaded when the command is called or listed in --help.
COMMANDS = table(
    {
        "amend": "contract_assembly.cli.amend:amend",
        "approvals": "contract_assembly.cli.approvals:approvals",
        "approve": "contract_assembly.cli.approve:approve",
        "block": "contract_assembly.cli.block:block",  # with all its commands
        "change": "contract_assembly.cli.change:change",
        "check": "contract_assembly.cli.check:check",
        "convert": "contract_assembly.cli.convert:convert",
        "deviations": "contract_assembly.cli.deviations:deviations",
        "diff": "contract_assembly.cli.diff:diff",
        "due": "contract_assembly.cli.due:due",
        "facts": "contract_assembly.cli.facts:facts",
        "fetch": "contract_assembly.cli.fetch:fetch",
        "find": "contract_assembly.cli.find:find",
        "git-setup": "contract_assembly.cli.git_setup:git_setup",
        "impact": "contract_assembly.cli.impact:impact",
        "import": "contract_assembly.cli.importing:import_clients",
        "index": "contract_assembly.cli.index:index",  # with all its commands
        "init": "contract_assembly.cli.init:init",
        "inspect": "contract_assembly.cli.inspect:inspect",
        "invoices": "contract_assembly.cli.invoices:invoices",
        "laws": "contract_assembly.cli.laws:laws",
        "library": "contract_assembly.cli.library:library",
        "mapping": "contract_assembly.cli.mapping:mapping",
        "negotiate": "contract_assembly.cli.negotiate:negotiate",
        "new": "contract_assembly.cli.new:new",
        "playbook": "contract_assembly.cli.playbook:playbook",
        "readability": "contract_assembly.cli.readability:readability",
        "receive": "contract_assembly.cli.receive:receive",
        "renew": "contract_assembly.cli.renew:renew",
        "reply": "contract_assembly.cli.reply:reply",
        "revenue": "contract_assembly.cli.revenue:revenue",
        "rules": "contract_assembly.cli.rules:rules",
        "schema": "contract_assembly.cli.schema:schema",
        "send": "contract_assembly.cli.send:send",
        "serve": "contract_assembly.cli.serve:serve",
        "service": "contract_assembly.cli.service:service",
        "sign": "contract_assembly.cli.sign:sign",
        "site": "contract_assembly.cli.site:site",
        "status": "contract_assembly.cli.status:status",
        "verify": "contract_assembly.cli.verify:verify",
        "words": "contract_assembly.cli.words:words",
    }
)
cli.commands = COMMANDS  # type: ignore[assignment]  # click only reads it

__all__ = ["cli", "main", "run"]
