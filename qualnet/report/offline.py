"""One HTML file out of modules, style and data: no request, hash-only policy, nothing to run but ours."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from qualnet.language import Language

__all__ = ["bundle", "embedded", "offline_page", "policy", "web_folder"]

IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"\./([\w-]+\.js)";\n?', re.MULTILINE)
TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


def web_folder() -> Traversable:
    """Give the folder with the explorer's modules and style, of which other pages use some."""
    return files("qualnet.report.explorer") / "web"


def bundle(folder: Traversable, entry: str = "main.js", shared: Traversable | None = None) -> str:
    """Put ES modules with named exports into one scope, each after those that it imports.

    Parameters
    ----------
    folder
        Where the modules are; they import each other as ``import { name } from "./file.js";``.
    entry
        The module to start from.
    shared
        Where to look for modules that the folder does not have.

    Returns
    -------
    str
        One classic script: browsers refuse modules of pages that are opened from disk.

    Raises
    ------
    ValueError
        When two modules use one name at top level, or import each other in a circle.
    """
    done: list[str] = []
    parts: list[str] = []
    owners: dict[str, str] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(" -> ".join((*above, name)))
        if name in done:
            return
        own = folder / name
        source = (own if own.is_file() or shared is None else shared / name).read_text("utf-8")
        for needed in IMPORT.findall(source):
            visit(needed, (*above, name))
        done.append(name)
        for top in TOP_LEVEL.findall(source):
            if owners.setdefault(top, name) != name:
                message = f"{top} stands in {owners[top]} and in {name}"
                raise ValueError(message)
        code = re.sub(r"^export ", "", IMPORT.sub("", source), flags=re.MULTILINE)
        parts.append(f"// {name}\n{code.strip()}\n")

    visit(entry, ())
    script = '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"
    if "</script" in script.lower() or "<!--" in script:
        message = "a module holds text that would end the script element"
        raise ValueError(message)
    return script


def embedded(data: object) -> str:
    r"""Write data as JSON that cannot end its script element, whatever its texts are.

    Examples
    --------
    >>> embedded({"q": "</script><b>&"})
    '{"q":"\\u003c/script\\u003e\\u003cb\\u003e\\u0026"}'
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def policy(script: str, style: str) -> str:
    """Give the page's content security policy: only this script and this style, no request."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src blob: data:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def offline_page(
    payload: object, title: str, language: Language, *, script: str, style: str, without_script: str
) -> str:
    """Write a whole page.

    Parameters
    ----------
    payload
        Plain data that the script reads from the element ``payload``.
    title
        Text of the title element.
    language
        The language in which the page opens.
    script, style
        What :func:`bundle` gives, and a style sheet.
    without_script
        What a reader without JavaScript is told.
    """
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(script, style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<div id="app"></div>\n<noscript><p>{without_script}</p></noscript>\n'
        f'<script type="application/json" id="payload">{embedded(payload)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )
