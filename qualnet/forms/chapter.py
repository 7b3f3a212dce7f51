"""The results chapter of a project: to write on in, in Word, Markdown or HTML."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from qualnet.corpus.cases import find_case
from qualnet.files import Stage, write_file
from qualnet.forms.desk import INTERNAL
from qualnet.names import slugs
from qualnet.pipeline import run
from qualnet.problems import OutputError, Place, Problem
from qualnet.report.chapter import (
    chapter_markdown,
    chapter_page,
    chapter_word,
    figures,
    plain_text,
    results_chapter,
    svg,
)
from qualnet.report.outputs import check_names, placed_study, shared_study

if TYPE_CHECKING:
    from qualnet.language import Language
    from qualnet.report.chapter import Chapter

__all__ = ["Format", "is_chapter", "write_chapter"]

Format: TypeAlias = Literal["docx", "md", "html"]
SEAL = "qualnet report"
_SEALED = re.compile(rb"<!-- qualnet report ([0-9a-f]{64}) -->\n\Z")
NAMES: dict[Language, str] = {"de": "Ergebnisse", "en": "results"}


def write_chapter(
    project: Path,
    language: Language,
    kind: Format,
    *,
    case: str = "",
    public: bool = False,
    output: Path | None = None,
) -> list[Path]:
    """Write the results chapter of a project; a file that is there is never overwritten.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    language
        Of the chapter.
    kind
        ``docx``, ``md`` or ``html``.
    case
        Only this city, by its id or name; empty: all, and the section across them.
    public
        Only what may leave the project: without quotes, and without what too few interviews name.
    output
        The file; None: ``INTERN-Ergebnisse`` in the project, or ``Ergebnisse`` of what may leave.

    Returns
    -------
    list of Path
        The file; for Markdown also its figures.

    Raises
    ------
    InputError
        With every problem of the project.
    UsageError
        When no city is called so.
    PrivacyError
        When a file would hold a name of the project's key file; nothing is written then.
    OutputError
        When a file is there already.
    """
    built = run(project, write=False)
    prepared = built.prepared
    study = (shared_study if public else placed_study)(built.study, prepared)
    case_id = find_case(prepared.corpus, case) if case else None
    name = slugs([c.case_id for c in study.cases])[case_id] if case_id else ""
    stem = NAMES[language] if public else f"{INTERNAL}-{NAMES[language]}"
    path = output or prepared.loaded.folder / f"{stem}{f'-{name}' if name else ''}.{kind}"
    chapter = results_chapter(study, prepared, language, case_id)
    contents = _contents(chapter, kind, path)
    there = [p for p in contents if p.exists()]
    if there:
        raise OutputError(*(Problem(Place(p.name), "exists-already") for p in there))
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        stage.write(path.name, plain_text(chapter))
        check_names(stage, prepared.names)
    for file, content in contents.items():
        write_file(file, content)
    return sorted(contents, key=lambda p: p != path)


def _contents(chapter: Chapter, kind: Format, path: Path) -> dict[Path, bytes]:
    """Give every file to write, the figures of Markdown first: it names them."""
    if kind == "html":
        return {path: _sealed(chapter_page(chapter))}
    if kind == "docx":
        return {path: _sealed_archive(chapter_word(chapter))}
    files = {f.name: path.with_name(f"{path.stem}-{f.name}.svg") for f in figures(chapter)}
    drawn = {files[f.name]: _sealed(svg(f.picture, f.name)) for f in figures(chapter)}
    return {**drawn, path: _sealed(chapter_markdown(chapter, {name: p.name for name, p in files.items()}))}


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
