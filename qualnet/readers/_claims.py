"""What a claim states beside its two ends, read in the same way from a row and from a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from qualnet.corpus import Relation, RelationEvidence
from qualnet.problems import nearest
from qualnet.readers._words import STATUSES, sign_of, status_of, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qualnet.corpus.rows import Sign
    from qualnet.problems import Place, Problems

__all__ = ["claim_facts", "claims_in_comment", "commented"]

_ARROW = re.compile(r"\s*(?P<cause>.+?)\s*(?:-+>|=+>|→|⇒|➔)\s*(?P<effect>.+?)\s*")
_SIGN = re.compile(r"(?P<effect>.+?)\s*\((?P<sign>[^()]*)\)")

FREE = ("about_case", "condition", "hedge", "strength", "certainty")


def claim_facts(
    values: Mapping[str, str], place: Callable[[str], Place], problems: Problems
) -> dict[str, Any] | None:
    """Read sign, status, what is denied or repeated, and the free words of a claim.

    Parameters
    ----------
    values
        Field to text.
    place
        Gives the place of a field.
    problems
        Where to note words that mean nothing.

    Returns
    -------
    dict or None
        Fields of a relation; None when a word means nothing, since then nobody knows what is claimed.
    """
    sign, status = sign_of(values.get("sign", "")), status_of(values.get("status", ""))
    if sign is None:
        problems.add(place("sign"), "unknown-sign", value=values["sign"])
    if status is None:
        near = nearest(values["status"], STATUSES)
        problems.add(
            place("status"),
            "unknown-value",
            field="status",
            value=values["status"],
            near=near,
            names=", ".join(STATUSES),
        )
    said = {name: yes_or_no(values.get(name, "")) for name in ("denied", "repeat")}
    for name, answer in said.items():
        if answer is None:
            problems.add(place(name), "not-yes-or-no", value=values[name])
    if sign is None or status is None or None in said.values():
        return None
    free = {name: values.get(name, "") for name in FREE}
    return {"sign": sign, "status": status, **said, **free, "comment": values.get("memo", "")}


def claims_in_comment(text: str) -> list[tuple[str, str, Sign]]:
    """Give the claims that a comment states as arrows, separated by semicolons or line breaks.

    Returns
    -------
    list of tuple
        Cause, effect and sign, as they are written; whether they name codes is not known here.

    Examples
    --------
    >>> claims_in_comment("Personalmangel -> Fortschritt (-); Geld → Fortschritt")
    [('Personalmangel', 'Fortschritt', '-'), ('Geld', 'Fortschritt', 'unstated')]
    >>> claims_in_comment("unklar, nachfragen")
    []
    """
    found: list[tuple[str, str, Sign]] = []
    for part in re.split(r"[;\n]", text):
        arrow = _ARROW.fullmatch(part)
        if not arrow:
            continue
        effect, sign = arrow["effect"], None
        ending = _SIGN.fullmatch(effect)
        if ending and ending["sign"].strip():
            sign = sign_of(ending["sign"])
        # brackets that hold no sign belong to the name: "Geld (kommunal)"
        found.append((arrow["cause"], ending["effect"] if ending and sign else effect, sign or "unstated"))
    return found


def commented(
    comment: str, segment_id: str, document_id: str, coder: str, place: Place
) -> list[tuple[Relation, RelationEvidence]]:
    """Give the claims that somebody wrote into the comment of a coded segment, which is their evidence."""
    rows = []
    for cause, effect, sign in claims_in_comment(comment):
        claim_id = f"{segment_id}/{cause}>{effect}/{coder}"
        relation = Relation(
            claim_id,
            cause,
            effect,
            sign=sign,
            source_kind="comment",
            document_id=document_id,
            coder_id=coder,
            comment=comment,
            place=place,
        )
        rows.append((relation, RelationEvidence(claim_id, segment_id, place)))
    return rows
