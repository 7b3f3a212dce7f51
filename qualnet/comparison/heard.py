"""What people of a city said of the arrows of its network."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Heard"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What people of a city said of an arrow; they are no interviews, and never counted with them."""

    n_agree: int = 0
    n_disagree: int = 0
    n_unsure: int = 0
    n_missing: int = 0
    roles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
