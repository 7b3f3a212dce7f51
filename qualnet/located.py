"""Text of any encoding, and YAML as plain data that remembers its place, checked against dataclasses.

The only module that knows pydantic and ruamel. Scalars follow YAML 1.2 (``no`` is text);
anchors, aliases and tags are refused, since a small file could otherwise grow without end.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from qualnet.problems import Place, Problems, nearest

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Located", "decode", "load_yaml", "schema", "shaped"]

T = TypeVar("T")
Step = str | int
MAX_BYTES = 4 * 2**20
MAX_DEPTH = 32
KNOWN_FORMAT = 1
SHOWN = 60
MISSING = {"missing", "missing_argument"}
EXPECTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "fields",
    "dataclass_type": "fields",
}
"""What pydantic calls an error, in a word of :data:`qualnet.rules.WORDS`."""


@dataclass(frozen=True, slots=True)
class Located:
    """Plain data (dicts, lists, scalars) and the place of every part of it.

    Attributes
    ----------
    data
        What stands in the file.
    places
        Path in the data, e.g. ``("codes", 1, "kind")``, to the place of its key or item.
    """

    file: str
    data: Any
    places: dict[tuple[Step, ...], Place] = field(default_factory=dict)

    def place(self, *path: Step) -> Place:
        """Give the place of a part, or of the nearest part around it that has one."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return Place(self.file, line=1, position=1)


