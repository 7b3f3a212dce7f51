"""Text of any encoding, and YAML as plain data that remembers its place, checked against dataclasses.

:class:`YamlText` changes single places of a YAML file and leaves all else as it stands.

The only module that knows pydantic and ruamel. Scalars follow YAML 1.2 (``no`` is text);
anchors, aliases and tags are refused, since a small file could otherwise grow without end.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar

from qualnet.problems import Place, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Located", "YamlText", "decode", "load_yaml", "schema", "shaped", "yaml_list", "yaml_mapping"]

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
NOT_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that some reader of YAML takes for something else than text."""
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")


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
        node = _composed(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(shown, line=mark.line + 1, position=mark.column + 1) if mark else whole
        problems.add(place, "yaml", why=error.problem or "unknown")
        return None
    except (YAMLError, RecursionError, ValueError) as error:
        problems.add(whole, "yaml", why=str(error).splitlines()[0])
        return None
    return _Walk(shown, problems).located(node)


@functools.lru_cache(maxsize=8)
def _composed(text: str) -> Any:
    """Parse a text; a codebook that several others extend is parsed once (nobody changes its nodes)."""
    from ruamel.yaml import YAML  # noqa: PLC0415

    return YAML(typ="safe", pure=True).compose(text)


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


class YamlText:
    """A sound YAML file in which single places are changed; all else stays, byte for byte.

    Parameters
    ----------
    text
        The whole file; line ends and a BOM are kept.
    shown
        How to name the file in places.

    Attributes
    ----------
    before
        The whole text without the changes.
    located
        What stands in the file, without the changes.
    """

    def __init__(self, text: str, shown: str = "") -> None:
        from ruamel.yaml import YAML  # noqa: PLC0415

        self.before = text
        self._root = YAML(typ="safe", pure=True).compose(text)
        walk = _Walk(shown, Problems())
        self.located = Located(shown, walk.walk(self._root, ()), walk.places)
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[tuple[int, int, str]] = []

    @classmethod
    def read(cls, path: Path) -> YamlText:
        """Read a file that :func:`load_yaml` found sound."""
        raw = path.read_bytes()
        try:
            return cls(raw.decode("utf-8"), path.name)  # a BOM stays part of the text
        except UnicodeDecodeError:
            return cls(decode(raw, Place(path.name), Problems()) or "", path.name)

    def after(self) -> str:
        """Give the whole text with all changes."""
        pieces, at = [], 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[0]):
            pieces += [self.before[at:start], new]
            at = max(at, end)
        return "".join([*pieces, self.before[at:]])

    def set(self, path: Sequence[Step], value: object) -> None:
        """Write a value in place of another one, or as a new key at the end of its fields.

        A text keeps the quotation marks of the one before it.
        """
        key, node, in_flow = self._find(path)
        if node is None:
            self._add(path, value)
            return
        start, end, new = node.start_mark.index, self._end(node), _flow(value)
        if isinstance(value, str):
            new = _as_before(getattr(node, "style", None), value, in_flow=in_flow)
        if key is not None and _is_block(node):
            start, new = self._colon(key), f" {new}"
        self._edit(start, end, new)

    def extend(self, path: Sequence[Step], items: Sequence[Any], after: int = -1) -> None:
        """Add items to a list (which may be missing), behind its last item or another one."""
        key, node, in_flow = self._find(path)
        if node is None:
            self._add(path, items)
        elif not node.value:
            if in_flow or not _holds_fields(items):
                self._edit(self._colon(key), self._end(node), f" {_flow(items)}")
            else:
                self._edit(self._colon(key), self._end(node), "")
                self._insert_lines(self._end(node), yaml_list(items), key.start_mark.column + 2)
        elif node.flow_style:
            self._insert(self._end(node.value[after]), "".join(f", {_flow(item)}" for item in items))
        else:
            in_lines = _is_block(node.value[after])
            lines = yaml_list(items) if in_lines else [f"- {_flow(x)}" for x in items]
            if len(node.value) > 1 and self._blank_between(*node.value[-2:]):
                lines = [x for line in lines for x in (["", line] if line.startswith("- ") else [line])]
            self._insert_lines(self._end(node.value[after]), lines, node.start_mark.column)

    def remove(self, path: Sequence[Step], indexes: Iterable[int]) -> None:
        """Take items out of a list; comments above them stay."""
        _, node, _ = self._find(path)
        gone = sorted(set(indexes))
        if gone and len(gone) == len(node.value):
            self.set(path, [])
            return
        for i in gone:
            start, end = node.value[i].start_mark.index, self._end(node.value[i])
            if not node.flow_style:
                start = self.before.rindex("-", 0, start)
                start = self.before.rfind("\n", 0, start) + 1
                end = self._next_line(end)
            elif i + 1 < len(node.value):
                end = node.value[i + 1].start_mark.index
            else:
                start = self._end(node.value[i - 1])
            self._edit(start, end, "")

    def _find(self, path: Sequence[Step]) -> tuple[Any, Any, bool]:
        """Give the key and the node of a path, and whether it stands in brackets."""
        key, node, in_flow = None, self._root, False
        for step in path:
            in_flow = in_flow or node.flow_style
            if isinstance(step, int):
                key, node = None, node.value[step]
            else:
                key, node = next(((k, v) for k, v in node.value if k.value == step), (None, None))
        return key, node, in_flow

    def _end(self, node: Any) -> int:
        """Give the end of a node's content: before comments and blank lines that follow it."""
        if _is_block(node):
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        start, end = node.start_mark.index, node.end_mark.index
        return int(start) + len(self.before[start:end].rstrip())

    def _colon(self, key: Any) -> int:
        return self.before.index(":", key.end_mark.index) + 1

    def _line_end(self, at: int) -> int:
        end = self.before.find(self._newline, at)
        return end if end >= 0 else len(self.before)

    def _next_line(self, at: int) -> int:
        """Give the beginning of the next line that is not blank."""
        at = self._line_end(at)
        blank = re.match(r"(?:[ \t]*\r?\n)*", self.before[at:])
        return at + (blank.end() if blank else 0)

    def _blank_between(self, one: Any, other: Any) -> bool:
        between = self.before[self._end(one) : other.start_mark.index]
        return _BLANK_LINE.search(between) is not None

    def _edit(self, start: int, end: int, new: str) -> None:
        self._edits.append((start, end, new))

    def _insert(self, at: int, new: str) -> None:
        self._edit(at, at, new)

    def _insert_lines(self, at: int, lines: Iterable[str], column: int) -> None:
        margin = " " * column
        text = "".join(self._newline + (margin + line if line else "") for line in lines)
        self._insert(self._line_end(at), text)

    def _add(self, path: Sequence[Step], value: object) -> None:
        _, parent, in_flow = self._find(path[:-1])
        name = str(path[-1])
        if in_flow or parent.flow_style:
            self._insert(self._end(parent.value[-1][1]), f", {name}: {_flow(value)}")
            return
        apart = [""] if len(path) == 1 else []
        column = parent.value[-1][0].start_mark.column
        self._insert_lines(self._end(parent), [*apart, *yaml_mapping({name: value})], column)


