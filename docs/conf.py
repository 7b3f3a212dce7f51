"""Sphinx: the documentation as a site, out of the Markdown that stands here.

``make docs`` calls ``sphinx-build -c docs . docs/_build/html``: the folder of the sources is the
repository, so that the links from a page to README, CHANGELOG or CONTRIBUTING lead to pages too.
"""  # noqa: INP001 (a script, no package)

from __future__ import annotations

from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer

project = "qualnet"
author = "qualnet contributors"
project_copyright = author
language = "en"
root_doc = "docs/index"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
include_patterns = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/**"]
exclude_patterns = [
    ".*",
    "docs/_build",
    "qualnet",
    "tests",
    "outputs",
    "share",
    "interviews",
    "build",
    "dist",
]
myst_heading_anchors = 4  # the anchors that GitHub makes
napoleon_google_docstring = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
add_module_names = False
# an example in YAML or JSON may leave something out
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = "qualnet"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_static_path: list[str] = []
html_theme_options = {"footer_icons": [], "top_of_page_buttons": []}

LISTS = ("docs/rules/README", "docs/decisions/README")
"""Pages whose folder hangs below them."""
BELOW = "\n\n```{toctree}\n:hidden:\n:glob:\n\n[0-9a-z]*\n```\n"
TO_INDEX = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>qualnet</title>'
    '<meta http-equiv="refresh" content="0; url=docs/index.html">'
    '<a href="docs/index.html">qualnet: Dokumentation, documentation</a></html>\n'
)


def hang_below(_: Any, name: str, source: list[str]) -> None:
    """Put the pages of a folder below its list, without a word in the list itself."""
    if name in LISTS:
        source[0] += BELOW


def say_language(_: Any, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Let a German page say that it is German."""
    del template, tree
    if name.endswith(".de"):
        context["language"] = "de"


def lead_to_index(app: Any, error: Exception | None) -> None:
    """Make the folder that was built open with the landing page."""
    if error is None:
        (Path(app.outdir) / "index.html").write_text(TO_INDEX, "utf-8")


def setup(app: Any) -> None:
    """Tell Sphinx what it does not know."""
    for name in ("csv", "tsv"):
        app.add_lexer(name, TextLexer)
    app.connect("source-read", hang_below)
    app.connect("html-page-context", say_language)
    app.connect("build-finished", lead_to_index)
