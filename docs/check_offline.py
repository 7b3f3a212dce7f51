"""Check that a built site loads nothing from elsewhere: no fonts, no scripts, no pictures.

``python docs/check_offline.py docs/_build/html`` names every page, style sheet and script that
would, and gives 1. A link that a reader may click is no load.
"""  # noqa: INP001 (a script, no package)

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADED = {"src", "srcset", "poster", "data", "background"}
"""Attributes that load wherever they stand."""
POINTING = {"link", "image", "use", "base"}
"""Elements whose address is not there to be clicked."""
RELATIONS_NOT_LOADED = {
    "author",
    "canonical",
    "genindex",
    "help",
    "index",
    "license",
    "next",
    "prev",
    "search",
}
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
IN_STYLE = re.compile(
    r"""(?:url\(\s*['"]?|@import\s+['"])(\s*(?:[a-z][a-z0-9+.-]*:)?//[^'")\s]+)""", re.IGNORECASE
)
IN_SCRIPT = re.compile(
    r"""(?:fetch|import|importScripts|Worker|WebSocket|EventSource|\.open|\.src|\.href)\s*[=(]\s*"""
    r"""(?:['"]GET['"]\s*,\s*)?['"`]((?:https?:|wss?:)?//[^'"`\s]+)"""
)


class Page(HTMLParser):
    """Collects what a page loads from elsewhere."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the addresses of an element."""
        values = {name: value or "" for name, value in attrs}
        self.inside = tag if tag in {"script", "style"} else ""
        self.found += IN_STYLE.findall(values.get("style", ""))
        for name in LOADED & values.keys():
            parts = values[name].split(",") if name == "srcset" else [values[name]]
            self.found += [part.strip() for part in parts if OUTSIDE.match(part)]
        relations = set(values.get("rel", "").lower().split())
        if tag in POINTING and not (tag == "link" and relations and relations <= RELATIONS_NOT_LOADED):
            for name in ("href", "xlink:href"):
                if OUTSIDE.match(values.get(name, "")):
                    self.found.append(values[name])

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or a style."""
        del tag
        self.inside = ""

    def handle_data(self, data: str) -> None:
        """Look into scripts and styles that stand in the page."""
        if self.inside:
            self.found += (IN_STYLE if self.inside == "style" else IN_SCRIPT).findall(data)


def loads(path: Path) -> list[str]:
    """Give what a file of the site would load from elsewhere."""
    text = path.read_text("utf-8", errors="replace")
    if path.suffix == ".css":
        return list(IN_STYLE.findall(text))
    if path.suffix == ".js":
        return list(IN_SCRIPT.findall(text))
    page = Page()
    page.feed(text)
    return page.found


def problems(site: Path) -> Iterator[str]:
    """Name every load from elsewhere, by file."""
    for path in sorted(p for p in site.rglob("*") if p.suffix in {".html", ".css", ".js", ".svg"}):
        for address in loads(path):
            yield f"{path.relative_to(site).as_posix()}: {address.strip()}"


def run(site: Path) -> int:
    """Check a site; give the exit code."""
    if not any(site.rglob("*.html")):
        sys.stderr.write(f"{site}: no page\n")
        return 1
    found = list(problems(site))
    sys.stderr.write("".join(f"loads from elsewhere: {line}\n" for line in found))
    if not found:
        sys.stdout.write(
            f"{site}: {sum(1 for _ in site.rglob('*.html'))} pages, nothing is loaded from elsewhere\n"
        )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "_build" / "html")))
