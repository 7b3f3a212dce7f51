"""Forget an interview: its participant has withdrawn, and nothing of it may stay in the project.

First everything that is to be done is planned in memory and can be shown; only then is anything
written. What cannot be done with certainty stops the whole.
"""

from qualnet.forgetting.carry_out import carry_out
from qualnet.forgetting.outside import Outside, look_outside
from qualnet.forgetting.plan import Change, Plan, plan_forgetting

__all__ = ["Change", "Outside", "Plan", "carry_out", "look_outside", "plan_forgetting"]
