"""Relations between passages: cause and effect are the codes that lie on the two passages."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from qualnet.corpus.rows import RelationEvidence
from qualnet.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.corpus.rows import Corpus, EndType, Relation
    from qualnet.problems import Problems

__all__ = ["lift_ends"]


def lift_ends(corpus: Corpus, problems: Problems) -> None:
    """Let relations between passages that are said to be cause and effect lead from code to code, in place.

    A passage with several codes makes a relation of each. Codes that lie on both passages do not
    tell the two apart and are left out. A relation with no other code on one of its ends stays as it
    is, and makes no claim; how many there are is told for each file.

    Parameters
    ----------
    corpus
        One input; its codes are resolved.
    problems
        Where to tell of ends without codes.
    """
    codes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for coding in corpus.codings:
        codes[coding.segment_id].append((coding.code_id, coding.coder_id))
    evidence: dict[str, list[RelationEvidence]] = defaultdict(list)
    for row in corpus.relation_evidence:
        evidence[row.relation_id].append(row)
    relations: list[Relation] = []
    left: Counter[str] = Counter()
    for relation in corpus.relations:
        pairs = _pairs(relation, codes) if _is_lifted(relation) else None
        if not pairs:
            left[relation.place.file] += pairs is not None
            relations.append(relation)
            continue
        rows = evidence.pop(relation.relation_id, None) or _passages(relation)
        for cause, effect in pairs:
            name = relation.relation_id + f"/{cause}>{effect}" * (len(pairs) > 1)
            relations.append(
                replace(
                    relation, relation_id=name, from_id=cause, to_id=effect, from_type="code", to_type="code"
                )
            )
            evidence[name] = [replace(row, relation_id=name) for row in rows]
    corpus.relations[:] = relations
    corpus.relation_evidence[:] = [row for rows in evidence.values() for row in rows]
    for file, n in left.items():
        if n:
            problems.add(Place(file), "ends-without-codes", n=n)


def _ends(relation: Relation) -> tuple[tuple[EndType, str], tuple[EndType, str]]:
    return (relation.from_type, relation.from_id), (relation.to_type, relation.to_id)


def _is_lifted(relation: Relation) -> bool:
    """Tell whether a relation has a passage at an end, and is said to be cause and effect."""
    kinds = {kind for kind, _ in _ends(relation)}
    return (
        "segment" in kinds
        and kinds <= {"segment", "code"}
        and relation.direction != "none"
        and not relation.withdrawn
        and (relation.source_kind == "event" or relation.sign != "unstated")
    )


def _pairs(relation: Relation, codes: Mapping[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Give the codes of cause and effect: those of the person who drew the relation, where both are known."""
    coder = relation.coder_id
    causes, effects = (
        [end]
        if kind == "code"
        else list(dict.fromkeys(c for c, who in codes.get(end, ()) if not (coder and who) or coder == who))
        for kind, end in _ends(relation)
    )
    shared = set(causes) & set(effects)
    return [(a, b) for a in causes for b in effects if not {a, b} & shared]


def _passages(relation: Relation) -> list[RelationEvidence]:
    return [
        RelationEvidence(relation.relation_id, end, relation.place)
        for kind, end in _ends(relation)
        if kind == "segment"
    ]
