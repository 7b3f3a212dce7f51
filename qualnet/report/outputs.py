"""The folder `outputs/`: staged, checked for names, described by a manifest, then put in place."""

from __future__ import annotations

import csv
import json
from importlib.metadata import version
from typing import TYPE_CHECKING

from qualnet.files import MANIFEST, digest, staged
from qualnet.problems import Place, PrivacyError, Problem
from qualnet.report.exporters import exporters

if TYPE_CHECKING:
    from pathlib import Path

    from qualnet.comparison import Study
    from qualnet.files import Stage
    from qualnet.prepare import Prepared

__all__ = ["write_outputs"]

MIN_NAME = 3


def write_outputs(study: Study, prepared: Prepared) -> Path:
    """Write every output of a study; the old set stays until the new one is complete.

    Raises
    ------
    PrivacyError
        When a file would hold a name of the project's key file.
    """
    loaded = prepared.loaded
    target = loaded.path(loaded.project.report.output)
    names = _key_names(prepared)
    with staged(target, loaded.folder) as stage:
        for name in exporters:
            exporters[name](study, stage)
        _check_names(stage, names)
        stage.write(MANIFEST, _manifest(study, prepared, stage))
    return target


def _manifest(study: Study, prepared: Prepared, stage: Stage) -> str:
    project = prepared.loaded.project
    manifest = {
        "format": 1,
        "qualnet": version("qualnet"),
        "profile": project.report.profile,
        "mark": "INTERN - personenbezogene Daten",
        "synthetic": study.synthetic,
        "codebook": {"id": study.codebook.id, "version": study.codebook.version},
        "layers": list(project.interactions.layers),
        "loop_length": project.interactions.loop_length,
        "coding": {"use": project.coding.use, "primary": project.coding.primary},
        "inputs": {i.file: i.sha256 for i in sorted(study.corpus.imports, key=lambda i: i.file)},
        "readers": {i.file: [i.reader, i.offset_rule] for i in study.corpus.imports},
        "files": {name: digest(stage.folder / name) for name in stage.files()},
    }
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _key_names(prepared: Prepared) -> list[tuple[int, str]]:
    """Give the names of the key file with their rows; its first column holds the names."""
    file = prepared.loaded.project.privacy.names
    if file is None or not prepared.loaded.path(file).is_file():
        return []
    with prepared.loaded.path(file).open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.reader(table))[1:]
    return [
        (n, row[0].strip()) for n, row in enumerate(rows, start=2) if row and len(row[0].strip()) >= MIN_NAME
    ]


def _check_names(stage: Stage, names: list[tuple[int, str]]) -> None:
    found = [
        Problem(Place(name), "name-leaked", (("row", str(row)),))
        for name in stage.files()
        for row, secret in names
        if secret.casefold() in (stage.folder / name).read_text("utf-8", "replace").casefold()
    ]
    if found:
        raise PrivacyError(*found)
