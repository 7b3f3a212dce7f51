"""`qualnet init`: what it writes follows from what the export really holds."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualnet import build
from qualnet.cli import main

QDE = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="p">
<CodeBook><Codes>
<Code guid="00000000-0000-0000-0000-00000000000a" name="Personalmangel" isCodable="true"/>
<Code guid="00000000-0000-0000-0000-00000000000b" name="Fortschritt" isCodable="true"/>
</Codes></CodeBook>
<Variables><Variable guid="00000000-0000-0000-0000-0000000000f0" name="Stadt" typeOfVariable="Text"/></Variables>
<Cases><Case guid="00000000-0000-0000-0000-0000000000c0" name="Fall 1">
<VariableValue><VariableRef targetGUID="00000000-0000-0000-0000-0000000000f0"/><TextValue>A</TextValue></VariableValue>
<SourceRef targetGUID="00000000-0000-0000-0000-0000000000d0"/></Case></Cases>
<Sources><TextSource guid="00000000-0000-0000-0000-0000000000d0" name="i1">
<PlainTextContent>Ohne Leute geht nichts voran.</PlainTextContent>
<PlainTextSelection guid="00000000-0000-0000-0000-0000000000e0" startPosition="0" endPosition="10">
<Coding guid="00000000-0000-0000-0000-0000000000e1"><CodeRef targetGUID="00000000-0000-0000-0000-00000000000a"/></Coding>
NOTE</PlainTextSelection></TextSource></Sources>
NOTES<Links><Link guid="00000000-0000-0000-0000-0000000000aa" direction="OneWay"
 originGUID="00000000-0000-0000-0000-00000000000a" targetGUID="00000000-0000-0000-0000-00000000000b"/></Links>
</Project>
"""
CLAIM = (
    '<Notes><Note guid="00000000-0000-0000-0000-0000000000bb"><PlainTextContent>'
    "claim: {cause: Personalmangel, effect: Fortschritt, sign: -}</PlainTextContent></Note></Notes>"
)


def started(tmp_path: Path, name: str, content: str, case_by: str) -> Result:
    (tmp_path / name).write_text(content, "utf-8")
    words = ["init", str(tmp_path / "study"), "--from", str(tmp_path / name), "--case-by", case_by]
    return CliRunner().invoke(main, ["--lang", "en", *words])


@pytest.mark.parametrize("claimed", [False, True])
def test_the_layer_of_claims_is_asked_for_only_where_something_makes_a_claim(
    tmp_path: Path, *, claimed: bool
) -> None:
    # a link between two codes names no interview, a note of ours on a passage does
    note = '<NoteRef targetGUID="00000000-0000-0000-0000-0000000000bb"/>' if claimed else ""
    content = QDE.replace("NOTES", CLAIM if claimed else "").replace("NOTE<", note + "<")
    made = started(tmp_path, "p.qde", content, "stadt")
    assert made.exit_code == 0, made.output
    assert ("stated" in (tmp_path / "study" / "qualnet.yaml").read_text("utf-8")) is claimed
    assert bool(build(tmp_path / "study").claims) is claimed
