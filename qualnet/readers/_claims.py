"""What a claim states beside its two ends, read in the same way from a row and from a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualnet.problems import nearest
from qualnet.readers._words import STATUSES, sign_of, status_of, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qualnet.problems import Place, Problems

__all__ = ["claim_facts"]

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
