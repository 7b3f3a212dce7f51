"""Make a new codebook: for a city out of the one that it extends, or of the codes of an import."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.codebook.load import find_codebook, load_codebook, shipped_folder
from qualnet.files import writing
from qualnet.names import slug
from qualnet.problems import OutputError, Place, Problem, Problems, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualnet.corpus import CodeRow

__all__ = ["codebook_text", "quoted", "start_codebook", "write_new"]

TEMPLATE = """\
# {city}: what this city adds to, or changes in, the codebook `{base}`.
# Every code of `{base}` is here already, with its definition, rules and aliases.
format: 1
id: {id}
extends: {extends}
title: {{de: "Codebuch {city}", en: "Codebook {city}"}}

# Codes found in this city's interviews. Give each a parent of `{base}`, at which it meets the others.
codes: []
#  - id: flood_damage
#    kind: context            # challenge, driver, context, programme, outcome, recommendation, other
#    label: {{de: Hochwasserfolgen, en: Flood damage}}
#    parent: {parent}
#    definition: {{de: "...", en: "..."}}
#    code_when: {{de: "...", en: "..."}}
#    do_not_code_when: {{de: "...", en: "..."}}
#    anchor_example: {{de: "...", en: "..."}}

# Renamed, split, merged or retired codes; the city stays comparable at the common ancestor.
changes: []
#  - {{rename: {code}, to: new_name}}
#  - {{split: {code}, into: [one_part, other_part]}}
#  - {{retire: {code}, because: "not mentioned in any interview"}}
"""


def start_codebook(city: str, extends: str, folder: Path, project: Path | None = None) -> Path:
    """Write a codebook that extends another one, ready to be filled in.

    Parameters
    ----------
    city
        Name of the city; the file is called after it.
    extends
        Id or file of the codebook to extend, looked for in the folder, then among those shipped.
    folder
        Where to write.
    project
        A project's folder, looked into first.

    Returns
    -------
    Path
        The new file.

    Raises
    ------
    UsageError
        When there is no such codebook.
    OutputError
        When the file exists already: nobody's work is overwritten.
    """
    folders = [*([project] if project else []), folder, Path(), shipped_folder()]
    base_path = find_codebook(extends, folders)
    if base_path is None:
        names = sorted({p.stem for place in folders for p in place.glob("*.yaml")})
        values = {"name": extends, "near": nearest(extends, names), "names": ", ".join(names)}
        raise UsageError(Problem(Place("--extends"), "unknown-codebook", tuple(values.items())))
    problems = Problems()
    base = load_codebook(base_path, base_path.parent, problems)
    if base is None:
        problems.fail()
    first = next(base.factors(), None)
    heading = next((c.id for c in base.codes.values() if not c.codable), first.id if first else base.id)
    text = TEMPLATE.format(
        city=city.replace('"', "'"),
        base=base.id,
        id=f"{base.id}-{slug(city)}",
        extends=extends,
        parent=heading,
        code=first.id if first else "code",
    )
    return write_new(folder, city, text)


def write_new(folder: Path, name: str, text: str) -> Path:
    """Write a codebook that does not exist yet, in a file called after its name.

    Raises
    ------
    OutputError
        When the file exists already: nobody's work is overwritten.
    """
    path = folder / f"{slug(name)}.yaml"
    if path.exists():
        raise OutputError(
            Problem(Place(str(path)), "exists-already", (("what", "codebook"), ("value", path.name)))
        )
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return path


def quoted(text: str) -> str:
    """Write any text as a YAML string."""
    # a JSON string is a YAML string, whatever characters a label has
    return json.dumps(text, ensure_ascii=False)


def codebook_text(name: str, rows: Sequence[CodeRow]) -> str:
    """Write the codes of an import as a codebook: ids out of the names, labels, headings, definitions."""
    ids: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for row in rows:
        plain = slug(row.name).replace("-", "_")
        taken[plain] += 1
        ids[row.code_id] = plain if taken[plain] == 1 else f"{plain}_{taken[plain]}"
    labels = Counter(row.name for row in rows)
    parents = {row.code_id: row for row in rows}
    lines = [
        "# Made from the codes of the import; add definition, rules and anchor example.",
        "format: 1",
        f"id: {name}",
        "codes:",
    ]
    for row in rows:
        above = parents.get(row.parent_id)
        label = f"{above.name} > {row.name}" if above and labels[row.name] > 1 else row.name
        lines += [f"  - id: {quoted(ids[row.code_id])}", f"    label: {quoted(label)}"]
        if above:
            lines.append(f"    parent: {quoted(ids[row.parent_id])}")
        if not row.codable:
            lines.append("    codable: false")
        if row.definition:
            lines.append(f"    definition: {quoted(row.definition)}")
    return "\n".join(lines) + "\n"
