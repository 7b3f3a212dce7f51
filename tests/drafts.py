"""Drafts of the demonstration's interviews (`docs/demonstration.md`) as interviews of `forms`."""

import re
from pathlib import Path

from tests.forms import Interview

ROLES = ("Verwaltungsleitung", "Digitalsteuerung", "Finanzen", "Kommunales Unternehmen", "Zivilgesellschaft")
SEGMENT = re.compile(r"\[\[(\d+): ?(.*?)\]\]")
NOTE = re.compile(r"^@(\d+) (codes|claim|half): (.*)$")
CLAIM = re.compile(r"^(\w+) -> (\w+) \(([+-]|ambivalent|unstated)\)(.*)$")
FACT = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')


def read_draft(path: Path, coder: str = "AB") -> Interview:
    interview = Interview(path.stem, ROLES[int(path.stem[-1]) - 1], [])
    quotes: dict[str, str] = {}
    for line in path.read_text("utf-8").split("\n"):
        note = NOTE.match(line)
        if note:
            _annotate(interview, quotes[note[1]], note[2], note[3], coder)
        elif line.strip():
            label, _, text = line.partition(": ")
            quotes |= dict(SEGMENT.findall(text))
            interview.turns.append((label, SEGMENT.sub(r"\2", text)))
    return interview


def _annotate(interview: Interview, quote: str, kind: str, rest: str, coder: str) -> None:
    claim = {"id": f"{interview.name}-{len(interview.claims) + 1}", "quote": quote, "coder": coder}
    if kind == "codes":
        interview.codings += [(quote, code.strip(), coder) for code in rest.split(",")]
    elif kind == "half":
        end, _, code = rest.partition("=")
        interview.claims.append({**claim, "cause": "", "effect": "", end: code})
    else:
        said = CLAIM.match(rest)
        assert said, rest
        facts = {name: quoted or plain for name, quoted, plain in FACT.findall(said[4])}
        facts["about_case"] = facts.pop("about", "")
        interview.claims.append({**claim, "cause": said[1], "effect": said[2], "sign": said[3], **facts})
