"""A codebook file as declared, and the codebook that it and its ancestors make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from qualnet.language import Text
from qualnet.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "CATEGORY",
    "KINDS",
    "ActsOn",
    "Change",
    "Code",
    "Codebook",
    "CodebookFile",
    "Edge",
    "Hypothesis",
    "Kind",
    "Recommendation",
]

Kind: TypeAlias = Literal["challenge", "driver", "context", "programme", "outcome", "recommendation", "other"]
KINDS: tuple[Kind, ...] = (
    "challenge",
    "driver",
    "context",
    "programme",
    "outcome",
    "recommendation",
    "other",
)
StatedSign: TypeAlias = Literal["+", "-"]
CLOSED: Mapping[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}
CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a codebook."""

    __pydantic_config__: ClassVar = CLOSED
    id: str
    """Short name, unique in the codebook; never changes."""
    label: Text
    """What people read."""
    kind: Kind = "other"
    parent: str | None = None
    """The code above this one."""
    codable: bool = True
    """False for a heading that only groups codes."""
    definition: Text = ""
    code_when: Text = ""
    do_not_code_when: Text = ""
    anchor_example: Text = ""
    pole: Literal["deficit", "asset"] | None = None
    """Whether more of it is bad or good for the town; only for words, never for signs."""
    opposite_of: str | None = None
    """The code that this one is the negative pole of."""
    aliases: tuple[str, ...] = ()
    """Names under which import files know this code."""
    color: str | None = None
    origin: Literal["abstract", "literature", "ours"] | None = None
    """Where the code comes from."""
    reference: Text = ""
    thesis_link: Text = ""
    since: str = ""
    """The day from which on it could be given, ISO 8601; empty: from the beginning."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A signed pair of factors."""

    __pydantic_config__: ClassVar = CLOSED
    cause: str
    effect: str
    sign: StatedSign


@dataclass(frozen=True, slots=True)
class ActsOn:
    """A factor that a recommendation changes, and in which direction."""

    __pydantic_config__: ClassVar = CLOSED
    factor: str
    sign: StatedSign


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Something a town may do; it acts on factors and is no cause among them."""

    __pydantic_config__: ClassVar = CLOSED
    id: str
    label: Text
    text: Text = ""
    acts_on: tuple[ActsOn, ...] = ()
    opens: tuple[Edge, ...] = ()
    """Paths that it should open in the network."""
    origin: Literal["abstract", "literature", "ours"] | None = None
    reference: Text = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """An interaction that the literature leads one to expect; never drawn as evidence."""

    __pydantic_config__: ClassVar = CLOSED
    cause: str
    effect: str
    sign: StatedSign
    support: Literal["literature", "hypothesis"]
    reference: Text = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change against the codebook that is extended; exactly one of the four verbs."""

    __pydantic_config__: ClassVar = CLOSED
    rename: str | None = None
    split: str | None = None
    merge: tuple[str, ...] = ()
    retire: str | None = None
    to: str | None = None
    """New id (rename)."""
    into: str | tuple[str, ...] | None = None
    """The parts (split: a list), or the new code (merge: one id)."""
    label: Text = ""
    because: Text = ""


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """What stands in one codebook file."""

    __pydantic_config__: ClassVar = CLOSED
    format: Literal[1]
    id: str
    extends: str | None = None
    version: str = ""
    title: Text = ""
    about: Text = ""
    codes: tuple[Code, ...] = ()
    changes: tuple[Change, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook with everything that it inherits.

    Attributes
    ----------
    codes
        Id to code; what a city added last.
    back
        Id of a changed code to its id in the codebook extended, all the way to the root:
        renames and the parts of splits. A code that is its own is not in it.
    merged
        Id of a code to the code that a merge made of it. One code cannot become two, so a
        comparison applies a city's merge to every city.
    retired
        Codes of the ancestors that do not exist here, with the reason.
    """

    id: str
    version: str
    title: Text
    codes: dict[str, Code]
    ancestors: tuple[str, ...] = ()
    back: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    retired: dict[str, Text] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    files: tuple[str, ...] = ()

    def factors(self) -> Iterator[Code]:
        """Yield the codes that can be coded, in their order."""
        return (code for code in self.codes.values() if code.codable)

    def base_id(self, code_id: str) -> str:
        """Give the id of a code in the codebook that all cities share."""
        while code_id in self.back:
            code_id = self.back[code_id]
        return code_id

    def names(self) -> dict[str, str]:
        """Give every name that means a code (id, alias, label), in comparable form, to its id."""
        return {same_name(name): code_id for name, code_id in self.spellings().items()}

    def spellings(self) -> dict[str, str]:
        """Give every name that means a code, as it is written, to its id."""
        names: dict[str, str] = {}
        for code in self.codes.values():
            labels = [code.label] if isinstance(code.label, str) else list(code.label.values())
            names |= dict.fromkeys((*labels, *code.aliases, code.id), code.id)
        return names

    def ancestors_of(self, code_id: str) -> list[str]:
        """Give the codes above a code, nearest first."""
        above: list[str] = []
        parent = self.codes[code_id].parent
        while parent and parent in self.codes and parent not in above:
            above.append(parent)
            parent = self.codes[parent].parent
        return above

    def top(self, code_id: str) -> str:
        """Give the topmost code above a code, or the code itself."""
        above = self.ancestors_of(code_id) if code_id in self.codes else []
        return above[-1] if above else code_id
