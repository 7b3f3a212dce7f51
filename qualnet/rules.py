"""What each problem rule says, in German and English; ``docs/rules`` is made from this list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from qualnet.language import Language

__all__ = ["RULES", "WORDED", "WORDS", "Rule", "Severity"]

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem.

    ``message`` and ``hint`` are format strings; a message names what was found and what was
    expected, a hint what to do. A problem with a value ``near`` shows that as its hint.
    """

    severity: Severity
    message: dict[Language, str]
    hint: dict[Language, str]


def _rule(severity: Severity, en: str, de: str, en_hint: str = "", de_hint: str = "") -> Rule:
    return Rule(severity, {"en": en, "de": de}, {"en": en_hint, "de": de_hint})


def _error(en: str, de: str, en_hint: str = "", de_hint: str = "") -> Rule:
    return _rule("error", en, de, en_hint, de_hint)


def _warning(en: str, de: str, en_hint: str = "", de_hint: str = "") -> Rule:
    return _rule("warning", en, de, en_hint, de_hint)


WORDED = frozenset({"what", "why", "found", "how", "kind", "expected", "missing", "wanted", "feature"})
"""Values of messages in which qualnet itself may speak; all others are quoted from the input."""

WORDS: dict[str, dict[Language, str]] = {
    # what a file is
    "xlsx": {"en": "an Excel workbook (.xlsx)", "de": "eine Excel-Arbeitsmappe (.xlsx)"},
    "xls": {"en": "an old Excel workbook (.xls)", "de": "eine alte Excel-Arbeitsmappe (.xls)"},
    "docx": {"en": "a Word document (.docx)", "de": "ein Word-Dokument (.docx)"},
    "qdpx": {"en": "a REFI-QDA project (.qdpx)", "de": "ein REFI-QDA-Projekt (.qdpx)"},
    "zip": {"en": "some other ZIP archive", "de": "ein anderes ZIP-Archiv"},
    "pdf": {"en": "a PDF", "de": "ein PDF"},
    "picture": {"en": "a picture", "de": "ein Bild"},
    "database": {"en": "an SQLite database", "de": "eine SQLite-Datenbank"},
    "xml": {"en": "XML or a web page", "de": "XML oder eine Webseite"},
    "text": {"en": "plain text", "de": "einfacher Text"},
    "unknown": {"en": "of an unknown kind", "de": "von unbekannter Art"},
    "MAXQDA": {"en": "one of MAXQDA's own", "de": "eine von MAXQDA selbst"},
    "ATLAS.ti": {"en": "one of ATLAS.ti's own", "de": "eine von ATLAS.ti selbst"},
    "NVivo": {"en": "one of NVivo's own", "de": "eine von NVivo selbst"},
    "QualCoder": {"en": "a QualCoder project", "de": "ein QualCoder-Projekt"},
    "RQDA": {"en": "an RQDA project", "de": "ein RQDA-Projekt"},
    "DNA": {
        "en": "a Discourse Network Analyzer database",
        "de": "eine Datenbank des Discourse Network Analyzer",
    },
    # what to export instead
    "out of MAXQDA": {
        "en": "in MAXQDA export the project as REFI-QDA (.qdpx), or the coded segments as Excel; ",
        "de": "exportieren Sie in MAXQDA das Projekt als REFI-QDA (.qdpx) oder codierte Segmente als Excel; ",
    },
    "out of ATLAS.ti": {
        "en": "in ATLAS.ti export the project as REFI-QDA (.qdpx), or the quotations as a table; ",
        "de": "exportieren Sie in ATLAS.ti das Projekt als REFI-QDA (.qdpx) oder die Zitate als Tabelle; ",
    },
    "out of NVivo": {
        "en": "in NVivo export the project as REFI-QDA (.qdpx); ",
        "de": "exportieren Sie in NVivo das Projekt als REFI-QDA (.qdpx); ",
    },
    "out of QualCoder": {
        "en": "in QualCoder export a REFI-QDA project (.qdpx); ",
        "de": "exportieren Sie in QualCoder ein REFI-QDA-Projekt (.qdpx); ",
    },
    "out of RQDA": {
        "en": "save the codings with document, code and quote as a table; ",
        "de": "speichern Sie die Codierungen mit Dokument, Code und Zitat als Tabelle; ",
    },
    "out of DNA": {
        "en": "export the statements as a table; ",
        "de": "exportieren Sie die Aussagen (statements) als Tabelle; ",
    },
    "out of pdf": {
        "en": "save transcripts as plain text (.txt, UTF-8), and codings as a table; ",
        "de": "speichern Sie Transkripte als reinen Text (.txt, UTF-8) und Codierungen als Tabelle; ",
    },
    "out of xml": {
        "en": "export a table (Excel, CSV) or a REFI-QDA project (.qdpx); ",
        "de": "exportieren Sie eine Tabelle (Excel, CSV) oder ein REFI-QDA-Projekt (.qdpx); ",
    },
    "out of database": {
        "en": "export a table (Excel, CSV) or a REFI-QDA project (.qdpx) from the program that wrote it; ",
        "de": "exportieren Sie dort, wo sie entstand, eine Tabelle oder ein REFI-QDA-Projekt (.qdpx); ",
    },
    "damaged archive": {
        "en": "the archive is damaged or not complete",
        "de": "das Archiv ist beschädigt oder unvollständig",
    },
    "reading: memory": {
        "en": "it needs more than 2 GiB of memory",
        "de": "sie braucht mehr als 2 GiB Speicher",
    },
    "reading: time": {"en": "it takes too long", "de": "es dauert zu lange"},
    "reading: signal": {
        "en": "the program that reads it broke down",
        "de": "das Programm, das sie liest, ist abgestürzt",
    },
    "reading: fault": {"en": "a fault in qualnet", "de": "ein Fehler in qualnet"},
    "no ordinary file": {"en": "it is no ordinary file", "de": "es ist keine gewöhnliche Datei"},
    "encrypted member": {"en": "a part of it is encrypted", "de": "ein Teil davon ist verschlüsselt"},
    "DOCTYPE": {"en": "it has a DOCTYPE", "de": "sie enthält ein DOCTYPE"},
    "found character '\\t' that cannot start any token": {
        "en": "indented by a tab; use spaces",
        "de": "mit Tabulator eingerückt; nehmen Sie Leerzeichen",
    },
    "mapping values are not allowed here": {
        "en": "a colon too many here; a text that holds one needs quotation marks",
        "de": "hier ist ein Doppelpunkt zu viel; ein Text, der einen enthält, braucht Anführungszeichen",
    },
    "could not find expected ':'": {"en": "a colon is missing", "de": "es fehlt ein Doppelpunkt"},
    "found unexpected end of stream": {
        "en": "a quotation mark is not closed",
        "de": "ein Anführungszeichen ist nicht geschlossen",
    },
    # why something cannot name a case
    "empty": {"en": "it is empty", "de": "er ist leer"},
    "path": {"en": "it would be a path", "de": "er wäre ein Pfad"},
    # what a number or an id belongs to
    "position": {"en": "character position", "de": "Zeichenposition"},
    "paragraph number": {"en": "number of a paragraph", "de": "Absatznummer"},
    "count": {"en": "number of times that something happened", "de": "Anzahl"},
    "document": {"en": "document", "de": "Dokument"},
    "claim": {"en": "claim", "de": "Wirkungsaussage"},
    "code": {"en": "code", "de": "Code"},
    "quote": {"en": "quote", "de": "Zitat"},
    "topic": {"en": "topic", "de": "Thema"},
    "case": {"en": "case", "de": "Fall"},
    "attribute": {"en": "attribute", "de": "Merkmal"},
    "value": {"en": "value", "de": "Wert"},
    # kinds of parts
    "reader": {"en": "reader", "de": "Leser"},
    "layer": {"en": "layer", "de": "Ebene"},
    "measure": {"en": "measure", "de": "Maß"},
    "exporter": {"en": "exporter", "de": "Ausgabeform"},
    # what is missing
    "cause": {"en": "cause", "de": "Ursache"},
    "effect": {"en": "effect", "de": "Wirkung"},
    "definition": {"en": "definition", "de": "Definition"},
    "anchor_example": {"en": "anchor example (anchor_example)", "de": "Ankerbeispiel (anchor_example)"},
    "code_when": {"en": "coding rule (code_when)", "de": "Codierregel (code_when)"},
    # what was expected
    "a text": {"en": "a text", "de": "ein Text"},
    "a whole number": {"en": "a whole number", "de": "eine ganze Zahl"},
    "true or false": {"en": "true or false", "de": "true oder false"},
    "a list": {"en": "a list: [a, b]", "de": "eine Liste: [a, b]"},
    "fields": {"en": "fields: {name: value}", "de": "Felder: {name: wert}"},
    "another value": {"en": "another value", "de": "ein anderer Wert"},
    # what is not allowed in YAML
    "anchors and aliases (&, *)": {
        "en": "anchors and aliases (&, *)",
        "de": "Anker und Verweise (&, *)",
    },
    "tags (!)": {"en": "tags (!)", "de": "Typangaben (!)"},
    # what an own file still holds of an interview
    "words of the interview": {"en": "words of the interview", "de": "Worte aus dem Interview"},
    "name of the interview": {"en": "the name of the interview", "de": "den Namen des Interviews"},
    "its own name": {
        "en": "the name of the interview in its own name",
        "de": "den Namen des Interviews im eigenen Namen",
    },
    # why an interview cannot be taken out of a file
    "encoding": {"en": "its characters are not of one encoding", "de": "seine Zeichen sind gemischt codiert"},
    "database open": {
        "en": "a program has it open; close it and try again",
        "de": "ein Programm hat die Datei offen; schließen Sie es und versuchen Sie es noch einmal",
    },
    "code in the database": {
        "en": "the database holds triggers, views or tables of another program",
        "de": "die Datenbank enthält Trigger, Sichten oder Tabellen eines anderen Programms",
    },
    "outside": {
        "en": "the file lies outside the project, or is a link",
        "de": "die Datei liegt außerhalb des Projekts oder ist eine Verknüpfung",
    },
    "no way": {
        "en": "its reader does not know how to take out one interview of several",
        "de": "ihr Leser weiß nicht, wie man eines von mehreren Interviews herausnimmt",
    },
    "reads otherwise": {
        "en": "without it, what the file says of other interviews would not read the same",
        "de": "ohne es läse sich nicht mehr gleich, was die Datei über andere Interviews sagt",
    },
    "new names": {
        "en": "another interview would get another name, and decisions name the old one",
        "de": "ein anderes Interview hieße dann anders, und Entscheidungen nennen den alten Namen",
    },
    "old Excel": {
        "en": "it is in Excel's old format; save it as .xlsx",
        "de": "sie hat das alte Excel-Format; speichern Sie sie als .xlsx",
    },
    "two of the name": {
        "en": "the project has two interviews of this name; give them different names",
        "de": "das Projekt hat zwei Interviews dieses Namens; geben Sie ihnen verschiedene Namen",
    },
    "changed since": {
        "en": "it has changed since the plan was made; call qualnet forget again",
        "de": "sie hat sich seit dem Plan geändert; rufen Sie qualnet forget noch einmal auf",
    },
    # why something cannot be written
    "disk full": {"en": "the disk is full", "de": "der Datenträger ist voll"},
    "read-only": {"en": "the disk is read-only", "de": "der Datenträger ist schreibgeschützt"},
    "not allowed": {
        "en": "it is read-only, or open in another program",
        "de": "schreibgeschützt, oder in einem anderen Programm geöffnet",
    },
    "file in the way": {
        "en": "a file of this name is in the way of a folder",
        "de": "eine Datei dieses Namens steht einem Ordner im Weg",
    },
    "folder in the way": {
        "en": "a folder of this name is in the way of a file",
        "de": "ein Ordner dieses Namens steht einer Datei im Weg",
    },
}
"""What qualnet says in a value of a message, e.g. why a name cannot be used."""

