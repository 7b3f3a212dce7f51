"""From pandas tables to a study, without a project folder: for notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qualnet.pipeline import build
from qualnet.project import FILE_NAME
from qualnet.start import codebook_from_export

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from qualnet.comparison import Study
    from qualnet.language import Language

__all__ = ["from_frames"]


def from_frames(
    claims: pd.DataFrame | None = None,
    *,
    segments: pd.DataFrame | None = None,
    paragraphs: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
    codebook: str | Path | None = None,
    primary: str | None = None,
    layers: Sequence[str] = ("stated",),
    language: Language = "de",
) -> Study:
    """Build a study from tables in memory; nothing is written.

    They are read like the files of a project, so the same columns are known and the same
    problems are told, by the name of the table and the row (the header is row 1).

    Parameters
    ----------
    claims
        One row a claim: document, case, cause, effect, sign, quote and more.
    segments, paragraphs, documents
        Coded segments, the texts' paragraphs, and facts about the documents.
    codebook
        Path of a codebook, or the name of a shipped one; by default the codes that occur.
    primary
        The coder whose work counts where several coded; by default everybody's.
    layers
        Layers of interactions.
    language
        Language of labels.

    Returns
    -------
    Study
        As from :func:`qualnet.build`.

    Raises
    ------
    InputError
        With every problem of every table.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("i1", "A", "staff", "progress", "-"), ("i2", "A", "staff", "progress", "-")]
    >>> study = from_frames(pd.DataFrame(rows, columns=["document", "case", "cause", "effect", "sign"]))
    >>> study.interactions()[["cause", "effect", "sign", "n_sources"]].values.tolist()
    [['staff', 'progress', '-', 2]]
    """
    frames = {"claims": claims, "segments": segments, "paragraphs": paragraphs, "documents": documents}
    with TemporaryDirectory() as name:
        folder = Path(name)
        tables = folder / "tables"
        tables.mkdir()
        for kind, frame in frames.items():
            if frame is not None:
                frame.to_csv(tables / f"{kind}.csv", index=False, lineterminator="\n")
        if codebook is None:
            codebook = codebook_from_export("codes", tables, folder).name
        elif Path(codebook).is_file():
            codebook = Path(codebook).resolve()
        project = {
            "format": 1,
            "title": "",
            "codebook": str(codebook),
            "inputs": [{"path": "tables"}],
            "coding": {"use": "primary", "primary": primary} if primary else {"use": "all"},
            "interactions": {"layers": list(layers)},
            "report": {"language": language},
        }
        # what is JSON is YAML
        (folder / FILE_NAME).write_text(json.dumps(project, ensure_ascii=False), "utf-8")
        return build(folder, write=False)
