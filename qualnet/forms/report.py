"""The results chapter of a project as a file: internal with its quotes, or what of it may be passed on."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from qualnet.corpus.cases import find_case
from qualnet.files import Stage, write_file
from qualnet.forms.desk import INTERNAL
from qualnet.names import slugs
from qualnet.prepare import prepare_sound
from qualnet.problems import OutputError, Place, Problem
from qualnet.project import find_project
from qualnet.report.chapter import plain_text, results_chapter, write_page, write_text, write_word
from qualnet.report.outputs import check_names, placed_study, shared_study
from qualnet.study import derive_study

if TYPE_CHECKING:
    from qualnet.language import Language
    from qualnet.report.chapter import Chapter

__all__ = ["FORMATS", "Format", "is_chapter", "write_report"]

Format: TypeAlias = Literal["docx", "md", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
SEAL = "qualnet report"
_SEALED = re.compile(rb"<!-- qualnet report ([0-9a-f]{64}) -->\n\Z")
NAMES: dict[Language, str] = {"de": "Ergebnisse", "en": "Results"}


def write_report(
    project: Path,
    language: Language,
    *,
    form: Format = "docx",
    case: str = "",
    public: bool = False,
    output: Path | None = None,
) -> list[Path]:
    """Write the results chapter of a project; a file of that name is never overwritten.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    language
        Of the chapter.
    form
        Of its file. Markdown has its figures in files beside it.
    case
        Only this city.
    public
        What may be passed on: without quotes, and without what too few interviews name.
    output
        The file; None: ``INTERN-Ergebnisse.docx`` in the project, without ``INTERN-`` if public.

    Returns
    -------
    list of Path
        The chapter, and its figures where they are files of their own.

    Raises
    ------
    InputError
        With every problem of the project.
    UsageError
        When there is no such city.
    PrivacyError
        When the chapter would hold a name of the project's key file; nothing is written then.
    OutputError
        When a file is there already: somebody may have written in it.
    """
    prepared = prepare_sound(find_project(project))
    study = derive_study(prepared)
    wanted = find_case(prepared.corpus, case) if case else None
    about = f"-{slugs([c.case_id for c in study.cases])[wanted]}" if wanted else ""
    mark = "" if public else f"{INTERNAL}-"
    path = output or prepared.loaded.folder / f"{mark}{NAMES[language]}{about}.{form}"
    shown = shared_study(study, prepared) if public else placed_study(study, prepared)
    chapter = results_chapter(shown, prepared, language, wanted)
    contents = _written(chapter, form, path.name)
    targets = {name: path.with_name(name) for name in contents}
    for target in targets.values():
        if target.exists():
            raise OutputError(Problem(Place(target.name), "exists-already"))
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        stage.write(path.name, plain_text(chapter))  # formats part words, by marks of their own
        check_names(stage, prepared.names)
        for name, content in contents.items():
            stage.write(name, content)
        check_names(stage, prepared.names)
    for name, content in contents.items():
        write_file(targets[name], content)
    return sorted(targets.values(), key=lambda target: target != path)


def _written(chapter: Chapter, form: Format, name: str) -> dict[str, bytes]:
    """Give every file of a chapter, its text last: who finds it finds its figures too."""
    if form == "docx":
        return {name: _sealed_archive(write_word(chapter))}
    texts = write_text(chapter, name) if form == "md" else {name: write_page(chapter)}
    return {file: _sealed(text) for file, text in texts.items()}


def _sealed(text: str) -> bytes:
    data = text.encode()
    return data + f"<!-- {SEAL} {hashlib.sha256(data).hexdigest()} -->\n".encode()


def _sealed_archive(data: bytes) -> bytes:
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        # no word processor keeps it
        archive.comment = SEAL.encode()
    return file.getvalue()


def is_chapter(data: bytes) -> bool:
    """Tell whether a file is a chapter, or a figure of one, as it was written: nobody works on in it."""
    found = _SEALED.search(data)
    if found:
        return hashlib.sha256(data[: found.start()]).hexdigest().encode() == found[1]
    return data.startswith(b"PK") and data.endswith(SEAL.encode())
