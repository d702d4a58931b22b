"""Forms of commands from before the convention of docs/decisions/34. They work for one more version, with a note.

Old arguments are rewritten as new ones before click parses them, so a command itself has only the new form.
"""

from collections.abc import Iterable, Sequence

import click

from contract_assembly.core.text import shortened

_Piece = list[str]  # an option with its values, or one argument
_CLIENT, _AGREEMENT, _ALL = "--client", "--agreement", "--all"


class OnOne(click.Command):
    """A command on one client or agreement, which is its first argument. Formerly the agreement was an option or the second
    argument, and in some commands the client was an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let click parse the present form of the arguments."""
        return super().parse_args(ctx, args if ctx.resilient_parsing else self._modern(ctx, args))

    def _modern(self, ctx: click.Context, args: list[str]) -> list[str]:
        pieces, rest = _pieces(self, args)
        clients, agreements = _taken(pieces, _CLIENT), _taken(pieces, _AGREEMENT)
        words, old = _arguments(pieces), _CLIENT if clients else _AGREEMENT
        if not clients and not agreements and len(words) == 2 and "/" not in words[0] and self._takes_one():
            clients, agreements, old, words = words[:1], words[1:], "AGREEMENT", []
        elif not clients and agreements and words:
            clients, words = words[:1], words[1:]
        if not clients or not (agreements or old == _CLIENT):
            return args
        asked = "/".join([clients[-1], *agreements[-1:]])
        how = "is now part of the first argument" if agreements else "is now the first argument"
        _note(old, how, f"{ctx.command_path} {asked}")
        return [asked, *words, *_flat(each for each in pieces if not _is_argument(each)), *rest]

    def _takes_one(self) -> bool:
        return sum(isinstance(each, click.Argument) for each in self.params) == 1


class OverAll(click.Command):
    """A command over all clients, narrowed with `--client`. Formerly the agreement was an option of its own."""

    by_argument = False

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let click parse the present form of the arguments."""
        if not ctx.resilient_parsing:
            args = modern(self, ctx, args, by_argument=self.by_argument)
        return super().parse_args(ctx, args)


class OverAllByArgument(OverAll):
    """A command over all clients that formerly took the client as an argument, and `--all` for all of them."""

    by_argument = True


def modern(command: click.Command, ctx: click.Context, args: list[str], *, by_argument: bool = False) -> list[str]:
    """The arguments of a command over all clients in their present form. Raises click's UsageError."""
    pieces, rest = _pieces(command, args)
    words = _arguments(pieces) if by_argument else []
    everyone = by_argument and [_ALL] in pieces and not any(_ALL in each.opts for each in command.params)
    if words and everyone:
        raise click.UsageError("name a client, or leave it out for all of them")
    if everyone:
        _note(_ALL, "is no longer needed", ctx.command_path)
        return [*_flat(each for each in pieces if each != [_ALL]), *rest]
    agreements = _taken(pieces, _AGREEMENT)
    if not words and not agreements:
        return args
    clients = [*words, *_taken(pieces, _CLIENT)]
    if agreements and len(clients) != 1:
        raise click.UsageError("name an agreement with its client: --client CLIENT/AGREEMENT")
    asked = _flat([_CLIENT, "/".join([each, *agreements[-1:]])] for each in clients)
    how = "is now part of `--client`" if agreements else "is now an option"
    _note(_AGREEMENT if agreements else "CLIENT", how, f"{ctx.command_path} {' '.join(asked)}")
    return [*asked, *_flat(each for each in pieces if not (by_argument and _is_argument(each))), *rest]


def _note(old: str, how: str, form: str) -> None:
    """One line on standard error; the output of the command stays as it was."""
    click.echo(
        f"note: `{old}` {how}: {shortened(form, 200)}; the old form will be removed in the next version", err=True
    )


def _pieces(command: click.Command, args: Sequence[str]) -> tuple[list[_Piece], list[str]]:
    """The arguments in pieces, and the rest as it is: from "--" on, or from the name of a group's command on."""
    counts = {
        name: 0 if each.is_flag else each.nargs
        for each in command.params
        if isinstance(each, click.Option)
        for name in (*each.opts, *each.secondary_opts)
    } | {_CLIENT: 1, _AGREEMENT: 1}
    pieces, left = list[_Piece](), list(args)
    while left and left[0] != "--" and not (isinstance(command, click.Group) and _is_argument(left[:1])):
        name, equals, value = left[0].partition("=")
        if equals and name in counts:  # a flag that formerly had a value: the value is an argument now
            pieces += [[name, value]] if counts[name] else [[name], [value]]
            left = left[1:]
        else:
            count = 1 + counts.get(left[0], 0)
            pieces.append(left[:count])
            left = left[count:]
    return pieces, left


def _is_argument(piece: _Piece) -> bool:
    return len(piece) == 1 and (piece[0] == "-" or not piece[0].startswith("-"))


def _arguments(pieces: Sequence[_Piece]) -> list[str]:
    return [each[0] for each in pieces if _is_argument(each)]


def _taken(pieces: list[_Piece], name: str) -> list[str]:
    """The values of an option, which is taken out of the pieces."""
    found = [each[1] for each in pieces if each[0] == name and len(each) == 2]
    pieces[:] = [each for each in pieces if each[0] != name or len(each) != 2]
    return found


def _flat(pieces: Iterable[_Piece]) -> list[str]:
    return [word for each in pieces for word in each]
