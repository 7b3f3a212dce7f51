"""Look into an export without a project: by which reader it is read, and how much of it is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from qualnet.corpus import Corpus
from qualnet.corpus.case_rules import CaseRule, case_rules
from qualnet.corpus.merge import unite
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Kept", "Look", "look_into"]

TABLES = {
    "selections": "segments",
    "highlights": "segments",
    "quotations": "segments",
    "users": "coders",
    "links": "relations",
    "edges": "relations",
    "lines between codes": "relations",
    "claims": "relations",
    "factors": "codes",
    "files": "documents",
    "sources": "documents",
    "case values": "attributes",
}
"""What readers call in the words of their tool, and the table of the normal form that it fills."""
NOT_ROWS = {"imports", "issues"}


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows of a kind a file held, and how many were kept."""

    seen: int
    kept: int


@dataclass(frozen=True)
class Look:
    """What an export holds.

    Attributes
    ----------
    format
        Names of the readers that know its files, most files first.
    kinds
        Table of the normal form, or a part of the file that fills none, to what was seen and kept.
    offset_rule
        How positions were found to be counted; empty where there are none.
    case_rules
        By which rules its documents would find a case.
    files
        The export, and the files that are read with it.
    """

    corpus: Corpus
    format: tuple[str, ...]
    kinds: dict[str, Kept]
    offset_rule: str
    case_rules: tuple[CaseRule, ...]
    files: tuple[Path, ...]
    problems: Problems


def look_into(export: Path, options: Mapping[str, str], root: Path) -> Look:
    """Read an export as it is; nothing is written.

    Parameters
    ----------
    export
        File or folder.
    options
        Of its reader.
    root
        Folder from which paths in the options are counted.
    """
    problems, corpus = Problems(), Corpus()
    read: Counter[str] = Counter()
    files = [export]
    for found in find_inputs(export, export.name, problems, None, options, root):
        corpus.extend(read_file(found, options, problems))
        read[found.reader] += 1
        files += [path for path in found.beside if not export.is_dir()]
    kinds = _kinds(corpus)
    unite(corpus)
    rules = dict.fromkeys(i.offset_rule for i in corpus.imports if i.offset_rule)
    names = tuple(name for name, _ in read.most_common())
    return Look(
        corpus,
        names,
        kinds,
        "; ".join(rules),
        tuple(case_rules(corpus)),
        tuple(dict.fromkeys(files)),
        problems,
    )


def _kinds(corpus: Corpus) -> dict[str, Kept]:
    """Count rows by table: as the readers counted, else what is there."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for issue in corpus.issues:
        part = issue.kind.partition(" (")[0] if issue.kind.partition(" (")[0] in _ROWS else issue.kind
        kind = TABLES.get(part, part)
        seen[kind] += issue.seen
        kept[kind] += issue.kept
    for table in _ROWS:
        n = len(getattr(corpus, table))
        if n and not seen[table]:
            seen[table] = kept[table] = n
    order = [*(t for t in _ROWS if seen[t]), *sorted(k for k in seen if k not in _ROWS and seen[k])]
    return {kind: Kept(seen[kind], kept[kind]) for kind in order}


_ROWS = tuple(f.name for f in fields(Corpus) if f.name not in NOT_ROWS)
