"""The folder `outputs/`: staged, checked for names, described by a manifest, then put in place."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from qualnet.files import MANIFEST, digest, staged
from qualnet.names import only_words
from qualnet.problems import Place, PrivacyError, Problem, Problems
from qualnet.report.exporters import exporters
from qualnet.report.layout import LAYOUT_FILE, compute, extend, layout_text, read_layout, union_graph
from qualnet.report.sharing import shareable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qualnet.comparison import Study
    from qualnet.files import Stage
    from qualnet.prepare import Prepared
    from qualnet.report.layout import Layout

__all__ = [
    "SHARE",
    "check_names",
    "placed_study",
    "seal",
    "shared_study",
    "write_outputs",
    "write_set",
    "write_share",
]

SHARE = "share"


def write_outputs(study: Study, prepared: Prepared, *, move_factors: bool = False) -> Path:
    """Write every output of a study; the old set stays until the new one is complete.

    The lock file of positions belongs to the set: it is extended for new factors, never
    computed again.

    Parameters
    ----------
    study, prepared
        What was built, and from what.
    move_factors
        True: forget the lock file and lay out all factors anew.

    Raises
    ------
    InputError
        When the lock file cannot be used.
    PrivacyError
        When a file would hold a name of the project's key file.
    """
    loaded = prepared.loaded
    beside = loaded.folder / LAYOUT_FILE
    known = None if move_factors else _known_layout(prepared)
    layout = _placed(study, known)
    target = loaded.path(loaded.project.report.output)
    with staged(target, loaded.folder, (beside,)) as stage:
        write_set(replace(study, positions=layout.positions), prepared, stage)
        if layout != known:
            stage.write(f"beside/{LAYOUT_FILE}", layout_text(layout))
    return target


def write_share(study: Study, prepared: Prepared) -> Path:
    """Write what may leave the project: no quotes, coarser roles, no small cells.

    Raises
    ------
    PrivacyError
        When a file would hold a name of the project's key file.
    """
    loaded = prepared.loaded
    public = shared_study(study, prepared)
    target = loaded.folder / SHARE
    with staged(target, loaded.folder) as stage:
        write_set(public, prepared, stage)
    return target


def _known_layout(prepared: Prepared) -> Layout | None:
    problems = Problems()
    layout = read_layout(prepared.loaded.folder / LAYOUT_FILE, problems)
    problems.stop_on_errors()
    return layout


def _placed(study: Study, known: Layout | None) -> Layout:
    nodes, edges = union_graph(study)
    return extend(known, nodes, edges) if known else compute(nodes, edges)


def write_set(study: Study, prepared: Prepared, stage: Stage) -> None:
    """Write all outputs of a study into a stage, with their manifest.

    Raises
    ------
    PrivacyError
        When a file would hold a name of the project's key file.
    """
    for name in exporters:
        exporters[name](study, stage)
    seal(study, prepared, stage)


def seal(study: Study, prepared: Prepared, stage: Stage) -> None:
    """Search the files of a stage for names that may not be in it, and add their manifest.

    Raises
    ------
    PrivacyError
        When a file would hold a name of the project's key file.
    """
    check_names(stage, prepared.names)
    stage.write(MANIFEST, _manifest(study, prepared, stage))


def shared_study(study: Study, prepared: Prepared) -> Study:
    """Give what of a study may leave the project, with the positions of its factors."""
    return shareable(placed_study(study, prepared), prepared.loaded.project.privacy)


def placed_study(study: Study, prepared: Prepared) -> Study:
    """Give a study with the positions of its factors, as the next build will draw them."""
    return replace(study, positions=_placed(study, _known_layout(prepared)).positions)


def _manifest(study: Study, prepared: Prepared, stage: Stage) -> str:
    project = prepared.loaded.project
    public = study.profile == "public"
    manifest = {
        "format": 1,
        "qualnet": version("qualnet"),
        "profile": study.profile,
        "mark": "" if public else "INTERN - personenbezogene Daten",
        "synthetic": study.synthetic,
        "codebook": {"id": study.codebook.id, "version": study.codebook.version},
        "layers": list(project.interactions.layers),
        "poles": project.interactions.poles,
        "window": project.interactions.window,
        "loop_length": project.interactions.loop_length,
        "files": {name: digest(stage.folder / name) for name in stage.files()},
    }
    if public:
        manifest |= {"min_sources": study.min_sources}
    else:
        # names of files and of people at work stay inside
        manifest |= {
            "coding": {"use": project.coding.use, "primary": project.coding.primary},
            "inputs": {i.file: i.sha256 for i in sorted(study.corpus.imports, key=lambda i: i.file)},
            "readers": {i.file: [i.reader, i.offset_rule] for i in study.corpus.imports},
        }
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def check_names(stage: Stage, names: list[tuple[int, str]]) -> None:
    """Search every file of a stage for the names of the key file.

    Raises
    ------
    PrivacyError
        Naming each file that would hold one.
    """
    found = []
    wanted = [(row, only_words(secret)) for row, secret in names]
    for name in stage.files() if wanted else ():
        said = only_words("\n".join(_texts((stage.folder / name).read_bytes())))
        found += [
            Problem(Place(name), "name-leaked", (("row", str(row)),))
            for row, secret in wanted
            if secret in said
        ]
    if found:
        raise PrivacyError(*found)


def _texts(data: bytes) -> Iterator[str]:
    """Give the text of a file; of an archive, as which workbooks are stored, that of its members."""
    if not data.startswith(b"PK\x03\x04"):
        yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            yield member.filename
            yield from _texts(archive.read(member))
