"""`qualnet codebook check`, `show` and `diff`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from qualnet.cli._common import FORMAT, STRICT, bilingual, language, say, show
from qualnet.cli.codebook._group import FILE, codebook_path, command, sound_codebook
from qualnet.problems import Problems

__all__ = ["check", "diff", "show_tree"]


@bilingual(
    """Nenne jedes Problem eines Codebuchs FILE.

    \b
    Beispiel:
      qualnet codebook check codebooks/soest.yaml
    """
)
@command.command("check")
@FILE
@FORMAT
@STRICT
def check(file: str, form: str, *, strict: bool) -> None:
    """List every problem of a codebook FILE.

    \b
    Example:
      qualnet codebook check codebooks/soest.yaml
    """
    from qualnet.codebook import load_codebook  # noqa: PLC0415

    problems = Problems()
    path = codebook_path(file)
    book = load_codebook(path, path.parent, problems)
    show(problems, form)
    if form == "text" and book and not problems.errors:
        n = sum(1 for _ in book.factors())
        say(f"{file}: {n} Codes, keine Fehler", f"{file}: {n} codes, no errors")
    sys.exit(3 if problems.errors or (strict and problems.warnings) else 0)


@bilingual(
    """Zeige die Codes von FILE, geerbte eingeschlossen, als Baum.

    \b
    Beispiel:
      qualnet codebook show smart-city
    """
)
@command.command("show")
@FILE
def show_tree(file: str) -> None:
    """Show the codes of FILE, inherited ones included, as a tree.

    \b
    Example:
      qualnet codebook show smart-city
    """
    from qualnet.language import text_in  # noqa: PLC0415

    book = sound_codebook(file)

    def branch(parent: str | None, depth: int) -> None:
        for code in book.codes.values():
            above = code.parent if code.parent in book.codes else None
            if above == parent:
                kind = f"  [{code.kind}]" if code.codable else ""
                click.echo("  " * depth + f"{code.id}  {text_in(code.label, language())}{kind}")
                branch(code.id, depth + 1)

    branch(None, 0)


@bilingual(
    """Sage, was Codebuch NEW anders sagt als Codebuch OLD: Codes, ihre Texte, Hypothesen.

    \b
    Beispiele:
      qualnet codebook diff smart-city codebooks/soest.yaml
      qualnet codebook diff alt.yaml neu.yaml --format json
    """
)
@command.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@FORMAT
def diff(old: str, new: str, form: str) -> None:
    """Tell what codebook NEW says otherwise than codebook OLD: codes, their texts, hypotheses.

    \b
    Examples:
      qualnet codebook diff smart-city codebooks/soest.yaml
      qualnet codebook diff old.yaml new.yaml --format json
    """
    from qualnet.codebook.difference import compare_codebooks  # noqa: PLC0415

    found = compare_codebooks(sound_codebook(old), sound_codebook(new), language())
    if form == "json":
        click.echo(json.dumps({"differences": [asdict(x) for x in found]}, ensure_ascii=False, indent=1))
        return
    for difference in found:
        click.echo(difference.sentence(language()))
    if not found:
        say("Kein Unterschied.", "No difference.")
