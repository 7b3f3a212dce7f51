"""The command line: turns errors into text and exit codes, and holds no logic."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qualnet.language import counted
from qualnet.problems import InputError, Problem, Problems, QualnetError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualnet.language import Language
    from qualnet.problems import BusyError

__all__ = ["main"]

SHOWN = 3


def _show(problems: Iterable[Problem], language: Language, form: str, *, fold: bool = False) -> None:
    """Print problems; folded, only the first few of each rule."""
    found = list(problems)
    if form == "json":
        rows = [
            {"place": p.place.text(language), "rule": p.rule, "severity": p.severity}
            | {"message": p.message(language), "hint": p.hint(language)}
            for p in found
        ]
        click.echo(json.dumps({"problems": rows}, ensure_ascii=False, indent=1))
        return
    totals = Counter(p.rule for p in found)
    shown: Counter[str] = Counter()
    for problem in found:
        shown[problem.rule] += 1
        if not fold or shown[problem.rule] <= SHOWN:
            click.echo(problem.text(language), err=True)
        more = totals[problem.rule] - SHOWN
        if fold and shown[problem.rule] == SHOWN and more:
            text = {
                "de": f"    und {more} weitere dieser Art: qualnet check",
                "en": f"    and {more} more of this kind: qualnet check",
            }
            click.echo(text[language], err=True)


class _Main(click.Group):
    """Turns what qualnet raises into text and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except QualnetError as error:
            language = cast("Language", ctx.params.get("lang") or "de")
            fold = ctx.invoked_subcommand == "build" and isinstance(error, InputError)
            _show(error.problems, language, "text", fold=fold)
            sys.exit(error.exit_code)


@click.group(cls=_Main)
@click.option(
    "--lang", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Language of messages."
)
@click.version_option(package_name="qualnet")
def main(lang: str) -> None:
    """From coded interviews to causal maps that can be defended.

    \b
    Examples:
      qualnet check            every problem of every input
      qualnet build            build the project in this folder
      qualnet verify           compare outputs with their manifest
    """
    del lang


def _language() -> Language:
    return cast("Language", click.get_current_context().find_root().params["lang"])


PROJECT = click.argument("project", default=".", type=click.Path(exists=True, path_type=Path))
FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
STRICT = click.option("--strict", is_flag=True, help="Let warnings count as errors.")


@main.command()
@PROJECT
@FORMAT
@STRICT
def check(project: Path, form: str, *, strict: bool) -> None:
    """List every problem of every input of PROJECT; nothing is written.

    \b
    Examples:
      qualnet check
      qualnet check --format json
    """
    from qualnet.prepare import prepare  # noqa: PLC0415
    from qualnet.project import find_project  # noqa: PLC0415

    problems = Problems()
    prepare(find_project(project), problems)
    language = _language()
    _show(problems, language, form)
    if form == "text":
        errors, warnings = len(problems.errors), len(problems.warnings)
        text = {
            "de": f"{errors} Fehler, {counted(warnings, 'Warnung', 'Warnungen')}",
            "en": f"{counted(errors, 'error', 'errors')}, {counted(warnings, 'warning', 'warnings')}",
        }
        click.echo(text[language])
    sys.exit(3 if problems.errors or (strict and problems.warnings) else 0)


@main.command()
@PROJECT
@FORMAT
@STRICT
@click.option("--wait", is_flag=True, help="Wait for another build that writes there.")
def build(project: Path, form: str, *, strict: bool, wait: bool) -> None:
    """Build PROJECT: read, derive, compare, and write its outputs.

    \b
    Examples:
      qualnet build
      qualnet --lang en build my-project --strict
    """
    from qualnet.pipeline import run  # noqa: PLC0415

    language = _language()

    def progress(what: str) -> None:
        if sys.stderr.isatty() and form == "text":
            click.echo(f"  {what}", err=True)

    def waiting(error: BusyError) -> None:
        place = ", ".join(p.place.text(language) for p in error.problems)
        text = {
            "de": f"{place}: ein anderer Lauf schreibt hier; warte auf ihn",
            "en": f"{place}: another build writes here; waiting for it",
        }
        click.echo(text[language], err=True)

    built = run(project, strict=strict, wait=waiting if wait else None, progress=progress)
    study, prepared = built.study, built.prepared
    if form == "json":
        rows = [
            {"case": c, "interviews": n.n_documents, "factors": len(n.nodes), "interactions": len(n.drawn)}
            for c, n in study.networks.items()
        ]
        click.echo(json.dumps({"cases": rows, "claims": len(study.claims)}, ensure_ascii=False, indent=1))
        return
    _show(study.warnings, language, "text", fold=True)
    for comparison in study.comparisons.values():
        for network in comparison.networks.values():
            click.echo(repr(network))
    page = (built.outputs or project) / "index.html"
    files = {
        "de": f"{counted(prepared.n_read, 'Datei', 'Dateien')} neu gelesen, {prepared.n_kept} unverändert",
        "en": f"{counted(prepared.n_read, 'file', 'files')} read anew, {prepared.n_kept} unchanged",
    }
    click.echo(files[language])
    click.echo({"de": f"Seite: {page}", "en": f"Page: {page}"}[language])


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "export",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="The export to start from.",
)
@click.option(
    "--case-by", required=True, help="Attribute whose values are the cases; any unambiguous part of its name."
)
def init(folder: Path, export: Path, case_by: str) -> None:
    """Make a project in FOLDER out of an export.

    \b
    Example:
      qualnet init my-study --from export.qdpx --case-by city
    """
    from qualnet.start import start_project  # noqa: PLC0415

    corpus = start_project(folder, export, case_by)
    n = {c.case_id: 0 for c in corpus.cases}
    for row in corpus.document_cases:
        n[row.case_id] += 1
    for case, documents in n.items():
        text = {
            "de": counted(documents, "Dokument", "Dokumente"),
            "en": counted(documents, "document", "documents"),
        }
        click.echo(f"{case}: {text[_language()]}")
    click.echo({"de": f"Weiter: qualnet build {folder}", "en": f"Next: qualnet build {folder}"}[_language()])


