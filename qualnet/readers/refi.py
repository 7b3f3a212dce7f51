"""REFI-QDA projects (.qdpx, .qde) and codebooks (.qdc): MAXQDA, ATLAS.ti, NVivo, QualCoder and others.

A Link between two codes is a relation, and so is an Edge of a Graph. qualnet's own convention for
claims: each evidence selection carries a Note of one YAML line,
``claim: {cause: ..., effect: ..., sign: +, ...}``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from qualnet.corpus import Corpus
from qualnet.files import archive
from qualnet.problems import Problems
from qualnet.readers._forget import is_of
from qualnet.readers._refi import Node, Tree
from qualnet.readers._refi_project import Project, document_names
from qualnet.readers._refi_sources import source_of
from qualnet.readers._source import decode_head
from qualnet.readers._xml import local, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "REFI-QDA-Projekt (.qdpx, .qde): Texte, Codes, Codierungen, Fälle mit Variablen,"
    " Gruppen von Dokumenten, Codierer:innen, Links, Netzwerke, Notizen; PDF mit Text, Transkripte mit"
    " Zeitmarken; Stellen in Bild, Ton und Video ohne Text. Codebuch (.qdc): die Codes.",
    "en": "REFI-QDA project (.qdpx, .qde): texts, codes, codings, cases with variables,"
    " groups of documents, coders, links, networks, notes; PDF with text, transcripts with time marks;"
    " selections in pictures, audio and video without text. Codebook (.qdc): the codes.",
}
ROOT = re.compile(r"<(\w+:)?(Project|CodeBook)[\s/>]")


def sniff(source: Source) -> bool:
    """Tell whether it is an archive with a .qde, or the XML of a project or codebook."""
    if source.is_zip:
        return any(m.lower().endswith(".qde") for m in source.members)
    return source.is_text and ROOT.search(decode_head(source.head[:4096])) is not None


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read a REFI-QDA project, or the codes of a REFI-QDA codebook."""
    del options
    if source.is_zip:
        inner = [m for m in source.members if m.lower().endswith(".qde") and "/" not in m]
        if len(inner) != 1:
            why = f"{len(inner)} files *.qde in the archive, expected 1"
            problems.add(source.place, "unreadable", why=why)
            return Corpus()
        place, data = source.place.at(element=inner[0]), source.chunks(inner[0], problems)
    else:
        place, data = source.place, source.pieces()
    project = Project(source, problems, place)
    root = parse_xml(data, place, problems, lambda x: project.sources.append(source_of(x)), "Sources")
    if root is None:
        return Corpus()
    if local(root) == "CodeBook":
        return project.read_codebook(root)
    if local(root) != "Project":
        problems.add(place, "unreadable", why=f"the root is <{local(root)}>, expected <Project>")
        return Corpus()
    return project.read(root)


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the project without a source, its text, selections, notes, and what refers to it alone.

    An archive is written anew. None when no other source is left.
    """
    del options
    before = len(problems.errors)
    inner = next((m for m in source.members if m.lower().endswith(".qde") and "/" not in m), "")
    data = source.member(inner, problems) if source.is_zip else source.path.read_bytes()
    if data is None or len(problems.errors) > before:
        return None
    try:
        tree = Tree(data)
    except (ExpatError, ValueError, LookupError) as error:
        problems.add(source.place, "cannot-forget", why=str(error))
        return None
    gone: list[Node] = []
    left: list[Node] = []
    nodes = tree.sources()
    for node, document in zip(
        nodes, document_names((n.attributes.get("name", ""), n.guid) for n in nodes), strict=True
    ):
        # of a recording with several transcripts, all go or none
        mine = is_of(document, document_id) or document_id.startswith(f"{document}/")
        (gone if mine else left).append(node)
    if not gone:
        return source.path.read_bytes()
    if not left:
        return None
    claims = [r for r in read(source, {}, Problems()).relations if r.source_kind == "note"]
    ends = {
        mine: {(r.from_id, r.to_id) for r in claims if is_of(r.document_id, document_id) == mine}
        for mine in (True, False)
    }
    drawn = ends[True] - ends[False]
    tree.remove(gone, lambda pair: pair in drawn)
    if not source.is_zip:
        return tree.xml()
    kept = tree.kept_members(tuple(dict.fromkeys(source.members)))
    contents = {m: tree.xml() if m == inner else source.member(m, problems) for m in kept}
    return archive({name: content or b"" for name, content in contents.items()})
