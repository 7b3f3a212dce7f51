"""What every command shares: language, bilingual help, options, and how problems are shown."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qualnet.language import Language
    from qualnet.problems import Problem

__all__ = [
    "FORMAT",
    "PROJECT",
    "STRICT",
    "Command",
    "Group",
    "bilingual",
    "language",
    "option",
    "plain",
    "say",
    "show",
    "typed",
]

SHOWN = 3
HEADINGS: dict[str, dict[Language, str]] = {
    "usage": {"de": "Aufruf: ", "en": "Usage: "},
    "options": {"de": "Optionen", "en": "Options"},
    "commands": {"de": "Befehle", "en": "Commands"},
}
LANGUAGE = re.compile(r"^(?:report:.*?|\s+)language:\s*(\w+)", re.MULTILINE)
OWN = {
    "Show this message and exit.": "Diese Hilfe zeigen.",
    "Show the version and exit.": "Die Version zeigen.",
}
"""What click itself says."""
F = TypeVar("F", bound="Callable[..., Any]")
C = TypeVar("C", bound="_Bilingual")


def language() -> Language:
    """Give the language of messages: the option, else the project's, else German."""
    context = click.get_current_context(silent=True)
    if context is None:
        return "de"
    root = context.find_root()
    if root.params.get("lang") is None and "language" not in root.meta:
        root.meta["language"] = _project_language(context.params.get("project"))
    return cast("Language", root.params.get("lang") or root.meta["language"])


def _project_language(where: Path | None) -> Language:
    """Look into the project file as text: messages need a language before the file is proven sound."""
    start = (where or Path()).resolve()
    for folder in (start, *start.parents):
        file = folder if folder.is_file() else folder / "qualnet.yaml"
        if file.is_file():
            found = LANGUAGE.search(file.read_text("utf-8", "replace"))
            return "en" if found and found[1] == "en" else "de"
    return "de"


def say(de: str, en: str, *, err: bool = False) -> None:
    """Print a line in the reader's language."""
    click.echo({"de": de, "en": en}[language()], err=err)


def typed(words: str, *paths: Path) -> str:
    """Write a command as it can be typed where one is: the folder one is in needs no name."""
    named = (str(path) for path in paths if path != Path())
    return " ".join(["qualnet", words, *(f'"{name}"' if " " in name else name for name in named)])


class _Bilingual(click.Command):
    """A command whose help exists in German too."""

    german = ""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        with ctx.scope(cleanup=False):  # click also asks after the command has ended, to show an error
            heading = HEADINGS["usage"][language()]
        formatter.write_usage(ctx.command_path, pieces, heading)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        english = self.help
        try:
            if language() == "de" and self.german:
                self.help = self.german
            super().format_help_text(ctx, formatter)
        finally:
            self.help = english

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for p in options if (record := p.get_help_record(ctx)) is not None]
        if language() == "de":
            records = [(name, OWN.get(text, text)) for name, text in records]
        with formatter.section(HEADINGS["options"][language()]):
            formatter.write_dl(records)

    def get_short_help_str(self, limit: int = 45) -> str:
        del limit  # a first sentence that is cut says nothing; the list breaks the line
        text = self.german if language() == "de" and self.german else self.help or ""
        first = text.strip().split("\n\n")[0].split("\n")
        return " ".join(line.strip() for line in first)


class Command(_Bilingual):
    """One command."""


class Group(_Bilingual, click.Group):
    """Commands under one name."""

    command_class = Command

    def command(self, *args: Any, **settings: Any) -> Callable[[Callable[..., Any]], Command]:  # type: ignore[override]
        """Add a command of our own class; click's declaration forgets which class that is."""
        return cast("Callable[[Callable[..., Any]], Command]", super().command(*args, **settings))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                rows.append((name, command.get_short_help_str()))
        with formatter.section(HEADINGS["commands"][language()]):
            formatter.write_dl(rows)


def bilingual(german: str) -> Callable[[C], C]:
    """Give a command its German help; its docstring is the English one."""

    def add(command: C) -> C:
        from inspect import cleandoc  # noqa: PLC0415

        command.german = cleandoc(german)
        return command

    return add


class _Option(click.Option):
    """An option whose help exists in both languages."""

    texts: dict[Language, str]

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = self.texts[language()]
        record = super().get_help_record(ctx)
        if record is None or language() == "en":
            return record
        return record[0], record[1].replace("[required]", "[nötig]").replace("[default: ", "[Standard: ")


def option(*names: str, de: str, en: str, **settings: Any) -> Callable[[F], F]:
    """Declare an option once, with its help in both languages."""

    def made(*args: Any, **values: Any) -> _Option:
        result = _Option(*args, **values)
        result.texts = {"de": de, "en": en}
        return result

    return click.option(*names, cls=cast("Any", made), help=en, **settings)


PROJECT = click.argument("project", default=".", type=click.Path(exists=True, path_type=Path))


def _remember_form(ctx: click.Context, _: click.Parameter, value: str) -> str:
    ctx.meta["form"] = value  # errors are shown after the command has ended
    return value


FORMAT = option(
    "--format",
    "form",
    callback=_remember_form,
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    de="Für Menschen oder für Programme.",
    en="For people or for programs.",
)
STRICT = option(
    "--strict", is_flag=True, de="Warnungen gelten als Fehler.", en="Let warnings count as errors."
)


def plain(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Give problems as they stand in JSON."""
    chosen = language()
    return [
        {"place": p.place.text(chosen), "rule": p.rule, "severity": p.severity}
        | {"message": p.message(chosen), "hint": p.hint(chosen)}
        for p in problems
    ]


def show(
    problems: Iterable[Problem], form: str = "text", *, fold: bool = False, whole: str = "qualnet check"
) -> None:
    """Print problems; folded, only the first few of each rule, and what to type for the whole list."""
    found = list(problems)
    chosen = language()
    if form == "json":
        click.echo(json.dumps({"problems": plain(found)}, ensure_ascii=False, indent=1))
        return
    totals = Counter(p.rule for p in found)
    shown: Counter[str] = Counter()
    for problem in found:
        shown[problem.rule] += 1
        if not fold or shown[problem.rule] <= SHOWN:
            click.echo(problem.text(chosen), err=True)
        more = totals[problem.rule] - SHOWN
        if fold and shown[problem.rule] == SHOWN and more:
            say(
                f"    und {more} weitere dieser Art: {whole}",
                f"    and {more} more of this kind: {whole}",
                err=True,
            )
