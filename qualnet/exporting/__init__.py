"""The way back: a project as files of other programs, one module per form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from qualnet.files import staged
from qualnet.pipeline import run
from qualnet.registry import Registry
from qualnet.report.outputs import placed_study, seal, shared_study

if TYPE_CHECKING:
    from pathlib import Path

    from qualnet.comparison import Study

__all__ = ["EXPORT", "Format", "How", "export", "formats"]

EXPORT = "export"
"""Folder of the project that holds a folder for each form."""


@dataclass(frozen=True)
class How:
    """What a person may choose.

    Attributes
    ----------
    name
        Of the files, without ending.
    claims
        In a REFI-QDA project: each claim as a note on its passages, or as a code ``A -> B (+)``.
    utf16
        In a REFI-QDA project: positions in UTF-16 units, as some programs count against the standard.
    """

    name: str
    claims: Literal["notes", "codes"] = "notes"
    utf16: bool = False


class Format(Protocol):
    """Give a study as files of one form."""

    def __call__(self, study: Study, how: How) -> dict[str, bytes]:
        """Give name of the file to its content."""


formats: Registry[Format] = Registry("format", "qualnet.exporting", "write")


def export(
    project: Path,
    form: str,
    *,
    claims: Literal["notes", "codes"] = "notes",
    utf16: bool = False,
    share: bool = False,
) -> tuple[Study, list[Path]]:
    """Write a project as files of another program.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    form
        One of :data:`formats`.
    claims, utf16
        See :class:`How`.
    share
        Only what may leave the project: no quotes, no small cells.

    Returns
    -------
    tuple
        What was written, and the files; they replace those of an earlier export in this form.

    Raises
    ------
    InputError
        With every problem of every input; nothing is written.
    PrivacyError
        When a file would hold a name of the project's key file.
    """
    write = formats[form]
    built = run(project, write=False)
    loaded = built.prepared.loaded
    chosen = shared_study if share else placed_study
    study = chosen(built.study, built.prepared)
    how = How(loaded.folder.resolve().name or "qualnet", claims, utf16)
    target = loaded.folder / EXPORT / (f"{form}-share" if share else form)
    with staged(target, loaded.folder) as stage:
        contents = write(study, how)
        for name, content in contents.items():
            stage.write(name, content)
        seal(study, built.prepared, stage)
    return study, [target / name for name in contents]
