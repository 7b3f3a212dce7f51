"""`qualnet build`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import FORMAT, PROJECT, STRICT, Command, bilingual, language, option, say, show
from qualnet.language import counted

if TYPE_CHECKING:
    from pathlib import Path

    from qualnet.problems import BusyError

__all__ = ["command"]

FACTORS = (("Faktor", "Faktoren"), ("factor", "factors"))
INTERVIEWS = (("Interview", "Interviews"), ("interview", "interviews"))
COUNTED = {
    True: (FACTORS, (("Wirkbeziehung", "Wirkbeziehungen"), ("interaction", "interactions")), INTERVIEWS),
    False: (
        FACTORS,
        (("gemeinsames Vorkommen", "gemeinsame Vorkommen"), ("co-occurrence", "co-occurrences")),
        INTERVIEWS,
    ),
}


@bilingual(
    """Baue PROJECT: lesen, ableiten, vergleichen, Ausgaben schreiben.

    \b
    Beispiele:
      qualnet build
      qualnet --lang en build mein-projekt --strict
    """
)
@click.command("build", cls=Command)
@PROJECT
@FORMAT
@STRICT
@option(
    "--wait",
    is_flag=True,
    de="Auf einen anderen Lauf warten, der dort schreibt.",
    en="Wait for another build that writes there.",
)
def command(project: Path, form: str, *, strict: bool, wait: bool) -> None:
    """Build PROJECT: read, derive, compare, and write its outputs.

    \b
    Examples:
      qualnet build
      qualnet --lang en build my-project --strict
    """
    from qualnet.pipeline import run  # noqa: PLC0415

    def progress(what: str) -> None:
        if sys.stderr.isatty() and form == "text":
            click.echo(f"  {what}", err=True)

    def waiting(error: BusyError) -> None:
        place = ", ".join(p.place.text(language()) for p in error.problems)
        say(
            f"{place}: ein anderer Lauf schreibt hier; warte auf ihn",
            f"{place}: another build writes here; waiting for it",
            err=True,
        )

    built = run(project, strict=strict, wait=waiting if wait else None, progress=progress)
    study, prepared = built.study, built.prepared
    if form == "json":
        rows = [
            {"case": c, "interviews": n.n_documents, "factors": len(n.nodes), "interactions": len(n.drawn)}
            for c, n in study.networks.items()
        ]
        click.echo(json.dumps({"cases": rows, "claims": len(study.claims)}, ensure_ascii=False, indent=1))
        return
    show(study.warnings, fold=True)
    for comparison in study.comparisons.values():
        for case, network in comparison.networks.items():
            name = f"{study.case_name(case)} ({network.layer})"
            counts = (len(network.nodes), len(network.drawn), network.n_documents)
            words = COUNTED[network.directed]
            de, en = (
                ", ".join(counted(n, *w[k]) for n, w in zip(counts, words, strict=True)) for k in (0, 1)
            )
            say(f"{name}: {de}", f"{name}: {en}")
    done, cued = (sum(n) for n in zip((0, 0), *study.decided.values(), strict=True))
    if cued:
        say(
            f"{done} von {cued} codierten Stellen mit einem kausalen Ausdruck entschieden",
            f"{done} of {cued} coded places with a causal expression decided",
        )
    say(
        f"{counted(prepared.n_read, 'Datei', 'Dateien')} neu gelesen, {prepared.n_kept} unverändert",
        f"{counted(prepared.n_read, 'file', 'files')} read anew, {prepared.n_kept} unchanged",
    )
    page = (built.outputs or project) / "index.html"
    say(f"Seite: {page}", f"Page: {page}")
