"""Word files keep to the rules of their packages (ECMA-376, part 2)."""

import io
import posixpath
import zipfile
from xml.etree import ElementTree as ET

from qualnet.paper import WORD, word_file

DOCUMENT = f'<w:document xmlns:w="{WORD}"><w:body><w:p/></w:body></w:document>'
FOOTER = f'<w:ftr xmlns:w="{WORD}"><w:p/></w:ftr>'
STYLES = f'<w:styles xmlns:w="{WORD}"/>'


def test_every_part_has_a_type_and_every_relation_a_part() -> None:
    with zipfile.ZipFile(io.BytesIO(word_file(DOCUMENT, {"styles": STYLES, "footer": FOOTER}))) as archive:
        names = archive.namelist()
        types = ET.fromstring(archive.read("[Content_Types].xml"))  # noqa: S314 (our own)
        related = {
            name: [r.attrib for r in ET.fromstring(archive.read(name))]  # noqa: S314
            for name in names
            if name.endswith(".rels")
        }
    given = {t.get("PartName"): t.get("ContentType", "") for t in types if t.get("PartName")}
    assert {n.strip("/") for n in given if n} == {"word/document.xml", "word/styles.xml", "word/footer.xml"}
    assert {c.rpartition(".")[2] for c in given.values()} == {"main+xml", "styles+xml", "footer+xml"}
    for name, relations in related.items():
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in relations:
            assert posixpath.join(folder, relation["Target"]) in names
            assert relation["Type"].rpartition("/")[2] in {"officeDocument", "styles", "footer"}
    assert {r["Id"] for r in related["word/_rels/document.xml.rels"]} == {"rIdstyles", "rIdfooter"}
