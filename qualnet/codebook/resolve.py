"""Say which code of the codebook each code of an import file is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualnet.names import same_name
from qualnet.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualnet.codebook.model import Codebook
    from qualnet.corpus import CodeRow, Corpus
    from qualnet.problems import Place, Problems

__all__ = ["meanings", "resolve_codes"]

SHOWN = 60


def resolve_codes(corpus: Corpus, codebook: Codebook, problems: Problems) -> None:
    """Replace the file's codes by the codebook's ids, in place.

    A code is found by its id, an alias or a label (whatever the spelling of case and
    umlauts), with or without the path of its parents. Names joined by commas are separated, if
    each of them is found. A code that is used and found nowhere is a problem at its first use.
    """
    names = codebook.names()
    rows = {row.code_id: row for row in corpus.codes}
    meant = {row.code_id: _meaning(row, rows, names) for row in corpus.codes}
    joined = {k: ids for k, x in meant.items() if not x and (ids := _joined(rows[k].name, names))}
    meant |= {code_id: code_id for ids in joined.values() for code_id in ids}
    corpus.codings[:] = [
        replace(coding, coding_id=f"{coding.coding_id}/{i}" if i else coding.coding_id, code_id=code_id)
        for coding in corpus.codings
        for i, code_id in enumerate(joined.get(coding.code_id, [coding.code_id]))
    ]
    for coding in corpus.codings:
        _require(coding.code_id, meant, rows, codebook, coding.place, problems)
    _read_comments(corpus, meant, names, codebook, problems)
    for relation in corpus.relations:
        if relation.withdrawn:
            continue  # what does not hold need not be understood
        ends = ((relation.from_type, relation.from_id), (relation.to_type, relation.to_id))
        for kind, code_id in ends:
            if kind == "code" and code_id:
                _require(code_id, meant, rows, codebook, relation.place, problems)
    for i, coding in enumerate(corpus.codings):
        corpus.codings[i] = replace(coding, code_id=meant.get(coding.code_id) or coding.code_id)
    for i, relation in enumerate(corpus.relations):
        cause = meant.get(relation.from_id) if relation.from_type == "code" else None
        effect = meant.get(relation.to_id) if relation.to_type == "code" else None
        corpus.relations[i] = replace(
            relation, from_id=cause or relation.from_id, to_id=effect or relation.to_id
        )


def meanings(rows: Iterable[CodeRow], codebook: Codebook) -> dict[str, str]:
    """Give for each code of a file, by its id, the code of the codebook that it is, where there is one."""
    known, names = {row.code_id: row for row in rows}, codebook.names()
    found = {code_id: _meaning(row, known, names) for code_id, row in known.items()}
    return {code_id: code for code_id, code in found.items() if code}


def _read_comments(
    corpus: Corpus,
    meant: dict[str, str | None],
    names: dict[str, str],
    codebook: Codebook,
    problems: Problems,
) -> None:
    """Find the codes of claims in comments, and leave out comments that only look like claims."""
    kept = []
    for relation in corpus.relations:
        if relation.source_kind != "comment":
            kept.append(relation)
            continue
        unknown = ""
        for end in (relation.from_id, relation.to_id):
            if not meant.get(end):
                meant[end] = names.get(same_name(end))
            unknown = unknown or ("" if meant[end] else end)
        if unknown:
            near = nearest(unknown, codebook.spellings())
            text = relation.comment[:SHOWN]
            problems.add(relation.place, "comment-no-claim", comment=text, code=unknown, near=near)
        else:
            kept.append(relation)
    corpus.relations[:] = kept


def _meaning(row: CodeRow, rows: dict[str, CodeRow], names: dict[str, str]) -> str | None:
    path, parent = row.name, rows.get(row.parent_id)
    candidates = [row.name, row.code_id]
    seen = {row.code_id}
    while parent and parent.code_id not in seen:
        seen.add(parent.code_id)
        path = f"{parent.name} > {path}"
        candidates.insert(0, path)
        parent = rows.get(parent.parent_id)
    return next((names[same_name(c)] for c in candidates if same_name(c) in names), None)


def _joined(text: str, names: dict[str, str]) -> list[str]:
    """Give the codes whose names, joined by commas, make a text; names may hold commas themselves."""
    parts = text.split(", ")
    best: list[list[str]] = [[]]  # the fewest codes that the first parts are made of
    for end in range(1, len(parts) + 1):
        found = [
            [*best[start], names[name]]
            for start in range(end)
            if (start == 0 or best[start]) and (name := same_name(", ".join(parts[start:end]))) in names
        ]
        best.append(min(found, key=len, default=[]))
    return best[-1]


def _require(
    code_id: str,
    meant: dict[str, str | None],
    rows: dict[str, CodeRow],
    codebook: Codebook,
    place: Place,
    problems: Problems,
) -> None:
    if meant.get(code_id):
        return
    row = rows.get(code_id)
    # where its name stands first: the cell of a table, the code of a project
    name, place = (row.name, row.place) if row else (code_id, place)
    if code_id in codebook.retired or name in codebook.retired:
        problems.add(place, "retired-code", code=name)
    else:
        near = nearest(name, codebook.spellings())
        problems.add(place, "unknown-code", what="code", code=name, near=near)
    meant[code_id] = code_id  # said once