RULES: dict[str, Rule] = {
    # calls
    "unknown-part": _error(
        "no {kind} is called '{name}'",
        "'{name}' ist als {kind} nicht bekannt",
        "there are: {names}",
        "es gibt: {names}",
    ),
    "no-project": _error(
        "there is no project file here",
        "hier liegt keine Projektdatei",
        "go to the folder of your project, or make one: qualnet init FOLDER --from FILE --case-by ATTRIBUTE",
        "wechseln Sie in den Projektordner, oder legen Sie ein Projekt an: "
        "qualnet init ORDNER --from DATEI --case-by MERKMAL",
    ),
    "exists-already": _error(
        "there is something here already; nothing was written",
        "hier liegt schon etwas; es wurde nichts geschrieben",
        "choose another name",
        "wählen Sie einen anderen Namen",
    ),
    # files
    "not-found": _error(
        "there is no file or folder '{path}'",
        "die Datei oder den Ordner '{path}' gibt es nicht",
        "paths count from the folder of qualnet.yaml",
        "Pfade zählen vom Ordner der qualnet.yaml aus",
    ),
    "empty-file": _error("the file is empty", "die Datei ist leer"),
    "unreadable": _error("the file cannot be read: {why}", "die Datei ist nicht lesbar: {why}"),
    "unknown-format": _error(
        "no reader knows this file; it is {found}",
        "kein Leser kennt diese Datei; sie ist {found}",
        "{how}what qualnet reads: qualnet readers",
        "{how}was qualnet liest: qualnet readers",
    ),
    "not-what-its-name-says": _error(
        "the name ends in {ending}, but the content is {found}",
        "der Name endet auf {ending}, der Inhalt ist aber {found}",
        "export the file again, or give it its right ending",
        "exportieren Sie die Datei neu, oder geben Sie ihr die richtige Endung",
    ),
    "too-large": _error(
        "{what} is larger than {limit}; nothing of it was used",
        "{what} ist größer als {limit}; davon wurde nichts verwendet",
    ),
    "reading-stopped": _error(
        "it could not be read to its end: {why}{detail}",
        "sie ließ sich nicht zu Ende lesen: {why}{detail}",
        "export it again; if that does not help, report this line, which says nothing of your data",
        "exportieren Sie sie neu; hilft das nicht, melden Sie diese Zeile: keine Ihrer Daten stehen darin",
    ),
    "unsafe-file": _error("refused: {why}", "abgelehnt: {why}"),
    "encoding-guessed": _warning(
        "the file is not UTF-8; read as {encoding}, first at line {line}: {sample}",
        "die Datei ist nicht UTF-8; gelesen als {encoding}, zuerst in Zeile {line}: {sample}",
        "check the umlauts there; save the file as UTF-8 to end this notice",
        "prüfen Sie dort die Umlaute; als UTF-8 gespeichert entfällt dieser Hinweis",
    ),
    # YAML
    "yaml": _error("this is not sound YAML: {why}", "das ist kein gültiges YAML: {why}"),
    "yaml-feature": _error(
        "{feature} are not allowed in qualnet's files",
        "{feature} sind in den Dateien von qualnet nicht erlaubt",
    ),
    "duplicate-key": _error(
        "'{key}' is given twice here",
        "'{key}' steht hier zweimal",
        "first at line {line}",
        "zuerst in Zeile {line}",
    ),
    "missing-field": _error("'{field}' is missing", "'{field}' fehlt"),
    "unknown-field": _error(
        "there is no field '{field}'",
        "es gibt kein Feld '{field}'",
        "there are: {names}",
        "es gibt: {names}",
    ),
    "unknown-value": _error(
        "{field}: '{value}' is not allowed",
        "{field}: '{value}' ist nicht erlaubt",
        "one of: {names}",
        "möglich sind: {names}",
    ),
    "wrong-value": _error(
        "{field}: expected {expected}, not {value}",
        "{field}: erwartet: {expected}; hier steht: {value}",
    ),
    "not-a-day": _error(
        "'{value}' is no day",
        "'{value}' ist kein Tag",
        "write year, month and day: 2026-11-30",
        "schreiben Sie Jahr, Monat und Tag: 2026-11-30",
    ),
    "too-small": _error(
        "{field}: at least {least} is needed, not {found}",
        "{field}: mindestens {least} muss es sein, nicht {found}",
    ),
    "newer-format": _error(
        "the file has format {found}, this qualnet knows up to format {known}",
        "die Datei hat Format {found}, dieses qualnet kennt bis Format {known}",
        "install a newer qualnet",
        "installieren Sie ein neueres qualnet",
    ),
    # codebooks
    "coded-before": _warning(
        "coded before the code '{code}' existed ({since}), and not since: {n} documents: {documents}",
        "vor dem Code '{code}' ({since}) codiert und seither nicht mehr: {n} Dokumente: {documents}",
        "look them through for it; until then nobody knows whether they mention it (qualnet codebook debt)",
        "sehen Sie sie daraufhin durch; bis dahin weiß niemand, ob sie ihn nennen (qualnet codebook debt)",
    ),
    "codebook-cycle": _error(
        "the codebook extends itself: {cycle}",
        "das Codebuch erweitert sich selbst: {cycle}",
        "remove one 'extends'",
        "entfernen Sie ein 'extends'",
    ),
    "unknown-codebook": _error(
        "there is no codebook '{name}'",
        "es gibt kein Codebuch '{name}'",
        "looked in: {names}",
        "gesucht in: {names}",
    ),
    "not-an-extension": _error(
        "codebook '{name}' does not extend the project's codebook '{base}'",
        "das Codebuch '{name}' erweitert das Codebuch des Projekts '{base}' nicht",
        "write 'extends: {base}' in it, or name it as the project's codebook",
        "schreiben Sie 'extends: {base}' hinein, oder machen Sie es zum Codebuch des Projekts",
    ),
    "duplicate-code": _error(
        "code '{code}' exists already",
        "den Code '{code}' gibt es schon",
        "first at {first}",
        "zuerst: {first}",
    ),
    "unknown-code": _error(
        "{what} '{code}' is no code of this codebook",
        "{what} '{code}' ist kein Code dieses Codebuchs",
        "add it to the codebook, or as an alias of a code: aliases: [{code}]",
        "nehmen Sie ihn ins Codebuch auf, oder als Alias eines Codes: aliases: [{code}]",
    ),
    "relation-code": _warning(
        "the code '{code}' seems to state that '{cause}' acts on '{effect}'",
        "der Code '{code}' scheint zu sagen, dass '{cause}' auf '{effect}' wirkt",
        "to read such codes as claims, write in qualnet.yaml: relation_codes: yes",
        "damit solche Codes als Wirkungsaussagen gelesen werden, in die qualnet.yaml: relation_codes: yes",
    ),
    "parent-cycle": _error(
        "code '{code}' is its own ancestor: {cycle}",
        "der Code '{code}' ist sein eigener Vorfahr: {cycle}",
    ),
    "alias-claimed-twice": _error(
        "'{alias}' already names the code '{code}'",
        "'{alias}' bezeichnet schon den Code '{code}'",
        "first at {first}",
        "zuerst: {first}",
    ),
    "retired-code": _error(
        "code '{code}' is retired in this codebook",
        "der Code '{code}' ist hier stillgelegt",
        "code the passage anew; a decision: qualnet claims fix ID --cause NEW, or --withdraw",
        "codieren Sie die Stelle neu; eine Entscheidung: qualnet claims fix ID --cause NEU, oder --withdraw",
    ),
    "inherited-code": _error(
        "code '{code}' is inherited and cannot be changed here",
        "der Code '{code}' ist geerbt und lässt sich hier nicht ändern",
        "change it in the codebook that defines it, or rename it here: qualnet codebook rename",
        "ändern Sie ihn in dem Codebuch, das ihn festlegt, oder benennen Sie ihn hier um:"
        " qualnet codebook rename",
    ),
    "code-without-definition": _warning(
        "code '{code}' has not: {missing}",
        "dem Code '{code}' fehlt: {missing}",
        "a second coder and a reviewer will ask for it",
        "Zweitcodierer:in und Gutachter:in werden danach fragen",
    ),
    "codebook-without-definitions": _warning(
        "none of the {n} codes has: {missing}",
        "keiner der {n} Codes hat: {missing}",
        "a second coder and a reviewer will ask for it",
        "Zweitcodierer:in und Gutachter:in werden danach fragen",
    ),
    # tables
    "missing-column": _error(
        "there is no column '{wanted}'",
        "es gibt keine Spalte '{wanted}'",
        "columns here: {names}",
        "Spalten hier: {names}",
    ),
    "unknown-table": _error(
        "the columns tell neither segments ('document', 'code', 'quote')"
        " nor claims ('document', 'cause', 'effect'): {names}",
        "die Spalten sind weder Textstellen ('Dokument', 'Code', 'Zitat')"
        " noch Wirkungsaussagen ('Dokument', 'Ursache', 'Wirkung'): {names}",
        "say what the columns mean, in a file that this writes for you: qualnet map FILE",
        "sagen Sie, was die Spalten bedeuten, in einer Datei, die dieser Befehl schreibt: qualnet map FILE",
    ),
    "no-table": _error(
        "this is no table",
        "das ist keine Tabelle",
        "tables are Excel workbooks and texts with columns (CSV, TSV)",
        "Tabellen sind Excel-Mappen und Texte mit Spalten (CSV, TSV)",
    ),
    "matrix-unclear": _error(
        "half a matrix of numbers may say who acts on whom, or which codes stand together",
        "eine halbe Matrix kann sagen, was worauf wirkt, oder welche Codes zusammen vorkommen",
        "say which: options: {{matrix: claims}}, {{matrix: interview}} or {{matrix: counts}}",
        "sagen Sie, was gilt: options: {{matrix: claims}}, {{matrix: interview}} oder {{matrix: counts}}",
    ),
    "matrix-not-counted": _warning(
        "a matrix is no interview: its {n} claims are kept, and counted in no 'k of n interviews'",
        "eine Matrix ist kein Interview: ihre {n} Aussagen stehen da, zählen aber in keinem 'k von n'",
        "if each matrix is what one interview says: options: {{matrix: interview}}",
        "ist jede Matrix das, was ein Interview sagt: options: {{matrix: interview}}",
    ),
    "without-evidence": _warning(
        "numbers of the program for {n} pairs of codes, without the passages; nothing stands behind them",
        "Zahlen des Programms zu {n} Paaren von Codes, ohne die Textstellen; dahinter steht kein Beleg",
        "to see them: interactions: {{layers: [stated, matrix]}}; better export the coded segments",
        "zum Ansehen: interactions: {{layers: [stated, matrix]}}; besser: codierte Textstellen exportieren",
    ),
    "column-not-used": _warning(
        "column '{column}' is not used",
        "die Spalte '{column}' wird nicht verwendet",
    ),
    "duplicate-column": _error(
        "column '{column}' stands here twice",
        "die Spalte '{column}' steht hier zweimal",
    ),
    "row-too-long": _error(
        "the row has {found} cells, the header {expected}",
        "die Zeile hat {found} Zellen, die Kopfzeile {expected}",
        "a separator or a quotation mark in a text is probably not protected",
        "wahrscheinlich ist ein Trennzeichen oder Anführungszeichen im Text nicht geschützt",
    ),
    "unclosed-quote": _error(
        "a quotation mark is opened and not closed as it should be",
        "ein Anführungszeichen wird geöffnet und nicht richtig geschlossen",
    ),
    "no-rows": _error(
        "there is a header but no row",
        "es gibt eine Kopfzeile, aber keine Zeile",
    ),
    "row-without-document": _error(
        "the row names no document",
        "die Zeile nennt kein Dokument",
    ),
    "row-without-code": _error("the row names no code", "die Zeile nennt keinen Code"),
    "row-without-quote": _error(
        "the row gives neither a quote nor positions",
        "die Zeile gibt weder Zitat noch Positionen an",
    ),
    "half-claim": _warning(
        "the claim has no {missing}; kept as a half-chain, it draws no arrow",
        "der Wirkungsaussage fehlt: {missing}; als halbe Kette behalten, sie zeichnet keinen Pfeil",
    ),
    "not-a-number": _error("'{value}' is no {what}", "'{value}' ist keine {what}"),
    "unknown-sign": _error(
        "'{value}' is no sign",
        "'{value}' ist kein Vorzeichen",
        "signs are: +, -, ambivalent, unstated",
        "Vorzeichen sind: +, -, ambivalent, unstated",
    ),
    "not-yes-or-no": _error(
        "'{value}' is neither yes nor no",
        "'{value}' ist weder ja noch nein",
        "write yes or no; an empty cell means no",
        "schreiben Sie ja oder nein; eine leere Zelle heißt nein",
    ),
    "text-missing": _error(
        "its text is not in the file: {path}",
        "der Text dazu ist nicht in der Datei: {path}",
        "export the project again, with its texts",
        "exportieren Sie das Projekt noch einmal, mit seinen Texten",
    ),
    "duplicate-id": _error(
        "{what} '{value}' exists already",
        "{what} '{value}' gibt es schon",
        "first at {first}",
        "zuerst: {first}",
    ),
    # corpus
    "offsets-outside": _error(
        "positions {start} to {end} lie outside the text of {length} characters",
        "die Positionen {start} bis {end} liegen außerhalb des Textes von {length} Zeichen",
    ),
    "quote-not-found": _warning(
        "the quote does not stand in document '{document}': {quote}",
        "das Zitat steht nicht im Dokument '{document}': {quote}",
        "kept as a quote without a place",
        "als Zitat ohne Fundstelle behalten",
    ),
    "quote-changed": _warning(
        "the words of this passage have changed since; it was '{old}' and is taken to be '{new}'",
        "der Wortlaut dieser Stelle hat sich seither geändert; sie war '{old}' und gilt jetzt als '{new}'",
        "read both; if it is another passage, decide anew",
        "lesen Sie beides; ist es eine andere Stelle, entscheiden Sie neu",
    ),
    "quote-gone": _warning(
        "no passage of '{document}' has these words any more: {quote}",
        "keine Stelle von '{document}' hat noch diesen Wortlaut: {quote}",
        "the claim is kept with the quote by which it was decided; withdraw it if it no longer holds",
        "die Aussage bleibt mit ihrem alten Zitat; ziehen Sie sie zurück, wenn sie nicht mehr gilt",
    ),
    "correction-gone": _warning(
        "the corrected claim is not in '{document}' any more: {quote}",
        "die korrigierte Aussage steht nicht mehr in '{document}': {quote}",
        "the correction is kept; look whether the newer export says what it says",
        "die Korrektur bleibt aufgehoben; sehen Sie nach, ob der neuere Export sagt, was sie sagt",
    ),
    "release-of-other-words": _warning(
        "released were the words '{old}'; now they are '{new}' and stay in the project",
        "freigegeben waren die Worte '{old}'; jetzt lauten sie '{new}' und bleiben im Projekt",
        "read them and release them again: qualnet claims release {claim}",
        "lesen Sie sie und geben Sie sie neu frei: qualnet claims release {claim}",
    ),
    "release-without-consent": _warning(
        "claim '{claim}' was released, but interview '{document}' does not consent; it stays in the project",
        "Aussage '{claim}' ist freigegeben, Interview '{document}' willigt nicht ein; sie bleibt im Projekt",
        "correct the table of consent, or release a paraphrase only",
        "berichtigen Sie die Tabelle der Einwilligungen, oder geben Sie nur eine Paraphrase frei",
    ),
    "no-claims-sheet": _error(
        "no sheet here is a worklist of `qualnet claims sheet`",
        "kein Blatt hier ist eine Arbeitsliste von `qualnet claims sheet`",
    ),
    "no-coder-named": _error(
        "nobody is named who decided this",
        "niemand ist genannt, der das entschieden hat",
        "say who: --coder AB, or the column of the coder",
        "sagen Sie, wer: --coder AB, oder die Spalte der Codierer:in",
    ),
    "no-such-claim": _error(
        "there is no claim '{claim}'",
        "es gibt keine Aussage '{claim}'",
        "the page shows the id of each claim below its quote",
        "die Seite zeigt die Nummer jeder Aussage unter ihrem Zitat",
    ),
    "city-exists": _error(
        "the project has a city called '{case}' already",
        "eine Stadt namens '{case}' hat das Projekt schon",
        "to read more interviews of it, add an input to qualnet.yaml",
        "um weitere Interviews von ihr zu lesen, ergänzen Sie in qualnet.yaml eine Eingabe",
    ),
    "no-such-case": _error(
        "no city here is called '{case}'",
        "keine Stadt heißt hier '{case}'",
    ),
    "no-such-input": _error(
        "'{path}' is no input of this project",
        "'{path}' ist keine Eingabe dieses Projekts",
        "there are: {names}",
        "es gibt: {names}",
    ),
    "case-known": _error(
        "how '{path}' finds its cases stands in qualnet.yaml already",
        "wie '{path}' zu seinen Fällen kommt, steht schon in der qualnet.yaml",
        "leave the rule out, or change it there",
        "lassen Sie die Regel weg, oder ändern Sie sie dort",
    ),
    "nothing-to-assign": _error(
        "no interview is left for '{name}': she has stated claims about all of them, or none has codings",
        "für '{name}' bleibt kein Interview: von ihr gibt es zu allen Aussagen, oder keines ist codiert",
    ),
    "no-such-difference": _error(
        "there is no difference '{value}' any more",
        "einen Unterschied '{value}' gibt es nicht mehr",
        "the claims have changed since; write the worklist anew: qualnet agreement differences",
        "die Aussagen haben sich seither geändert; bitte neu schreiben: qualnet agreement differences",
    ),
    "no-such-document": _error(
        "no interview here is called '{document}'",
        "kein Interview heißt hier '{document}'",
    ),
    "answer-contradicts": _error(
        "there is no relation, and yet '{value}' is filled in",
        "es gibt keinen Zusammenhang, und doch ist '{value}' eingetragen",
        "empty either of the two",
        "leeren Sie eines von beiden",
    ),
    "answer-incomplete": _error(
        "neither cause nor effect is filled in",
        "weder Ursache noch Wirkung ist eingetragen",
        "fill in one of them, or choose: no relation",
        "tragen Sie eine davon ein, oder wählen Sie: kein Zusammenhang",
    ),
    "overlay-cell-empty": _error(
        "the column '{column}' is empty",
        "die Spalte '{column}' ist leer",
        "this table is written by qualnet; take back what was changed in it by hand",
        "diese Tabelle wird von qualnet geschrieben; nehmen Sie zurück, was von Hand darin geändert wurde",
    ),
    "decision-without-document": _warning(
        "the interview '{document}' is not among the inputs; what was decided about it waits",
        "das Interview '{document}' ist nicht unter den Eingaben; was darüber entschieden wurde, wartet",
    ),
    "cell-cut": _warning(
        "the passage ends where Excel cuts a cell, after {n} characters",
        "die Textstelle endet da, wo Excel eine Zelle abschneidet, nach {n} Zeichen",
        "look for its end in the original, or export the project as REFI-QDA",
        "sehen Sie im Original nach, wie sie endet, oder exportieren Sie das Projekt als REFI-QDA",
    ),
    "comment-no-claim": _warning(
        "the comment '{comment}' is read as no claim: '{code}' is no code of this codebook",
        "der Kommentar '{comment}' gilt nicht als Wirkungsaussage: '{code}' ist kein Code dieses Codebuchs",
    ),
    "quote-differs": _warning(
        "the quote found at these positions differs: {quote}",
        "das Zitat an diesen Positionen lautet anders: {quote}",
        "the row's quote counts, at the place where it stands in the text",
        "es gilt das Zitat der Zeile, an der Stelle, an der es im Text steht",
    ),
    "unknown-document": _warning(
        "document '{document}' has no text here; its quotes stand alone",
        "zum Dokument '{document}' gibt es hier keinen Text; die Zitate stehen allein",
    ),
    "consent-missing": _warning(
        "the interview '{document}' is not in this table; nothing of it is quoted",
        "das Interview '{document}' steht nicht in dieser Tabelle; nichts daraus wird zitiert",
        "add a row: quote, paraphrase or none",
        "ergänzen Sie eine Zeile: Zitat, Paraphrase oder keine",
    ),
    "guide-without-document": _error(
        "no document here is called '{document}'",
        "kein Dokument heißt hier '{document}'",
        "write its name as the inputs write it",
        "schreiben Sie den Namen so, wie ihn die Eingaben schreiben",
    ),
    "relations-not-claims": _warning(
        "relations ({n}) whose labels do not say that one thing acts on another: {names}; they are no claims",
        "Beziehungen ({n}), deren Namen von keiner Wirkung sprechen: {names}; keine Wirkungsaussagen",
        'if they are claims, name them: options: {{claims: "LABEL, LABEL"}}, or {{claims: all}}',
        'sind es Wirkungsaussagen, nennen Sie sie: options: {{claims: "NAME, NAME"}}, oder {{claims: all}}',
    ),
    "ends-without-codes": _warning(
        "relations ({n}) between passages of which one has no code of its own; they are no claims",
        "Beziehungen ({n}) zwischen Stellen, von denen eine keinen eigenen Code hat: keine Wirkungsaussagen",
        "code the passages of cause and effect in your program, each with the factor that it speaks of",
        "codieren Sie im Programm die Stellen von Ursache und Wirkung, jede mit dem Faktor, um den es geht",
    ),
    "reference-to-nothing": _error(
        "'{value}' is named here and stands nowhere in the file",
        "'{value}' wird hier genannt und steht nirgends in der Datei",
    ),
    "self-claim": _warning(
        "cause and effect are the same: '{code}'; it is counted and listed, and in no loop",
        "Ursache und Wirkung sind gleich: '{code}'; gezählt und aufgeführt, aber in keiner Schleife",
    ),
    "no-coder-chosen": _error(
        "documents are coded by several coders ({names}), and the project does not say whose coding counts",
        "Dokumente sind von mehreren codiert ({names}), und das Projekt sagt nicht, wessen Codierung zählt",
        "write into qualnet.yaml: coding: {{use: primary, primary: {first}}}",
        "schreiben Sie in die qualnet.yaml: coding: {{use: primary, primary: {first}}}",
    ),
    "coded-by-others": _error(
        "document '{document}' is coded by several coders ({names}) and not by the primary one, '{primary}'",
        "das Dokument '{document}' ist von mehreren codiert ({names}), aber nicht von '{primary}'",
        "leave all but one of them out, or let everybody count: coding: {{use: all}}",
        "lassen Sie alle bis auf eine Person weg, oder lassen Sie alle zählen: coding: {{use: all}}",
    ),
    "unknown-coder": _error(
        "no coder is called '{name}'",
        "keine Codierer:in heißt '{name}'",
        "there are: {names}",
        "es gibt: {names}",
    ),
    "which-project": _error(
        "the file holds {n} projects that may be meant: {names}",
        "die Datei enthält {n} Projekte, die gemeint sein können: {names}",
        "name one in qualnet.yaml by name or number: options: {{project: NAME}};"
        " or export it from Taguette as a file of its own",
        "nennen Sie eines in der qualnet.yaml, mit Namen oder Nummer: options: {{project: NAME}};"
        " oder exportieren Sie es aus Taguette als eigene Datei",
    ),
    "codebook-only": _warning(
        "codes without documents, {n} of them: nothing was coded here",
        "Codes ohne Dokumente ({n}): hier ist nichts codiert",
        "make a codebook of them: qualnet codebook new NAME --from FILE",
        "machen Sie ein Codebuch daraus: qualnet codebook new NAME --from DATEI",
    ),
    # cases
    "no-cases": _error(
        "the project has no cases (cities, groups) to compare",
        "das Projekt hat keine Fälle (Städte, Gruppen), die sich vergleichen lassen",
        "give each input a 'case', or a rule: qualnet import FILE --dry-run lists those that would work",
        "geben Sie jedem Eintrag einen 'case' oder eine Regel; qualnet import FILE --dry-run nennt mögliche",
    ),
    "no-case-in-pattern": _error(
        "the pattern '{pattern}' does not say once where the case stands",
        "das Muster '{pattern}' sagt nicht genau einmal, wo der Fall steht",
        "write {{case}} for it, for example {{case}}_* for Soest_03",
        "schreiben Sie {{case}} dafür, zum Beispiel {{case}}_* für Soest_03",
    ),
    "document-without-case": _error(
        "document '{document}' belongs to no case",
        "das Dokument '{document}' gehört zu keinem Fall",
        "give its input a 'case', or another rule by which every document has one",
        "geben Sie seinem Eintrag ein 'case', oder eine Regel, nach der jedes Dokument einen Fall hat",
    ),
    "no-claims": _warning(
        "codings ({n}) and not one claim: the networks of claims stay empty",
        "Codierungen ({n}) und keine einzige Wirkungsaussage: die Netze der Wirkungsaussagen bleiben leer",
        "for co-occurrence of codes: interactions: {{layers: [overlap, paragraph]}}",
        "für das gemeinsame Vorkommen von Codes: interactions: {{layers: [overlap, paragraph]}}",
    ),
    "document-in-two-cases": _error(
        "document '{document}' stands in the case '{case}', and before in the case '{other}'",
        "das Dokument '{document}' steht im Fall '{case}', und vorher im Fall '{other}'",
        "first at {first}; two interviews need two names, one interview needs one case",
        "zuerst: {first}; zwei Interviews brauchen zwei Namen, ein Interview braucht einen Fall",
    ),
    "case-overruled": _warning(
        "the file says case '{name}', the project says '{case}' for all of it; the project counts",
        "die Datei sagt Fall '{name}', das Projekt sagt '{case}' für alles; es gilt das Projekt",
    ),
    "bad-case-name": _error(
        "'{name}' cannot be the name of a case: {why}",
        "'{name}' kann kein Name eines Falls sein: {why}",
    ),
    "case-renamed": _warning(
        "case '{name}' gets the file name '{slug}'",
        "der Fall '{name}' bekommt den Dateinamen '{slug}'",
    ),
    "unknown-case": _error(
        "there is no case '{name}'",
        "es gibt keinen Fall '{name}'",
        "cases are: {names}",
        "Fälle sind: {names}",
    ),
    "no-attributes": _error(
        "the file has no attributes of its interviews, and so none called '{name}'",
        "die Datei hat keine Merkmale der Interviews, also auch keines namens '{name}'",
        "name one case for the whole file: init --case NAME, or `case: NAME` in qualnet.yaml;"
        " or add a column 'case'",
        "nennen Sie einen Fall für die ganze Datei: init --case NAME, oder `case: NAME` in qualnet.yaml;"
        " oder ergänzen Sie eine Spalte 'Fall'",
    ),
    "unknown-attribute": _error(
        "no attribute is called '{name}'",
        "kein Merkmal heißt '{name}'",
        "there are: {names}",
        "es gibt: {names}",
    ),
    "ambiguous-attribute": _error(
        "'{name}' fits several attributes:{names}",
        "'{name}' passt auf mehrere Merkmale:{names}",
    ),
    # output
    "busy": _error(
        "another build writes here (process {pid})",
        "hier schreibt schon ein anderer Lauf (Prozess {pid})",
        "wait for it, or: qualnet build --wait",
        "warten Sie, oder: qualnet build --wait",
    ),
    "cannot-write": _error(
        "cannot be written: {why}; the old outputs are untouched",
        "kann nicht geschrieben werden: {why}; die alten Ausgaben sind unverändert",
    ),
    "output-outside": _error(
        "no folder of its own inside the project; nothing was written",
        "kein eigener Ordner im Projekt; es wurde nichts geschrieben",
        "choose a folder inside the project that is no link: report: {{output: outputs}}",
        "wählen Sie einen Ordner im Projekt, der keine Verknüpfung ist: report: {{output: outputs}}",
    ),
    "output-changed": _error(
        "differs from what the build wrote",
        "weicht von dem ab, was der Lauf geschrieben hat",
        "run qualnet build again",
        "lassen Sie qualnet build neu laufen",
    ),
    "output-missing": _error(
        "is listed in the manifest and missing",
        "steht im Verzeichnis manifest.json und fehlt",
        "run qualnet build again",
        "lassen Sie qualnet build neu laufen",
    ),
    "no-page": _error(
        "there is no page yet",
        "es gibt noch keine Seite",
        "run qualnet {command}",
        "lassen Sie qualnet {command} laufen",
    ),
    "no-manifest": _error(
        "there is no manifest.json; nothing was built here yet",
        "es gibt keine manifest.json; hier wurde noch nichts gebaut",
        "run qualnet build",
        "lassen Sie qualnet build laufen",
    ),
    "cannot-forget": _error(
        "the interview cannot be taken out of this file with certainty: {why}; nothing was changed",
        "das Interview lässt sich aus dieser Datei nicht sicher entfernen: {why}; es wurde nichts geändert",
        "take it out by hand, then call qualnet forget again for the rest",
        "entfernen Sie es von Hand und rufen Sie dann qualnet forget für den Rest noch einmal auf",
    ),
    "forgotten-again": _error(
        "the interview '{document}' was forgotten on {when}, and it is here again",
        "das Interview '{document}' wurde am {when} gelöscht, und hier ist es wieder",
        "export without it, or call qualnet forget again; another interview needs another name",
        "exportieren Sie ohne das Interview, oder rufen Sie qualnet forget noch einmal auf;"
        " ein anderes Interview braucht einen anderen Namen",
    ),
    "words-left": _warning(
        "holds {what}; qualnet did not write it and leaves it",
        "enthält {what}; qualnet hat das nicht geschrieben und lässt es stehen",
        "look at it, and take out by hand what belongs to the interview",
        "sehen Sie nach und entfernen Sie von Hand, was zum Interview gehört",
    ),
    "name-too-short": _warning(
        "the name has fewer than {least} letters and is not searched for in the outputs",
        "der Name hat weniger als {least} Buchstaben und wird in den Ausgaben nicht gesucht",
        "look for it yourself before you pass anything on",
        "suchen Sie selbst danach, bevor Sie etwas weitergeben",
    ),
    "name-leaked": _error(
        "holds a name of the key file (its row {row}); nothing was written",
        "enthält einen Namen der Schlüsseldatei (dort Zeile {row}); es wurde nichts geschrieben",
        "replace the name in the input by its pseudonym",
        "ersetzen Sie den Namen in der Quelle durch das Pseudonym",
    ),
}
