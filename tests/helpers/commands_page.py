"""The page `docs/commands.md`, generated from `--help`: `python -m tests.helpers.commands_page > docs/commands.md`."""

import click

from contract_assembly.cli import cli

WIDTH = 100  # whatever the terminal
_HEAD = """# Commands

Each command as its own `--help` tells it. This page is generated: `python -m tests.helpers.commands_page > docs/commands.md`.
Run them as `.venv/bin/python build.py …`.

One convention holds for all of them ([why](decisions/34-command-line.md)):

- A command that acts on one client or agreement takes it as its first argument: `build.py status acme`, or `build.py status acme/2026-support` where the client
  has several agreements.
- A command that works over all clients is narrowed with `--client`, which can be repeated: `build.py check --client acme --client pecan/2026-support`.
- `--dry-run` shows what would be written, in the words of the real run, and writes nothing. `renew`, `convert` and `block notify` show a plan until they are
  given `--apply`.
- `--json` gives one object, with a list `problems` in it; it is there also where the command is refused.

| exit code | meaning |
|---|---|
| 0 | done, or nothing to do |
| 1 | problems in the contracts: each is listed with its file, line and fix |
| 2 | wrong use: an option or a name is missing, unknown or empty |
| 3 | a fault of the program; its details are in a file that you can send us |
| 74 | the output could not be written, for instance because the disk is full. What the command did in the repository is done; `git status` shows it |
| 75 | another command is writing in the repository; try again when it is done |
| 130 | interrupted (Ctrl-C) |
| 141 | the program that read the output has ended, as in `build.py facts acme \\| head -1`; this is not an error |
"""


def page() -> str:
    """The build command first, then every command in alphabetical order."""
    top = click.Context(cli, info_name="build.py", terminal_width=WIDTH, **cli.context_settings)
    sections = [_section("build.py", cli.get_help(top))]
    for name in cli.list_commands(top):
        command = cli.get_command(top, name)
        assert command is not None
        sections += _command(command, name, top)
    return "\n".join([_HEAD, *sections])


def _command(command: click.Command, name: str, above: click.Context) -> list[str]:
    """A command; for a group, also its commands in alphabetical order."""
    context = click.Context(command, info_name=name, parent=above, terminal_width=WIDTH)
    sections = [_section(context.command_path, command.get_help(context))]
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            sections += _command(command.commands[each], each, context)
    return sections


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```\n{lines}\n```\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
