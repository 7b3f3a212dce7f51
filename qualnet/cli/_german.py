"""What click itself says about a wrong call, in German; click has no catalogue of its own."""

from __future__ import annotations

import re
from typing import IO, Any

import click

__all__ = ["Misuse", "in_german"]

KINDS = {"File": "die Datei", "Directory": "den Ordner", "Path": "die Datei oder den Ordner"}
SAYS = [
    (r"No such option '(.*)'\.", "die Option '{1}' gibt es nicht"),
    (r"No such command '(.*)'\.", "den Befehl '{1}' gibt es nicht"),
    (r" Did you mean '(.*)'\?", "; meinten Sie '{1}'?"),
    (r" Did you mean one of: (.*)\?", "; meinten Sie eines von: {1}?"),
    (r"\(Possible options: (.*)\)", "(möglich: {1})"),
    (r"Missing (?:argument|option|parameter) '(.*?)'\.?", "es fehlt '{1}'"),
    (r"Missing command\.", "es fehlt der Befehl"),
    (r"Invalid value for '(.*?)': ", "'{1}': "),
    (r"'(.*?)' is not one of (.*)\.", "'{1}' ist keines von {2}"),
    (r"Got unexpected extra arguments? \((.*)\)", "zu viel angegeben: {1}"),
    (r"Option '(.*)' requires an argument\.", "die Option '{1}' braucht eine Angabe"),
    (r"Option '(.*)' does not take a value\.", "die Option '{1}' hat keine Angabe"),
    (r"(File|Directory|Path) '(.*)' does not exist\.", "{1} '{2}' gibt es nicht"),
    (r"(File|Directory|Path) '(.*)' is a file\.", "'{2}' ist eine Datei"),
    (r"(File|Directory|Path) '(.*)' is a directory\.", "'{2}' ist ein Ordner"),
    (r"(File|Directory|Path) '(.*)' is not readable\.", "{1} '{2}' darf man nicht lesen"),
]


def in_german(text: str) -> str:
    """Put click's words about a wrong call into German; what is not known stays as it is.

    Examples
    --------
    >>> in_german("Invalid value for 'FILE': File 'x.yaml' does not exist.")
    "'FILE': die Datei 'x.yaml' gibt es nicht"
    """
    for pattern, german in SAYS:
        text = re.sub(
            pattern,
            lambda m, german=german: german.format(m[0], *(KINDS.get(g, g) for g in m.groups())),  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
    return text


class Misuse(click.UsageError):
    """A wrong call, told in German; it is made while the language is known, and shown later."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(in_german(error.format_message()), error.ctx)
        self.usage = f"{self.ctx.get_usage()}\nHilfe: {self.ctx.command_path} --help\n\n" if self.ctx else ""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how to call the command, where its help is, and what was wrong."""
        click.echo(f"{self.usage}Fehler: {self.message}", file=file, err=True)
