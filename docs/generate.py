"""Write the parts of the docs that the code knows: heads of rule pages, list of rules, `cli.md`.

Run ``python docs/generate.py`` after a rule or a command has changed. Only what stands between
the two marks of a page is replaced; the rest is written by hand. A rule without a page gets one
whose explanation is still to be written. With ``--check`` nothing is written; the pages that are
not up to date are named, and the exit code is 1.
"""  # noqa: INP001 (a script, no package)

from __future__ import annotations

import string
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualnet.cli import main as qualnet
from qualnet.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualnet.rules import Rule

DOCS = Path(__file__).resolve().parent
BEGIN = "<!-- written by docs/generate.py from here -->"
END = "<!-- to here -->"
UNWRITTEN = "To be written."
WIDTH = 80
SEVERITY = {
    "error": "Error (Fehler): the command fails and writes nothing.",
    "warning": "Warning (Warnung): the build goes on; `--strict` stops it.",
}


class _Blanks(dict[str, str]):
    """Shows what a message fills in as ⟨name⟩."""

    def __missing__(self, key: str) -> str:
        return f"⟨{key}⟩"


def shown(text: str) -> str:
    """Write a format string as a cell of a table: blanks named, nothing read as Markdown."""
    filled = string.Formatter().vformat(text, (), _Blanks())
    return f"`{filled}`".replace("|", "\\|") if filled else ""


def head(rule: Rule) -> str:
    """Write what the catalogue says about a rule."""
    rows = [
        f"| {name} | {shown(texts['de'])} | {shown(texts['en'])} |"
        for name, texts in (("says", rule.message), ("advises", rule.hint))
        if any(texts.values())
    ]
    return "\n".join([SEVERITY[rule.severity], "", "| | Deutsch | English |", "|---|---|---|", *rows])


def rule_list() -> str:
    """Write one line per rule, in the catalogue's order."""
    rows = [
        [f"[{name}]({name}.md)", rule.severity, shown(rule.message["de"]), shown(rule.message["en"])]
        for name, rule in RULES.items()
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(["| rule | | Deutsch | English |", "|---|---|---|---|", *lines])


def commands(command: click.Command, context: click.Context) -> Iterator[str]:
    """Write the help of a command and of all commands below it."""
    depth = "#" * (len(context.command_path.split()) + 1)
    with context:
        yield f"{depth} `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from commands(below, _context(below, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    context = click.Context(command, parent, name, terminal_width=WIDTH, max_content_width=WIDTH)
    context.params["lang"] = "en"
    return context


def cli() -> str:
    """Write the help of every command."""
    return "\n\n".join(commands(qualnet, _context(qualnet, "qualnet")))


def page(path: Path, title: str, part: str) -> str:
    """Put a generated part into a page, or begin the page with it."""
    text = path.read_text("utf-8") if path.is_file() else f"# {title}\n\n{BEGIN}\n{END}\n\n{UNWRITTEN}\n"
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{part}\n\n{END}{after}"


def pages() -> dict[Path, str]:
    """Give every page that has a generated part, as it should be."""
    parts = {"rules/README.md": ("Problem rules", rule_list()), "cli.md": ("The command line", cli())}
    parts |= {f"rules/{name}.md": (name, head(rule)) for name, rule in RULES.items()}
    return {DOCS / name: page(DOCS / name, title, part) for name, (title, part) in parts.items()}


def run(*, check: bool) -> int:
    """Write the pages that are not up to date, or only name them."""
    stale = {p: t for p, t in pages().items() if not p.is_file() or p.read_text("utf-8") != t}
    for path, text in stale.items():
        sys.stdout.write(f"{'stale' if check else 'written'}: {path.relative_to(DOCS.parent).as_posix()}\n")
        if not check:
            path.write_text(text, "utf-8", newline="\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(run(check="--check" in sys.argv[1:]))
