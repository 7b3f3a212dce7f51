"""The vocabulary on which cities with different codebooks are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.codebook.model import Code, Codebook

__all__ = ["Vocabulary", "common_vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What every code of every city is called in the comparison.

    Attributes
    ----------
    base
        The codebook that all cities share.
    codes
        The codes compared: the base's, then what cities added.
    ids
        Code of any city to its id here. Renames and the parts of a split go back to the code
        they come from; a merge of one city holds for all.
    known
        Case to the ids that its codebook can code; others *did not exist* there.
    """

    base: Codebook
    codes: dict[str, Code]
    ids: dict[str, str]
    known: dict[str, frozenset[str]]

    def parent(self, code_id: str) -> str:
        """Give the topmost code above a code: the level at which inductive codes meet others."""
        seen = {code_id}
        while (code := self.codes.get(code_id)) and code.parent in self.codes:
            parent = self.ids.get(str(code.parent), str(code.parent))
            if parent in seen:
                break
            seen.add(parent)
            code_id = parent
        return code_id


def common_vocabulary(base: Codebook, cities: Mapping[str, Codebook]) -> Vocabulary:
    """Join the codebooks of all cities at their common ancestor.

    Parameters
    ----------
    base
        The project's codebook.
    cities
        Case to the codebook it was coded with.
    """
    books = [base, *cities.values()]
    merged = {old: new for book in books for old, new in book.merged.items()}
    kept = {c.id: c for book in books for c in book.codes.values() if c.id in merged.values()}

    def common(book: Codebook, code_id: str) -> str:
        code_id = book.base_id(code_id)
        return merged.get(code_id, code_id)

    codes: dict[str, Code] = {}
    ids: dict[str, str] = {}
    for book in books:
        for code in book.codes.values():
            here = common(book, code.id)
            ids[code.id] = here
            codes.setdefault(here, kept.get(here) or base.codes.get(here) or code)
    ids |= merged
    known = {
        case: frozenset(common(book, code.id) for code in book.factors()) for case, book in cities.items()
    }
    return Vocabulary(base, codes, ids, known)
