"""The way to the field and back: sheets of a project's cities, and what is read of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.corpus.cases import find_case
from qualnet.files import Stage, write_file, writing
from qualnet.forms.feedback import feedback_page, read_answers, write_answer_sheet
from qualnet.names import slugs
from qualnet.overlays import add_feedback
from qualnet.prepare import prepare_sound
from qualnet.problems import OutputError, Place, Problem, Problems
from qualnet.project import find_project
from qualnet.report.outputs import check_names
from qualnet.study import derive_study

if TYPE_CHECKING:
    from qualnet.forms.feedback import Given
    from qualnet.language import Language

__all__ = ["FOLDER", "read_sheet", "write_sheets"]

FOLDER = "feedback"


def write_sheets(
    project: Path, language: Language, *, case: str = "", least: int | None = None, folder: Path | None = None
) -> list[tuple[tuple[Path, Path], int]]:
    """Write the sheets of a project's cities, a page to print and a workbook each.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    language
        Of the sheets.
    case
        Only this city.
    least
        Fewest interviews that name an arrow; None: as the project says of what is shared.
    folder
        Where to write; None: ``feedback`` in the project.

    Returns
    -------
    list of tuple
        The two files of each city, and how many sentences they hold.

    Raises
    ------
    InputError
        With every problem of the project.
    UsageError
        When there is no such city.
    PrivacyError
        When a sheet would hold a name of the project's key file.
    OutputError
        When a file is there already: somebody may have filled it in.
    """
    prepared = prepare_sound(find_project(project))
    study = derive_study(prepared)
    privacy = prepared.loaded.project.privacy
    least = privacy.min_sources if least is None else least
    target = folder or prepared.loaded.folder / FOLDER
    wanted = find_case(prepared.corpus, case) if case else None
    files = slugs([c.case_id for c in study.cases])
    chosen = [c.case_id for c in study.cases if wanted in {None, c.case_id} and c.case_id in study.networks]
    paths = {c: (target / f"{files[c]}.html", target / f"{files[c]}.xlsx") for c in chosen}
    for path in (p for two in paths.values() for p in two):
        if path.exists():
            raise OutputError(Problem(Place(f"{target.name}/{path.name}"), "exists-already"))
    counts = {}
    with tempfile.TemporaryDirectory() as made:
        stage = Stage(Path(made))
        for case_id, (page, book) in paths.items():
            stage.write(page.name, feedback_page(study, case_id, least, language))
            counts[case_id] = write_answer_sheet(stage.path(book.name), study, case_id, least, language)
        check_names(stage, prepared.names)
        with writing(target):
            target.mkdir(parents=True, exist_ok=True)
        for path in (p for two in paths.values() for p in two):
            write_file(path, (stage.folder / path.name).read_bytes())
    return [(paths[case_id], counts[case_id]) for case_id in paths]


def read_sheet(path: Path, project: Path, *, form_id: str, date: str, role: str, now: str) -> Given:
    """Read a sheet that came back, and add its answers to the overlays.

    Raises
    ------
    InputError
        With every problem of the sheet, or of the project; nothing is kept then.
    """
    prepared = prepare_sound(find_project(project))
    problems = Problems()
    given = read_answers(path, prepared, form_id, date, role, now, problems)
    problems.stop_on_errors()
    overlays = prepared.loaded.project.overlays
    add_feedback(prepared.loaded.path(overlays), overlays, given.new)
    return given
