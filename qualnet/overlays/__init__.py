"""Overlays: what is decided in qualnet, in readable tables beside the inputs, with who, when and why.

An overlay is a log: rows are only ever added, the last row of an id holds. So the table shows
its own history, and the difference between two versions of a project is what was decided since.
"""

from qualnet.overlays._log import Log
from qualnet.overlays.attach import JOIN, attach_decisions
from qualnet.overlays.corrections import CORRECTIONS, FIELDS, Correction, apply_corrections, read_corrections
from qualnet.overlays.decisions import (
    DECISIONS,
    SAID,
    Answer,
    Decision,
    add_decisions,
    latest,
    passage_id,
    read_decisions,
)
from qualnet.overlays.feedback import FEEDBACK, Feedback, add_feedback, latest_feedback, read_feedback
from qualnet.overlays.forgotten import (
    FORGOTTEN,
    Forgotten,
    add_forgotten,
    check_forgotten,
    read_forgotten,
)
from qualnet.overlays.releases import (
    RELEASES,
    Level,
    Release,
    apply_releases,
    consented,
    may_leave,
    read_releases,
)
from qualnet.overlays.verdicts import (
    ASSIGNMENTS,
    VERDICTS,
    Verdict,
    add_verdicts,
    apply_verdicts,
    read_verdicts,
)

__all__ = [
    "ASSIGNMENTS",
    "CORRECTIONS",
    "DECISIONS",
    "FEEDBACK",
    "FIELDS",
    "FORGOTTEN",
    "JOIN",
    "RELEASES",
    "SAID",
    "VERDICTS",
    "Answer",
    "Correction",
    "Decision",
    "Feedback",
    "Forgotten",
    "Level",
    "Log",
    "Release",
    "Verdict",
    "add_decisions",
    "add_feedback",
    "add_forgotten",
    "add_verdicts",
    "apply_corrections",
    "apply_releases",
    "apply_verdicts",
    "attach_decisions",
    "check_forgotten",
    "consented",
    "latest",
    "latest_feedback",
    "may_leave",
    "passage_id",
    "read_corrections",
    "read_decisions",
    "read_feedback",
    "read_forgotten",
    "read_releases",
    "read_verdicts",
]
