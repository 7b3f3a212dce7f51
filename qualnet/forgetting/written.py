"""Files that commands of qualnet wrote into a project, known by their content and not by their names."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

from qualnet.files import MANIFEST, STAGE, written_files
from qualnet.forms import agreement, claims_sheet, dossier
from qualnet.forms._workbook import read_form
from qualnet.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualnet.forms._workbook import Filled

__all__ = ["filled_form", "is_archive", "is_draft", "output_files", "page_kind"]

SCHEMA = re.compile(rb'"schema":"qualnet-(\w+)/')
PAYLOAD = b'<script type="application/json" id="payload">'
DRAFT = re.compile(re.escape(STAGE) + r"\d+")
FORMS = (
    (claims_sheet.FORM, {"id", "who", "document", "quote", "known", "answer"}),
    (agreement.FORM, {"id", "document", "first", "second", "answer"}),
    (dossier.FORM, {"sentence", "evidence", "counter", "held"}),
)
TABLES = (".xlsx", ".csv")


def output_files(folders: Iterable[Path], files: Iterable[Path]) -> list[Path]:
    """Give all files of sets of outputs.

    Parameters
    ----------
    folders
        Where a build writes, half a set included.
    files
        All files of the project; a manifest among them shows another set, an older one for example.
    """
    sets = {p.parent for p in files if p.name == MANIFEST and _is_ours(p.read_bytes())}
    return sorted({file for folder in {*sets, *folders} for file in written_files(folder)})


def _is_ours(manifest: bytes) -> bool:
    try:
        return {"qualnet", "files", "profile"} <= set(json.loads(manifest))
    except (ValueError, TypeError):
        return False


def is_draft(path: Path) -> bool:
    """Tell whether a command that was killed left it."""
    return DRAFT.match(path.name) is not None


def page_kind(data: bytes) -> str:
    """Tell which of our pages it is: ``claims``, ``explorer``, ``town``, or none."""
    found = SCHEMA.search(data) if PAYLOAD in data else None
    return found[1].decode() if found else ""


def is_archive(data: bytes) -> bool:
    """Tell whether it is a dossier."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _is_ours(archive.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        return False


def filled_form(path: Path) -> Filled | None:
    """Open a sheet that qualnet wrote, or that one of its pages saved; None when it is none."""
    if path.suffix.lower() not in TABLES:
        return None
    for form, needed in FORMS:
        found = read_form(path, form, needed, Problems())
        if found is not None:
            return found
    return None
