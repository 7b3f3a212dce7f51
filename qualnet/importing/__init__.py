"""Take an export into a project: what it holds, what a newer one changes, and what becomes of decisions."""

from __future__ import annotations

from qualnet.importing.bring import Arrival, bring_in, plan_import
from qualnet.importing.columns import Proposal, propose_mapping
from qualnet.importing.difference import Changed, Difference, difference
from qualnet.importing.look import Look, look_into

__all__ = [
    "Arrival",
    "Changed",
    "Difference",
    "Look",
    "Proposal",
    "bring_in",
    "difference",
    "look_into",
    "plan_import",
    "propose_mapping",
]
