"""Rules by which the documents of an input may find their case, and how far each would go."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualnet.corpus.cases import assign_case, assign_case_by
from qualnet.corpus.rows import Case, DocumentCase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qualnet.corpus.rows import Corpus
    from qualnet.problems import Place, Problems
    from qualnet.project import Input

__all__ = ["CaseRule", "assign_cases", "case_in_name", "case_rules"]

CASE = "{case}"
PATTERNS = ("{case}_*", "{case}-*", "{case} *", "{case}#", "*_{case}", "*-{case}", "* {case}")
"""What is tried on names of documents, when nobody said anything."""
_PARTS = re.compile(r"\{case\}|\*|#")
_MEANING = {CASE: "(?P<case>.+?)", "*": ".*", "#": "[0-9]+"}


@dataclass(frozen=True, slots=True)
class CaseRule:
    """A rule, and what it would find.

    Attributes
    ----------
    field
        What to write in `qualnet.yaml`: ``case_by``, ``case_in_name``; empty where the file itself says
        it and nothing need be written.
    value
        The value of that field: name of an attribute, or a pattern. Of the file's own rule its kind:
        ``column``, ``group``, ...
    cases
        Case to number of documents.
    n_without
        Documents that would have none.
    """

    field: str
    value: str
    cases: dict[str, int]
    n_without: int


def case_in_name(pattern: str, name: str) -> str | None:
    """Give the part of a name that a pattern says is the case; None when the name is not of that form.

    ``{case}`` stands for the case, ``*`` for anything, ``#`` for digits.

    Examples
    --------
    >>> case_in_name("{case}_*", "Soest_03"), case_in_name("{case}#", "SO3"), case_in_name("{case}_*", "SO3")
    ('Soest', 'SO', None)
    """
    literal = [re.escape(part) for part in _PARTS.split(pattern)]
    meant = [_MEANING[part] for part in _PARTS.findall(pattern)]
    whole = "".join(a + b for a, b in zip(literal, [*meant, ""], strict=True))
    found = re.fullmatch(whole, name, re.DOTALL)
    return found["case"].strip() if found else None


def assign_cases(corpus: Corpus, item: Input, place: Callable[[str], Place], problems: Problems) -> bool:
    """Give the documents of an input their cases by the rule that its entry names, in place.

    Parameters
    ----------
    corpus
        What was read of the input.
    item
        Its entry. Without any rule the file's own cases stay.
    place
        Gives the place of a field of the entry.
    problems
        Where to note documents that find no case.

    Returns
    -------
    bool
        Whether there was a rule, in the entry or in the file.
    """
    if item.case is not None:
        assign_case(corpus, item.case, place("case"), problems)
    elif item.case_by is not None:
        assign_case_by(corpus, item.case_by, place("case_by"), problems)
    elif item.case_in_name is not None:
        _assign_case_in_name(corpus, item.case_in_name, place("case_in_name"), problems)
    else:
        return bool(corpus.document_cases)
    return True


def _assign_case_in_name(corpus: Corpus, pattern: str, place: Place, problems: Problems) -> None:
    if pattern.count(CASE) != 1:
        problems.add(place, "no-case-in-pattern", pattern=pattern)
        return
    rows, cases = [], {}
    for document in corpus.documents:
        case = case_in_name(pattern, document.name)
        if not case:
            problems.add(document.place, "document-without-case", document=document.name)
            continue
        rows.append(DocumentCase(document.document_id, case, f"name {pattern}", document.place))
        cases[case] = Case(case, case, place=document.place)
    corpus.document_cases[:] = rows
    corpus.cases[:] = [cases[c] for c in sorted(cases)]


def case_rules(corpus: Corpus) -> list[CaseRule]:
    """List the rules that would give documents a case: the file's own first, then the most complete.

    An attribute or a pattern that makes every document a case of its own is no rule, and neither is one
    that fits none.
    """
    names = {d.document_id: d.name for d in corpus.documents}
    own = {row.document_id: row for row in corpus.document_cases}
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for a in corpus.attributes:
        if not a.value.strip():
            continue
        holders = [d for d, row in own.items() if row.case_id == a.owner_id] if a.owner_type == "case" else []
        for document in [a.owner_id] if a.owner_type == "document" else holders:
            values[a.name].setdefault(document, a.value)
    found = [_rule("case_by", name, of.values(), len(names)) for name, of in sorted(values.items())]
    for pattern in PATTERNS:
        parts = [case for name in names.values() if (case := case_in_name(pattern, name))]
        # a number is no city, and the half of a word is none either
        of_names = [case for case in parts if len(case) > 1 and case[-1].isalpha()]
        if len(set(of_names)) > 1 or len(names) == 1:
            found.append(_rule("case_in_name", pattern, of_names, len(names)))
    useful = [r for r in found if r.cases and (len(r.cases) < sum(r.cases.values()) or len(names) == 1)]
    useful.sort(key=lambda r: (r.n_without, r.field == "case_in_name", len(r.cases) == 1, len(r.cases)))
    called = {c.case_id: c.name for c in corpus.cases}
    own_cases = [called.get(row.case_id, row.case_id) for row in own.values()]
    by_file = [_rule("", row.rule, own_cases, len(names)) for row in [*own.values()][:1]]
    return [*by_file, *useful]


def _rule(field: str, value: str, cases: Iterable[str], n: int) -> CaseRule:
    counted = Counter(cases)
    return CaseRule(field, value, dict(sorted(counted.items())), n - sum(counted.values()))