def load_yaml(path: Path, shown: str, problems: Problems) -> Located | None:
    """Read a YAML file.

    Parameters
    ----------
    path
        The file.
    shown
        How to name the file in problems.
    problems
        Where to note what is wrong: all duplicate keys, or the first error of syntax.

    Returns
    -------
    Located or None
        None when the file cannot be used at all.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

    whole = Place(shown)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.add(whole, "not-found", path=shown)
        return None
    except OSError as error:
        problems.add(whole, "unreadable", why=error.strerror or str(error))
        return None
    if not raw.strip():
        problems.add(whole, "empty-file")
        return None
    if len(raw) > MAX_BYTES:
        problems.add(whole, "too-large", what="YAML", limit="4 MiB")
        return None
    text = decode(raw, whole, problems)
    if text is None:
        return None
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(shown, line=mark.line + 1, position=mark.column + 1) if mark else whole
        problems.add(place, "yaml", why=error.problem or "unknown")
        return None
    except (YAMLError, RecursionError, ValueError) as error:
        problems.add(whole, "yaml", why=str(error).splitlines()[0])
        return None
    return _Walk(shown, problems).located(node)


@dataclass(slots=True)
class _Walk:
    """Turns ruamel's nodes into plain data, noting places on the way."""

    shown: str
    problems: Problems
    places: dict[tuple[Step, ...], Place] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def located(self, node: Any) -> Located | None:
        before = len(self.problems.errors)
        data = self.walk(node, ())
        sound = len(self.problems.errors) == before
        return Located(self.shown, data, self.places) if sound else None

    def walk(self, node: Any, path: tuple[Step, ...]) -> Any:
        place = self.at(node)
        self.places.setdefault(path, place)
        if id(node) in self.seen or len(path) > MAX_DEPTH:
            self.problems.add(place, "yaml-feature", feature="anchors and aliases (&, *)")
            return None
        self.seen.add(id(node))
        kind = type(node).__name__
        if kind == "MappingNode":
            return self.mapping(node, path)
        if kind == "SequenceNode":
            return [self.walk(item, (*path, i)) for i, item in enumerate(node.value)]
        return self.scalar(node, place)

    def mapping(self, node: Any, path: tuple[Step, ...]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            name, place = str(key.value), self.at(key)
            if name in data:
                line = self.places[*path, name].line
                self.problems.add(place, "duplicate-key", key=name, line=line)
                continue
            self.places[*path, name] = place
            data[name] = self.walk(value, (*path, name))
        return data

    def scalar(self, node: Any, place: Place) -> object:
        kind = str(node.tag).rpartition(":")[2]
        if not str(node.tag).startswith("tag:yaml.org,2002:"):
            self.problems.add(place, "yaml-feature", feature="tags (!)")
            return None
        if kind == "bool":
            return str(node.value).lower() == "true"
        if kind == "null":
            return None
        if kind == "int" and str(node.value).lstrip("-").isdecimal():
            # 007 stays text: an id with leading zeros is no number
            plain = str(int(node.value)) == str(node.value)
            return int(node.value) if plain else str(node.value)
        return str(node.value)

    def at(self, node: Any) -> Place:
        mark = node.start_mark
        return Place(self.shown, line=mark.line + 1, position=mark.column + 1)


@functools.cache
def _adapter(shape: Any) -> Any:
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(shape)


def schema(shape: type) -> dict[str, Any]:
    """Give the JSON Schema of a declared file, for editors that check while one types."""
    result: dict[str, Any] = _adapter(shape).json_schema()
    return result


def shaped(located: Located, shape: type[T], problems: Problems) -> T | None:
    """Turn plain data into a dataclass, noting everything that does not fit.

    Parameters
    ----------
    located
        Data with places.
    shape
        The dataclass that declares the file.
    problems
        Where to note what is wrong, each with line and column.

    Returns
    -------
    object or None
        An instance of ``shape``; None when something is wrong.
    """
    from pydantic import ValidationError  # noqa: PLC0415

    found = located.data.get("format") if isinstance(located.data, dict) else None
    if isinstance(found, int) and found > KNOWN_FORMAT:
        problems.add(located.place("format"), "newer-format", found=found, known=KNOWN_FORMAT)
        return None
    hashable: Any = shape
    try:
        instance: T = _adapter(hashable).validate_python(located.data)
    except ValidationError as error:
        faults: dict[tuple[Step, ...], Any] = {}
        for detail in error.errors(include_url=False):
            faults.setdefault(_path(located.data, detail), detail)
        for path, detail in faults.items():
            # each member of a union is reported; the one that fits best complains further inside
            if not any(other[: len(path)] == path for other in faults if other != path):
                _note(detail, path, shape, located, problems)
        return None
    return instance


def _path(data: Any, detail: Any) -> tuple[Step, ...]:
    """Drop the steps that pydantic adds for members of a union."""
    path: list[Step] = []
    for step in detail["loc"]:
        inside = isinstance(data, dict) and step in data
        listed = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if inside or listed:
            data = data[step]
            path.append(step)
        elif detail["type"] in MISSING and step == detail["loc"][-1]:
            path.append(step)
    return tuple(path)


def _note(detail: Any, path: tuple[Step, ...], shape: type, located: Located, problems: Problems) -> None:
    name = str(path[-1]) if path else located.file
    place = located.place(*path)
    match detail["type"]:
        case kind if kind in MISSING:
            problems.add(located.place(*path[:-1]), "missing-field", field=name)
        case "unexpected_keyword_argument" | "extra_forbidden":
            names = _fields(schema(shape), path[:-1])
            near = nearest(name, names)
            problems.add(place, "unknown-field", field=name, near=near, names=", ".join(names))
        case "literal_error":
            names = [x.strip("' ") for x in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            value = detail["input"]
            if str(value) in names:  # the number 1, and the text "1"
                problems.add(place, "wrong-value", field=name, expected=value, value=_shown(value))
                return
            near = nearest(str(value), names)
            problems.add(place, "unknown-value", field=name, value=value, near=near, names=", ".join(names))
        case kind:
            expected = EXPECTED.get(kind, "another value")
            value = _shown(detail["input"])
            problems.add(place, "wrong-value", field=name, expected=expected, value=value)


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:SHOWN]


def _fields(node: dict[str, Any], path: tuple[Step, ...]) -> list[str]:
    """Give the names allowed at a path, from the JSON Schema: there is no second list."""
    definitions = node.get("$defs", {})

    def follow(part: dict[str, Any]) -> dict[str, Any]:
        return definitions[part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part

    node = follow(node)
    for step in path:
        inner = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
        node = follow(inner)
    return list(node.get("properties", ()))


def decode(raw: bytes, place: Place, problems: Problems) -> str | None:
    """Decode bytes: BOM, strict UTF-8, cp1252 with a notice."""
    for bom, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(bom):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                problems.add(place, "unreadable", why=str(error))
                return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            problems.add(place, "unreadable", why=f"byte 0x{raw[error.start]:02x} at line {line}")
            return None
        column = len(raw[: error.start].rpartition(b"\n")[2].decode("cp1252"))
        sample = text.split("\n")[line - 1][max(0, column - 30) : column + 30].strip()
        problems.add(place, "encoding-guessed", encoding="cp1252", line=line, sample=sample)
        return text
