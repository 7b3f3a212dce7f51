"""The project file `qualnet.yaml`: which inputs, which codebook, what to write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from qualnet.language import Language, Text
from qualnet.located import Located, load_yaml, shaped
from qualnet.problems import Place, Problem, Problems, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "FILE_NAME",
    "Coding",
    "Input",
    "Interactions",
    "Privacy",
    "Project",
    "Report",
    "find_project",
    "load_project",
]

FILE_NAME = "qualnet.yaml"
CLOSED: Mapping[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True)
class Input:
    """One file or folder of coded material."""

    __pydantic_config__: ClassVar = CLOSED
    path: str
    """File or folder, counted from the folder of qualnet.yaml."""
    case: str | None = None
    """The city (or group) that all documents of this input belong to."""
    case_by: str | None = None
    """The attribute whose values are the cases; any unambiguous part of its name."""
    case_in_name: str | None = None
    """Where the case stands in the names of the documents: `{case}_*`; `*` is anything, `#` digits."""
    codebook: str | None = None
    """The codebook it was coded with, when it is not the project's."""
    reader: str | None = None
    """The reader to use; by default the content decides."""
    options: dict[str, str] = field(default_factory=dict)
    """Options of the reader."""


@dataclass(frozen=True, slots=True)
class Coding:
    """Whose coding counts where a document was coded twice."""

    __pydantic_config__: ClassVar = CLOSED
    use: Literal["primary", "consensus", "all"] = "primary"
    """`primary`: only the primary coder's codings and claims build the networks; `consensus`: the
    same, changed by what the coders agreed on."""
    primary: str | None = None
    """The primary coder's name."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What must not leave the project."""

    __pydantic_config__: ClassVar = CLOSED
    names: str | None = None
    """The key file of names and pseudonyms; no name in it may stand in any output."""
    consent: str | None = None
    """Table of what each interview consented to: document, consent (quote, paraphrase, none)."""
    min_sources: int = 2
    """`publish` shows no cell that rests on fewer interviews."""
    min_role: int = 3
    """`publish` merges roles held by fewer interviewees."""


@dataclass(frozen=True, slots=True)
class Interactions:
    """How interactions are derived."""

    __pydantic_config__: ClassVar = CLOSED
    layers: tuple[str, ...] = ("stated",)
    """Layers to build: stated, overlap, paragraph, proximity, matrix."""
    window: int = 200
    """Characters between two segments that the layer `proximity` still joins."""
    poles: Literal["keep", "fold"] = "keep"
    """`fold` joins the factor `~x` into `x` and flips the sign."""
    loop_length: int = 8
    """Longest loop that is listed."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is written, and for whom."""

    __pydantic_config__: ClassVar = CLOSED
    language: Language = "de"
    output: str = "outputs"
    profile: Literal["internal"] = "internal"


@dataclass(frozen=True, slots=True)
class Project:
    """A declared project; everything that a build needs to know."""

    __pydantic_config__: ClassVar = CLOSED
    format: Literal[1]
    title: Text
    codebook: str
    """Path or id of the codebook on which cities are compared."""
    inputs: tuple[Input, ...]
    cases: str | None = None
    """Table of case attributes, each with unit, year and source."""
    context: str | None = None
    """Folder with tables that the page shows beside the cities."""
    guide: str | None = None
    """Table of the topics that each interview was asked about: document, topic."""
    relation_codes: bool = False
    """Read codes whose name states a relation, such as `A -> B (-)`, as claims."""
    overlays: str = "overlays"
    """Folder of what is decided in qualnet: claims and corrections, with who, when and why."""
    coding: Coding = Coding()
    privacy: Privacy = Privacy()
    interactions: Interactions = Interactions()
    report: Report = Report()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project with the folder it stands in.

    Attributes
    ----------
    instead
        Path as the project names it to what is looked at in its place.
    """

    project: Project
    folder: Path
    located: Located
    instead: Mapping[str, Path] = field(default_factory=dict)

    def path(self, text: str) -> Path:
        """Resolve a path that is counted from the project's folder."""
        return self.instead.get(text.rstrip("/"), self.folder / text)


def find_project(start: Path) -> Path:
    """Find `qualnet.yaml` in a folder or one above it.

    Raises
    ------
    UsageError
        When there is none.
    """
    if start.is_file():
        return start
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise UsageError(Problem(Place(str(start)), "no-project"))


def load_project(path: Path, problems: Problems) -> Loaded | None:
    """Read a project file.

    Parameters
    ----------
    path
        The file `qualnet.yaml`.
    problems
        Where to note what is wrong.
    """
    located = load_yaml(path, path.name, problems)
    project = shaped(located, Project, problems) if located else None
    if located is None or project is None:
        return None
    if not project.inputs:
        problems.add(located.place("inputs"), "no-cases")
        return None
    return Loaded(project, path.parent, located)
