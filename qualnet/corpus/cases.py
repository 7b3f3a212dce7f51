"""Which case each document belongs to, by an explicit rule that is recorded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from qualnet.corpus.rows import Attribute, Case, DocumentCase
from qualnet.names import LONGEST, bad_name, same_name, slug, slugs
from qualnet.problems import Place, Problem, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualnet.corpus.rows import Corpus
    from qualnet.problems import Problems

__all__ = [
    "add_case_facts",
    "assign_case",
    "assign_case_by",
    "check_case_names",
    "check_one_case_each",
    "find_attribute",
    "find_case",
]

CASE_COLUMNS = {
    "case": ("case", "fall", "stadt", "city"),
    "attribute": ("attribute", "merkmal", "attribut"),
    "value": ("value", "wert"),
    "unit": ("unit", "einheit"),
    "year": ("year", "jahr"),
    "source": ("source", "quelle"),
}
NEEDED = ("case", "attribute", "value")


def assign_case(corpus: Corpus, case_id: str, place: Place, problems: Problems) -> None:
    """Give all documents of an input one case, whatever the file says."""
    own = {same_name(d.case_id): d for d in reversed(corpus.document_cases) if d.rule == "column"}
    own.pop(same_name(case_id), None)
    for row in own.values() if not bad_name(case_id) else ():
        problems.add(row.place, "case-overruled", name=row.case_id, case=case_id)
    corpus.document_cases[:] = [
        DocumentCase(d.document_id, case_id, "explicit", place) for d in corpus.documents
    ]
    corpus.cases[:] = [Case(case_id, case_id, place=place)]


def find_attribute(corpus: Corpus, wanted: str, place: Place, problems: Problems) -> str | None:
    """Find an attribute by any unambiguous part of its name.

    Returns
    -------
    str or None
        The whole name; None when none or several fit, which is then a problem.
    """
    names = sorted({a.name for a in corpus.attributes})
    exact = [n for n in names if same_name(n) == same_name(wanted)]
    fitting = exact or [n for n in names if same_name(wanted) in same_name(n)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        problems.add(place, "ambiguous-attribute", name=wanted, names="\n".join(fitting))
    elif not names:
        problems.add(place, "no-attributes", name=wanted)
    else:
        near = nearest(wanted, names)
        problems.add(place, "unknown-attribute", name=wanted, near=near, names="\n".join(names))
    return None


def assign_case_by(corpus: Corpus, wanted: str, place: Place, problems: Problems) -> None:
    """Make the values of an attribute the cases.

    The attribute may belong to the documents or to the cases that the file itself has (then
    each of its documents follows its case).
    """
    name = find_attribute(corpus, wanted, place, problems)
    if name is None:
        return
    values: dict[tuple[str, str], list[Attribute]] = defaultdict(list)
    for a in corpus.attributes:
        if a.name == name and a.value.strip():
            values[a.owner_type, a.owner_id].append(a)
    own_case = {d.document_id: d.case_id for d in corpus.document_cases}
    rows, cases = [], {}
    for document in corpus.documents:
        found = (
            values["document", document.document_id] or values["case", own_case.get(document.document_id, "")]
        )
        if not found:
            problems.add(document.place, "document-without-case", document=document.name)
        for a in found:
            rows.append(DocumentCase(document.document_id, a.value, f"attribute {name}", a.place))
            cases[a.value] = Case(a.value, a.value, place=a.place)
    corpus.document_cases[:] = rows
    corpus.cases[:] = [cases[c] for c in sorted(cases)]


def check_one_case_each(corpus: Corpus, problems: Problems) -> None:
    """Note documents that stand in several cases: mostly two interviews of one name."""
    first: dict[str, DocumentCase] = {}
    for row in corpus.document_cases:
        other = first.setdefault(row.document_id, row)
        if same_name(row.case_id) != same_name(other.case_id):
            problems.add(
                row.place,
                "document-in-two-cases",
                document=row.document_id,
                case=row.case_id,
                other=other.case_id,
                first=other.place,
            )


def check_case_names(corpus: Corpus, problems: Problems) -> dict[str, str]:
    """Check the names of cases and give each its file name.

    Two Unicode forms of one name are one case. Names that cannot be a case are errors; names
    that need another file name are warnings.
    """
    for row in corpus.document_cases:
        why = bad_name(row.case_id)
        if why:
            problems.add(row.place, "bad-case-name", name=row.case_id, why=why)
    first: dict[str, str] = {}
    for row in corpus.document_cases:
        first.setdefault(same_name(row.case_id), row.case_id)
    corpus.document_cases[:] = [
        replace(r, case_id=first[same_name(r.case_id)]) for r in corpus.document_cases
    ]
    names = list(dict.fromkeys(first.values()))
    files = slugs(names)
    places = {r.case_id: r.place for r in reversed(corpus.document_cases)}
    for name, file in files.items():
        if not bad_name(name) and file != name and (file != slug(name) or not _plain(name)):
            problems.add(places[name], "case-renamed", name=name, slug=file)
    known = {same_name(c.case_id): c for c in corpus.cases}
    corpus.cases[:] = [replace(known.get(same_name(n), Case(n, n)), case_id=n) for n in names]
    return files


def _plain(name: str) -> bool:
    """Whether only case, spaces and the like change on the way to a file name."""
    return name.isascii() and len(name) < LONGEST and slug(name) == name.strip().lower().replace(" ", "-")


def add_case_facts(
    corpus: Corpus,
    place: Place,
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    problems: Problems,
) -> None:
    """Add the facts of `cases.csv` (case, attribute, value, unit, year, source; or in German) to a corpus.

    Parameters
    ----------
    corpus
        Gets the facts as attributes of its cases.
    place
        The table's header.
    header, rows
        The table; each row with its number.
    problems
        Where to note missing columns and unknown cases.
    """
    spoken = {name: field for field, names in CASE_COLUMNS.items() for name in names}
    fields = [spoken.get(same_name(h), h) for h in header]
    missing = [c for c in NEEDED if c not in fields]
    for column in missing:
        near = nearest(column, header)
        problems.add(place, "missing-column", wanted=column, near=near, names=", ".join(header))
    if missing:
        return
    ids = {same_name(c.case_id): c.case_id for c in corpus.cases}
    for number, cells in rows:
        values = dict.fromkeys(fields, "") | dict(zip(fields, cells, strict=False))
        here = replace(place, row=number)
        case_id = ids.get(same_name(values["case"]))
        if case_id is None:
            near = nearest(values["case"], ids.values())
            problems.add(
                here.at(column=header[fields.index("case")]),
                "unknown-case",
                name=values["case"],
                near=near,
                names=", ".join(ids.values()),
            )
            continue
        corpus.attributes.append(
            Attribute(
                "case",
                case_id,
                values["attribute"],
                values["value"],
                values.get("unit", ""),
                values.get("year", ""),
                values.get("source", ""),
                here,
            )
        )


def find_case(corpus: Corpus, name: str) -> str:
    """Give the id of a case that somebody names: by its id, its name or its label.

    Raises
    ------
    UsageError
        When there is no such case.
    """
    names = {same_name(n): c.case_id for c in corpus.cases for n in (c.name, c.case_id)}
    labels = (a for a in corpus.attributes if a.owner_type == "case" and a.name == "label")
    known = {same_name(a.value): a.owner_id for a in labels} | names
    if same_name(name) not in known:
        values = (("case", name), ("near", nearest(name, [c.name for c in corpus.cases])))
        raise UsageError(Problem(Place("--case"), "no-such-case", values))
    return known[same_name(name)]