def yaml_mapping(fields: Mapping[str, object]) -> list[str]:
    """Write fields as the lines of a YAML file, each on a line of its own."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, dict):
            lines += [f"{name}:", *(f"  {line}" for line in yaml_mapping(value))]
        elif _holds_fields(value):
            lines += [f"{name}:", *(f"  {line}" for line in yaml_list(value))]
        else:
            written = _scalar(value, in_flow=False) if isinstance(value, str) else _flow(value)
            lines.append(f"{name}: {written}")
    return lines


def yaml_list(items: Iterable[Any]) -> list[str]:
    """Write a list of fields as the lines of a YAML file."""
    return [("  " if i else "- ") + line for item in items for i, line in enumerate(yaml_mapping(item))]


def _holds_fields(value: object) -> TypeGuard[list[dict[str, object]]]:
    return isinstance(value, list | tuple) and any(isinstance(item, dict) for item in value)


def _is_block(node: Any) -> bool:
    return isinstance(node.value, list) and not node.flow_style


def _flow(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(x)}" for name, x in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(x) for x in value) + "]"
    return _scalar(value, in_flow=True) if isinstance(value, str) else json.dumps(value)


def _scalar(text: str, *, in_flow: bool) -> str:
    """Write a text without quotation marks where no reader of YAML can take it for anything else."""
    plain = text[:1].isalpha() and text.isprintable() and text == text.strip()
    special = {": ", " #"} | (set(",[]{}:") if in_flow else set())
    if not plain or text.endswith(":") or text.lower() in NOT_TEXT or any(x in text for x in special):
        return _quoted(text)
    return text


def _quoted(text: str) -> str:
    # a JSON string is a YAML string, but for some characters that YAML does not print
    return _UNPRINTED.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _as_before(style: str | None, text: str, *, in_flow: bool) -> str:
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style == '"':
        return _quoted(text)
    return _scalar(text, in_flow=in_flow)
