"""Codes whose name states a relation: `A -> B (-)` or `A > B`, read as claims if the researcher agrees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qualnet.corpus import Relation, RelationEvidence
from qualnet.names import same_name
from qualnet.readers._claims import claims_in_comment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.codebook import Codebook
    from qualnet.corpus import CodeRow, Corpus
    from qualnet.corpus.rows import Sign
    from qualnet.problems import Problems

__all__ = ["Stated", "read_relation_codes"]

_PATH = re.compile(r"\s>\s")
MORE_THAN_A_PATH = 2


class Stated(NamedTuple):
    """What the name of a code states: cause and effect as codes of the codebook, and the sign."""

    cause: str
    effect: str
    sign: Sign


def read_relation_codes(corpus: Corpus, codebook: Codebook, problems: Problems, *, agreed: bool) -> None:
    """Turn the codings of such codes into claims, each with its passage as evidence, in place.

    A name states a relation only when both of its parts name codes. ``A > B`` may as well be the path
    of a code: where `A` stands above `B`, or the whole names a code, it states nothing.

    Parameters
    ----------
    corpus
        One input, before its codes are resolved.
    codebook
        Whose codes the parts must name.
    problems
        Where to propose it, once a code.
    agreed
        Whether the researcher wants it: ``relation_codes: yes``. Otherwise nothing is changed.
    """
    names = codebook.names()
    used = {coding.code_id for coding in corpus.codings}
    stated = {
        row.code_id: found
        for row in corpus.codes
        if row.code_id in used and (found := _stated(row, names, codebook))
    }
    if not agreed:
        for row in corpus.codes:
            if row.code_id in stated:
                cause, effect, _ = stated[row.code_id]
                problems.add(row.place, "relation-code", code=row.name, cause=cause, effect=effect)
        return
    segments = {segment.segment_id: segment for segment in corpus.segments}
    rows = {row.code_id: row for row in corpus.codes}
    for coding in corpus.codings:
        if coding.code_id not in stated:
            continue
        cause, effect, sign = stated[coding.code_id]
        segment = segments.get(coding.segment_id)
        name = rows[coding.code_id].name
        relation = Relation(
            f"{coding.coding_id}/claim",
            cause,
            effect,
            label=name,
            sign=sign,
            source_kind="relation_code",
            document_id=segment.document_id if segment else "",
            coder_id=coding.coder_id,
            comment=coding.comment,
            place=coding.place,
        )
        corpus.relations.append(relation)
        corpus.relation_evidence.append(
            RelationEvidence(relation.relation_id, coding.segment_id, coding.place)
        )
    corpus.codings[:] = [coding for coding in corpus.codings if coding.code_id not in stated]
    corpus.codes[:] = [row for row in corpus.codes if row.code_id not in stated]
    known = {row.code_id for row in corpus.codes}
    for code_id, (cause, effect, _) in stated.items():
        for end in (cause, effect):
            if end not in known:
                known.add(end)
                corpus.codes.append(replace(rows[code_id], code_id=end, name=end, parent_id=""))


def _stated(row: CodeRow, names: Mapping[str, str], codebook: Codebook) -> Stated | None:
    arrows = claims_in_comment(row.name)
    if len(arrows) == 1:
        cause, effect, sign = arrows[0]
    else:
        parts = _PATH.split(row.name)
        if len(parts) != MORE_THAN_A_PATH or same_name(row.name) in names:
            return None
        # as if it were an arrow: it may end in a sign as well
        cause, effect, sign = claims_in_comment(" -> ".join(parts))[0]
    ends = names.get(same_name(cause)), names.get(same_name(effect))
    if not (ends[0] and ends[1]) or ends[0] in codebook.ancestors_of(ends[1]):
        return None
    return Stated(ends[0], ends[1], sign)
