"""The content model of REFI-QDA 1.5, typed in from the published schema: order of children, attributes."""

import re
from xml.etree import ElementTree as ET

WHO = "creatingUser creationDateTime modifyingUser modifiedDateTime"
CHILDREN = {
    "Project": "Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef",
    "Users": "User",
    "CodeBook": "Codes",
    "Codes": "Code",
    "Code": "Description NoteRef Code",
    "Variables": "Variable",
    "Variable": "Description",
    "Cases": "Case",
    "Case": "Description CodeRef VariableValue SourceRef SelectionRef",
    "VariableValue": "VariableRef TextValue BooleanValue IntegerValue FloatValue DateValue DateTimeValue",
    "Sources": "TextSource PictureSource PDFSource AudioSource VideoSource",
    "TextSource": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "PictureSource": "Description TextDescription PictureSelection Coding NoteRef VariableValue",
    "PDFSource": "Description PDFSelection Representation Coding NoteRef VariableValue",
    "AudioSource": "Description Transcript AudioSelection Coding NoteRef VariableValue",
    "Transcript": "Description PlainTextContent SyncPoint TranscriptSelection NoteRef",
    "PlainTextSelection": "Description Coding NoteRef",
    "TranscriptSelection": "Description Coding NoteRef",
    "PictureSelection": "Description Coding NoteRef",
    "PDFSelection": "Description Representation Coding NoteRef",
    "AudioSelection": "Description Coding NoteRef",
    "Coding": "CodeRef NoteRef",
    "Notes": "Note",
    "Links": "Link",
    "Link": "NoteRef",
    "Sets": "Set",
    "Set": "Description MemberCode MemberSource MemberNote",
    "Graphs": "Graph",
    "Graph": "Vertex Edge",
}
for text in ("Note", "Representation", "TextDescription"):
    CHILDREN[text] = CHILDREN["TextSource"]
# those with ! must be there
ATTRIBUTES = {
    "Project": "name! origin creatingUserGUID creationDateTime modifyingUserGUID modifiedDateTime basePath",
    "User": "guid! name id",
    "Code": "guid! name! isCodable! color",
    "Variable": "guid! name! typeOfVariable!",
    "Case": "guid! name",
    "TextSource": f"guid! name richTextPath plainTextPath {WHO}",
    "Transcript": f"guid! name richTextPath plainTextPath {WHO}",
    "PictureSource": f"guid! name path currentPath {WHO}",
    "PlainTextSelection": f"guid! name startPosition! endPosition! {WHO}",
    "TranscriptSelection": f"guid! name fromSyncPoint toSyncPoint {WHO}",
    "PictureSelection": f"guid! name firstX! firstY! secondX! secondY! {WHO}",
    "PDFSelection": f"guid! name page! firstX! firstY! secondX! secondY! {WHO}",
    "AudioSelection": f"guid! name begin! end! {WHO}",
    "SyncPoint": "guid! timeStamp position",
    "Coding": "guid! creatingUser creationDateTime",
    "Link": "guid! name direction color originGUID targetGUID",
    "Set": "guid! name!",
    "Graph": "guid! name",
    "Vertex": "guid! representedGUID name firstX! firstY! secondX secondY shape color",
    "Edge": "guid! representedGUID name sourceVertex! targetVertex! color direction lineStyle",
}
for text in ("Note", "Representation", "TextDescription"):
    ATTRIBUTES[text] = ATTRIBUTES["TextSource"]
for media in ("PDFSource", "AudioSource"):
    ATTRIBUTES[media] = ATTRIBUTES["PictureSource"]
for reference in (
    "CodeRef",
    "NoteRef",
    "SourceRef",
    "VariableRef",
    "MemberCode",
    "MemberSource",
    "MemberNote",
):
    ATTRIBUTES[reference] = "targetGUID!"
ONCE = {
    "Description",
    "PlainTextContent",
    "CodeRef",
    "VariableRef",
    "Representation",
    "Transcript",
    "TextDescription",
}
GUID = re.compile(r"([0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12})")
WORDS = {
    "direction": {"Associative", "OneWay", "Bidirectional"},
    "isCodable": {"true", "false"},
    "typeOfVariable": {"Text"},
}


def faults(xml: bytes) -> list[str]:
    """Give every place at which a project departs from the schema."""
    root = ET.fromstring(xml)  # noqa: S314 (written by us)
    found = [] if root.tag == "{urn:QDA-XML:project:1.0}Project" else [f"root {root.tag}"]
    guids: list[str] = []
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        order = CHILDREN.get(name, "").split()
        inside = [child.tag.rpartition("}")[2] for child in element]
        found += [f"{x} in {name}" for x in inside if x not in order]
        places = [order.index(x) for x in inside if x in order]
        # any order of sources is allowed
        found += [f"order in {name}: {inside}"] if places != sorted(places) and name != "Sources" else []
        found += [f"{x} twice in {name}" for x in ONCE if inside.count(x) > 1]
        known = ATTRIBUTES.get(name, "").split()
        found += [f"@{x} in {name}" for x in element.attrib if x not in {k.rstrip("!") for k in known}]
        found += [
            f"no @{k[:-1]} in {name}" for k in known if k.endswith("!") and k[:-1] not in element.attrib
        ]
        for key, value in element.attrib.items():
            if key.lower().endswith("guid") or key in {
                "creatingUser",
                "sourceVertex",
                "targetVertex",
                "fromSyncPoint",
                "toSyncPoint",
            }:
                found += [] if GUID.fullmatch(value) else [f"{name}@{key} {value}"]
            if key in WORDS and value not in WORDS[key]:
                found.append(f"{name}@{key} {value}")
            if key in {
                "startPosition",
                "endPosition",
                "firstX",
                "firstY",
                "begin",
                "end",
                "page",
            } and not re.fullmatch(r"-?\d+", value):
                found.append(f"{name}@{key} {value}")
        guids += [element.attrib["guid"]] if "guid" in element.attrib else []
    found += (
        [f"guid twice: {g}" for g in {g for g in guids if guids.count(g) > 1}] if len(guids) < 3000 else []
    )
    named = {
        v
        for e in root.iter()
        for k, v in e.attrib.items()
        if k != "guid" and (k.endswith("GUID") or k in {"creatingUser", "sourceVertex", "targetVertex"})
    }
    return found + [f"nothing has the guid {g}" for g in sorted(named - set(guids))]
