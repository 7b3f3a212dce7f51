"""qualnet: from coded interviews to causal maps that can be defended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualnet.frames import from_frames
    from qualnet.pipeline import build

__version__ = "0.1.0"

__all__ = ["__version__", "build", "from_frames"]


def __getattr__(name: str) -> object:
    # `import qualnet` stays cheap: pandas and networkx load with the first build.
    if name == "build":
        from qualnet.pipeline import build  # noqa: PLC0415

        return build
    if name == "from_frames":
        from qualnet.frames import from_frames  # noqa: PLC0415

        return from_frames
    msg = f"module 'qualnet' has no attribute '{name}'"
    raise AttributeError(msg)
