"""The common codebook as REFI-QDA codebook (.qdc)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.codebook.exchange import codebook_qdc

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.exporting import How

__all__ = ["SUMMARY", "write"]

SUMMARY = {
    "de": "REFI-QDA-Codebuch: die Codes mit Definition, Regeln und Ankerbeispiel",
    "en": "REFI-QDA codebook: the codes with definition, rules and anchor example",
}


def write(study: Study, how: How) -> dict[str, bytes]:
    """Give the codebook."""
    return {f"{how.name}.qdc": codebook_qdc(study.codebook, study.language).encode()}
