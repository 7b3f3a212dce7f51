"""Layers of annotations, as INCEpTION and other programs that are built on UIMA have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CODER", "LAYERS", "is_read", "said", "wanted_layers"]

LAYERS, CODER = "layers", "coder"
OWN = ("webanno.custom.", "custom.")
"""How the names of layers begin that a project has made for itself."""


def wanted_layers(options: Mapping[str, str]) -> set[str]:
    """Give the linguistic layers that are codes here, as names are compared."""
    return {same_name(x) for x in options.get(LAYERS, "").split(",") if x.strip()}


def is_read(name: str, wanted: set[str]) -> bool:
    """Tell whether a layer holds codes: one of the project's own, or one that was asked for."""
    return name.startswith(OWN) or bool(wanted & {same_name(name.rpartition(".")[2]), same_name(name)})


def said(name: str, features: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Give the first value as code or label, and the others as text; without any, the layer's name.

    Examples
    --------
    >>> said("custom.Factor", [("label", "Geld"), ("sure", "no")])
    ('Geld', 'sure: no')
    """
    named = [(feature, value) for feature, value in features if value]
    if not named:
        return name.rpartition(".")[2], ""
    return named[0][1], "\n".join(f"{feature}: {value}" for feature, value in named[1:])