@main.command()
@PROJECT
def verify(project: Path) -> None:
    """Name every output of PROJECT that is missing or differs from the manifest.

    \b
    Example:
      qualnet verify
    """
    from qualnet.files import changed_files  # noqa: PLC0415
    from qualnet.project import find_project, load_project  # noqa: PLC0415

    problems = Problems()
    loaded = load_project(find_project(project), problems)
    problems.stop_on_errors()
    if loaded is None:
        problems.fail()
    output = loaded.project.report.output
    n = changed_files(loaded.path(output), output, problems)
    problems.stop_on_errors()
    text = {"de": counted(n, "Datei", "Dateien"), "en": counted(n, "file", "files")}
    click.echo({"de": f"{text['de']} unverändert", "en": f"{text['en']} unchanged"}[_language()])


@main.command("readers")
def list_readers() -> None:
    """List the formats that qualnet reads.

    \b
    Example:
      qualnet readers
    """
    from qualnet.readers import readers  # noqa: PLC0415

    for name in readers:
        click.echo(f"{name:12} {readers[name].SUMMARY[_language()]}")


@main.command("layers")
def list_layers() -> None:
    """List the layers of interactions: claims, and the ways of co-occurrence.

    \b
    Example:
      qualnet layers
    """
    from qualnet.interactions import layers  # noqa: PLC0415

    for name in layers:
        click.echo(f"{name:12} {(layers.module(name).__doc__ or '').splitlines()[0]}")


@main.command("schema")
@click.argument("kind", type=click.Choice(["project", "codebook"]))
def print_schema(kind: str) -> None:
    """Print the JSON Schema of a file KIND, for editors that check while one types.

    \b
    Example:
      qualnet schema codebook > codebook.schema.json
    """
    from qualnet.codebook import CodebookFile  # noqa: PLC0415
    from qualnet.located import schema  # noqa: PLC0415
    from qualnet.project import Project  # noqa: PLC0415

    shape = {"project": Project, "codebook": CodebookFile}[kind]
    click.echo(json.dumps(schema(shape), ensure_ascii=False, indent=1))


@main.group()
def codebook() -> None:
    """Check and show codebooks."""


def _load(file: Path, problems: Problems) -> object:
    from qualnet.codebook import load_codebook  # noqa: PLC0415

    return load_codebook(file, file.parent, problems)


@codebook.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@FORMAT
@STRICT
def check_codebook(file: Path, form: str, *, strict: bool) -> None:
    """List every problem of a codebook FILE.

    \b
    Example:
      qualnet codebook check codebooks/soest.yaml
    """
    problems = Problems()
    _load(file, problems)
    _show(problems, _language(), form)
    sys.exit(3 if problems.errors or (strict and problems.warnings) else 0)


@codebook.command("show")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def show_codebook(file: Path) -> None:
    """Show the codes of FILE, inherited ones included, as a tree.

    \b
    Example:
      qualnet codebook show codebooks/soest.yaml
    """
    from qualnet.codebook import load_codebook  # noqa: PLC0415
    from qualnet.language import text_in  # noqa: PLC0415

    problems = Problems()
    book = load_codebook(file, file.parent, problems)
    if book is None:
        problems.fail()
    language = _language()

    def branch(parent: str | None, depth: int) -> None:
        for code in book.codes.values():
            above = code.parent if code.parent in book.codes else None
            if above == parent:
                kind = f"  [{code.kind}]" if code.codable else ""
                click.echo("  " * depth + f"{code.id}  {text_in(code.label, language)}{kind}")
                branch(code.id, depth + 1)

    branch(None, 0)
