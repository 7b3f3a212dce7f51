"""And my town? One offline page on which other towns tick their challenges and see what speaks to them."""

from __future__ import annotations

import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.files import Stage, write_file
from qualnet.language import text_in
from qualnet.pipeline import run
from qualnet.problems import OutputError, Place, Problem
from qualnet.report.offline import bundle, offline_page, web_folder
from qualnet.report.outputs import check_names, shared_study

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.language import Language
    from qualnet.network import Interaction

__all__ = ["town_data", "write_town_page"]

NAMES: dict[Language, str] = {"de": "meine-stadt.html", "en": "my-town.html"}
WITHOUT_SCRIPT: dict[Language, str] = {
    "de": "Diese Seite braucht JavaScript. Sie lädt nichts aus dem Netz.",
    "en": "This page needs JavaScript. It loads nothing from the network.",
}


def write_town_page(project: Path, language: Language, output: Path | None = None) -> Path:
    """Write the page for other towns: what may be shared, and nothing else.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    language
        Of the page.
    output
        The file; None: beside the project file.

    Raises
    ------
    InputError
        With every problem of the project.
    PrivacyError
        When the page would hold a name of the project's key file.
    OutputError
        When the file is there already.
    """
    built = run(project, write=False)
    path = output or built.prepared.loaded.folder / NAMES[language]
    if path.exists():
        raise OutputError(Problem(Place(path.name), "exists-already"))
    public = shared_study(built.study, built.prepared)
    folder = files("qualnet.forms") / "web"
    text = offline_page(
        town_data(public, language),
        text_in(public.title, language),
        language,
        script=bundle(folder, "town.js", web_folder()),
        style=(folder / "town.css").read_text("utf-8"),
        without_script=WITHOUT_SCRIPT[language],
    )
    with tempfile.TemporaryDirectory() as stage_folder:
        stage = Stage(Path(stage_folder))
        stage.write(path.name, text)
        check_names(stage, built.prepared.names)
    write_file(path, text)
    return path


def town_data(study: Study, language: Language) -> dict[str, object]:
    """Give what the page shows as plain data of schema ``qualnet-town/1``.

    Parameters
    ----------
    study
        What may be shared: without quotes, and without what too few interviews name.
    language
        Of labels and texts.
    """
    cases = [c.case_id for c in study.cases if c.case_id in study.networks]
    keys = sorted({key for case in cases for key in study.networks[case].drawn})
    named = {end for key in keys for end in key}
    codes = [c for c in study.vocabulary.codes.values() if c.id in named or c.kind == "challenge"]
    index = {code.id: i for i, code in enumerate(codes)}
    return {
        "schema": "qualnet-town/1",
        "meta": {
            "title": text_in(study.title, language),
            "language": language,
            "synthetic": study.synthetic,
            "min_sources": study.min_sources,
        },
        "cities": [{"name": study.case_name(case), "n": study.networks[case].n_documents} for case in cases],
        "factors": [
            {
                "id": code.id,
                "label": text_in(code.label, language),
                "definition": text_in(code.definition, language),
                "kind": code.kind,
                "codable": code.codable,
                "n": [_named(study, case, code.id) for case in cases],
            }
            for code in codes
        ],
        "arrows": [
            {
                "s": index[cause],
                "t": index[effect],
                "by": [_told(study.networks[case].drawn.get((cause, effect))) for case in cases],
            }
            for cause, effect in keys
            if cause in index and effect in index and cause != effect
        ],
        "recommendations": [
            {
                "label": text_in(r.label, language),
                "text": text_in(r.text, language),
                "acts": [{"f": index[a.factor], "sign": a.sign} for a in r.acts_on if a.factor in index],
            }
            for r in study.codebook.recommendations
        ],
    }


def _named(study: Study, case: str, factor: str) -> int:
    found = study.networks[case].factors.get(factor)
    return found.n_sources if found else 0


def _told(item: Interaction | None) -> dict[str, object] | None:
    return {"n": item.n_sources, "sign": item.sign} if item else None
