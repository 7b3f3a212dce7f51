"""Make the codebook of a new city out of the one that it extends."""

from __future__ import annotations

from pathlib import Path

from qualnet.codebook.load import find_codebook, load_codebook, shipped_folder
from qualnet.names import slug
from qualnet.problems import OutputError, Place, Problem, Problems, UsageError, nearest

__all__ = ["start_codebook"]

TEMPLATE = """\
# {city}: what this city adds to, or changes in, the codebook `{base}`.
# Every code of `{base}` is here already, with its definition, rules and aliases.
format: 1
id: {id}
extends: {extends}
title: {{de: "Kodierleitfaden {city}", en: "Codebook {city}"}}

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


def start_codebook(city: str, extends: str, folder: Path) -> Path:
    """Write a codebook that extends another one, ready to be filled in.

    Parameters
    ----------
    city
        Name of the city; the file is called after it.
    extends
        Id or file of the codebook to extend, looked for in the folder, then among those shipped.
    folder
        Where to write.

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
    folders = [folder, Path(), shipped_folder()]
    base_path = find_codebook(extends, folders)
    if base_path is None:
        names = sorted({p.stem for place in folders for p in place.glob("*.yaml")})
        values = {"name": extends, "near": nearest(extends, names), "names": ", ".join(names)}
        raise UsageError(Problem(Place("--extends"), "unknown-codebook", tuple(values.items())))
    problems = Problems()
    base = load_codebook(base_path, base_path.parent, problems)
    if base is None:
        problems.fail()
    path = folder / f"{slug(city)}.yaml"
    if path.exists():
        raise OutputError(
            Problem(Place(str(path)), "exists-already", (("what", "codebook"), ("value", path.name)))
        )
    first = next(base.factors(), None)
    heading = next((c.id for c in base.codes.values() if not c.codable), first.id if first else base.id)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(
        TEMPLATE.format(
            city=city.replace('"', "'"),
            base=base.id,
            id=f"{base.id}-{slug(city)}",
            extends=extends,
            parent=heading,
            code=first.id if first else "code",
        ),
        "utf-8",
    )
    return path
