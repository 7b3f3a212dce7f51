"""The dossier: everything that a reviewer or an examiner asks for, in one archive, and a sample to audit."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.cells import armoured, csv_text
from qualnet.codebook.printed import guide_page
from qualnet.comparison.comparability import comparability
from qualnet.comparison.tables import NEGATIVE_COLUMNS, claim_place, negative_rows
from qualnet.corpus.consent import WITHHELD
from qualnet.files import Stage, write_file
from qualnet.forms._workbook import Form, read_form, write_form
from qualnet.forms.agreement import KINDS, compare_coders
from qualnet.forms.desk import INTERNAL, open_desk
from qualnet.language import text_in
from qualnet.names import same_name
from qualnet.overlays import ASSIGNMENTS, CORRECTIONS, DECISIONS, FEEDBACK, RELEASES, VERDICTS
from qualnet.problems import OutputError, Place, Problem, Problems
from qualnet.report.exporters.tables import table_text
from qualnet.report.exporters.tables import write as write_tables
from qualnet.report.outputs import check_names, shared_study, write_set
from qualnet.report.words import INTERNAL as INTERNAL_MARK
from qualnet.report.words import SYNTHETIC, arrow_sentence
from qualnet.study import derive_study

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.forms.desk import Desk
    from qualnet.interactions import Claim
    from qualnet.language import Language
    from qualnet.network import Interaction

__all__ = ["AUDITED", "audit_result", "audit_sample", "write_dossier"]

LOGS = (DECISIONS, CORRECTIONS, VERDICTS, RELEASES, ASSIGNMENTS, FEEDBACK)
OWN_WORDS = ("memo", "condition", "hedge", "old", "new", "paraphrase")
"""Columns that tell what an interview says in other words."""
AUDITED = 20
"""Arrows of the sample."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
NAMES: dict[Language, str] = {"de": "Dossier", "en": "Dossier"}
COLUMNS: dict[str, dict[Language, str]] = {
    "number": {"de": "Nr.", "en": "No."},
    "case": {"de": "Stadt", "en": "City"},
    "sentence": {"de": "Pfeil", "en": "Arrow"},
    "count": {"de": "Interviews", "en": "Interviews"},
    "evidence": {"de": "Belege", "en": "Evidence"},
    "counter": {"de": "Gegenbelege", "en": "Counter-evidence"},
    "held": {"de": "Hält der Pfeil?", "en": "Does it hold?"},
    "note": {"de": "Anmerkung", "en": "Note"},
}
HELD: dict[str, dict[Language, str]] = {
    "yes": {"de": "ja", "en": "yes"},
    "no": {"de": "nein", "en": "no"},
    "unclear": {"de": "unklar", "en": "unclear"},
}
HELP: dict[Language, str] = {
    "de": """
INTERN: diese Datei enthält Zitate aus Interviews.
Eine Stichprobe von Pfeilen, mit einem Startwert ausgelost, mit allen Belegen und Gegenbelegen.
Lesen Sie die Belege. Tragen sie den Pfeil, mit Richtung und Vorzeichen? ja, nein oder unklar.
Das Ergebnis in einem Satz: qualnet dossier result DATEI
""",
    "en": """
INTERNAL: this file holds quotes from interviews.
A sample of arrows, drawn with a seed, with all evidence and counter-evidence.
Read the evidence. Does it carry the arrow, with direction and sign? yes, no or unclear.
The result in one sentence: qualnet dossier result FILE
""",
}
FORM = Form(
    HELP, COLUMNS, ("held", "note"), {"number": 6, "sentence": 50, "evidence": 80, "counter": 50, "note": 40}
)
README: dict[Language, str] = {
    "de": """{mark}
{synthetic}
{title}

Was in diesem Archiv liegt:

codebook/         das Codebuch, wie es galt: Dateien, Kodierleitfaden zum Drucken, Änderungen je Stadt
tables/           Wirkbeziehungen, Faktoren, Belege mit Zitat, Ort, Rolle, Codierer:in, Schleifen, Vergleich
negative.csv      die Gegenstimmen: was der Mehrheit widerspricht oder einen Zusammenhang bestreitet
comparability.csv wer wo interviewt wurde: Rollen, Codierer:innen, Länge je Stadt
agreement.csv     was zwei Codierer:innen gleich und was sie verschieden festgehalten haben
decisions/        was in qualnet entschieden wurde: wer, wann, warum
public/           die Seite, die weitergegeben werden darf, mit ihren Tabellen
audit.xlsx        {n} Pfeile zum Nachprüfen, ausgelost mit dem Startwert {seed}
manifest.json     Prüfsummen aller Eingaben und Ausgaben, Einstellungen, Versionen
{archive}
Gezählt werden Interviews, nicht Nennungen. Nicht genannt heißt nicht, dass es das nicht gibt.
""",
    "en": """{mark}
{synthetic}
{title}

What is in this archive:

codebook/         the codebook as it was used: its files, the coding guide to print, the changes of each city
tables/           interactions, factors, evidence with quote, place, role, coder, loops, comparison
negative.csv      the opposing voices: what contradicts the majority, or denies a relation
comparability.csv who was interviewed where: roles, coders, length by city
agreement.csv     what two coders recorded alike and differently
decisions/        what was decided in qualnet: who, when, why
public/           the page that may be passed on, with its tables
audit.xlsx        {n} arrows to check, drawn with the seed {seed}
manifest.json     checksums of all inputs and outputs, settings, versions
{archive}
What counts are interviews, not mentions. Not mentioned does not mean that there is no such thing.
""",
}
ARCHIVE: dict[Language, str] = {
    "de": "interviews/       die Transkripte, die zitiert werden dürfen; interviews.csv: Kontext aller\n",
    "en": "interviews/       the transcripts that may be quoted; interviews.csv with the context of all\n",
}


def write_dossier(
    project: Path, language: Language, *, archive: bool = False, seed: int = 1, output: Path | None = None
) -> tuple[Path, int]:
    """Write the dossier of a project; an archive of that name is never overwritten.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    language
        Of its texts.
    archive
        Add transcripts and the context of each interview, as a research data centre asks for.
    seed
        Of the sample to audit.
    output
        The file; None: ``INTERN-Dossier.zip`` in the project.

    Returns
    -------
    tuple
        The file, and how many arrows its sample holds.

    Raises
    ------
    InputError
        With every problem of the project.
    PrivacyError
        When a file would hold a name of the project's key file; nothing is written then.
    OutputError
        When the file is there already.
    """
    desk = open_desk(project)
    prepared = desk.prepared
    if desk.pending:
        Problems(list(desk.pending)).fail()
    path = output or prepared.loaded.folder / f"{INTERNAL}-{NAMES[language]}.zip"
    if path.exists():
        raise OutputError(Problem(Place(path.name), "exists-already"))
    study = derive_study(prepared)
    with tempfile.TemporaryDirectory() as folder:
        public = Stage(Path(folder) / "public")
        write_set(shared_study(study, prepared), prepared, public)
        stage = Stage(Path(folder) / "all")
        write_set(study, prepared, Stage(Path(folder) / "inside"))
        manifest = (Path(folder) / "inside" / "manifest.json").read_bytes()
        stage.write("manifest.json", manifest)
        write_tables(study, stage)
        for name in public.files():
            stage.write(f"public/{name}", (public.folder / name).read_bytes())
        stage.write("negative.csv", table_text(NEGATIVE_COLUMNS, negative_rows(study)))
        stage.write("comparability.csv", _comparability(study, desk))
        _codebooks(study, desk, stage, language)
        _agreement(desk, stage)
        _decisions(desk, stage, language)
        if archive:
            _interviews(study, desk, stage)
        sample = audit_sample(study, seed)
        write_form(
            stage.path("audit.xlsx"),
            FORM,
            language,
            _audit_rows(study, sample, language),
            _choices(len(sample), language),
        )
        stage.write("README.txt", _readme(study, language, len(sample), seed, archive=archive))
        check_names(stage, prepared.names)
        write_file(path, _zipped(stage))
    return path, len(sample)


def _zipped(stage: Stage) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in stage.files():
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, (stage.folder / name).read_bytes())
    return out.getvalue()


def _readme(study: Study, language: Language, n: int, seed: int, *, archive: bool) -> str:
    text = README[language].format(
        mark=INTERNAL_MARK[language],
        synthetic=SYNTHETIC[language] if study.synthetic else "",
        title=text_in(study.title, language),
        n=n,
        seed=seed,
        archive=ARCHIVE[language] if archive else "",
    )
    return "\n".join(line for k, line in enumerate(text.split("\n")) if line or k > 1)


def _comparability(study: Study, desk: Desk) -> str:
    rows = []
    for card in comparability(desk.prepared.corpus, study.cases, desk.prepared.debt()):
        facts = {"interviews": card.n_interviews, "other documents": card.n_other}
        facts |= {f"role: {role or '?'}": n for role, n in card.roles.items()}
        facts |= {f"coder: {coder}": n for coder, n in card.coders.items()}
        facts |= {f"coded before the code existed: {code}": n for code, n in card.owed.items()}
        if card.words:
            facts |= {
                "words, fewest": card.words[0],
                "words, most": card.words[-1],
                "words, all": sum(card.words),
            }
        synthetic = "true" if study.synthetic else "false"
        rows += [(armoured(card.case_id), armoured(name), str(n), synthetic) for name, n in facts.items()]
    return csv_text(("case", "fact", "n", "synthetic"), rows)


def _codebooks(study: Study, desk: Desk, stage: Stage, language: Language) -> None:
    """Write the codebooks as they were used, to print, and what each city changed."""
    books = {study.codebook.id: study.codebook} | {b.id: b for b in study.city_codebooks.values()}
    folder = desk.prepared.loaded.folder
    rows = []
    for book in books.values():
        stage.write(f"codebook/{book.id}.html", guide_page(book, language))
        for change in book.changes:
            verb = next(v for v in ("rename", "split", "merge", "retire") if getattr(change, v))
            old = getattr(change, verb)
            new = change.to or change.into or ""
            said = [", ".join(x) if isinstance(x, tuple) else str(x) for x in (old, new)]
            rows.append(tuple(armoured(x) for x in (book.id, verb, *said, text_in(change.because, language))))
        for name in book.files:
            file = folder / name
            if file.is_file():
                stage.write(f"codebook/{Path(name).name}", file.read_bytes())
    stage.write("codebook/changes.csv", csv_text(("codebook", "change", "code", "becomes", "because"), rows))


def _decisions(desk: Desk, stage: Stage, language: Language) -> None:
    """Write what was decided, without the words of interviews that may not be quoted."""
    limited = {d: level for d, level in desk.prepared.consent.items() if level != "quote"}
    names = {same_name(d.name): d.document_id for d in desk.prepared.corpus.documents}
    for log in LOGS:
        rows = []
        for _, values in log.read(desk.overlays, desk.shown, Problems()):
            document = names.get(same_name(values.get("document", "")), "")
            level = limited.get(document)
            quote = {"quote": WITHHELD[level][language]} if level and "quote" in values else {}
            free = dict.fromkeys(OWN_WORDS, "") if level == "none" else {}
            told = values | quote | {k: v for k, v in free.items() if k in values}
            rows.append([armoured(told[c]) for c in log.columns])
        if rows:
            stage.write(f"decisions/{log.file}", csv_text(log.columns, rows))


def _agreement(desk: Desk, stage: Stage) -> None:
    coders = sorted({c.coder_id for c in desk.claims if c.coder_id and "+" not in c.coder_id})
    rows = []
    for i, first in enumerate(coders):
        for second in coders[i + 1 :]:
            found = Counter(d.kind for d in compare_coders(desk, first, second))
            rows += [(armoured(first), armoured(second), kind, str(found[kind])) for kind in KINDS if found]
    if rows:
        stage.write("agreement.csv", csv_text(("first", "second", "difference", "n_passages"), rows))


def _interviews(study: Study, desk: Desk, stage: Stage) -> None:
    """Write the transcripts that may be quoted, and the context of every interview."""
    case_of = {d.document_id: d.case_id for d in study.corpus.document_cases}
    rows = []
    for document in desk.prepared.corpus.documents:
        level = desk.prepared.consent.get(document.document_id, "quote")
        words = str(len(document.text.split())) if document.text else ""
        synthetic = "true" if document.synthetic else "false"
        facts = (document.name, case_of.get(document.document_id, ""), document.kind, document.role)
        rows.append((*map(armoured, facts), document.date[:4], words, level, synthetic))
        if document.text and level == "quote":
            stage.write(f"interviews/{len(rows):03}.txt", document.text)
    columns = ("interview", "case", "kind", "role", "year", "words", "consent", "synthetic")
    numbered = [(f"{k:03}", *row) for k, row in enumerate(rows, start=1)]
    stage.write("interviews/interviews.csv", csv_text(("file", *columns), numbered))


def audit_sample(study: Study, seed: int) -> list[tuple[str, Interaction]]:
    """Draw arrows to audit from all cities, the same for the same seed.

    Returns
    -------
    list of tuple
        Case and interaction, in the order of cases and factors; all where there are few.
    """
    every = [(case, item) for case, network in study.networks.items() for item in network.drawn.values()]
    chosen = random.Random(seed).sample(range(len(every)), min(AUDITED, len(every)))  # noqa: S311 (no secret)
    return [every[k] for k in sorted(chosen)]


def _audit_rows(
    study: Study, sample: list[tuple[str, Interaction]], language: Language
) -> list[dict[str, str]]:
    rows = []
    for k, (case, item) in enumerate(sample, start=1):
        network = study.networks[case]
        ends = [study.vocabulary.codes[c].label for c in (item.cause, item.effect)]
        against = [c for c in item.claims if not c.draws]
        rows.append(
            {
                "number": str(k),
                "case": study.case_name(case),
                "sentence": arrow_sentence(ends[0], ends[1], item.sign, language),
                "count": f"{item.n_sources} / {network.n_documents}",
                "evidence": "\n\n".join(_cited(c) for c in item.drawing),
                "counter": "\n\n".join(_cited(c) for c in against),
            }
        )
    return rows


def _cited(claim: Claim) -> str:
    return f"[{claim.document_id}, {claim_place(claim)}] ({claim.sign}) {claim.quote}"


def _choices(n: int, language: Language) -> list[tuple[tuple[str, ...], int, int, list[str]]]:
    return [(("held",), 1, max(n, 1), [named[language] for named in HELD.values()])]


def audit_result(path: Path, problems: Problems) -> Counter[str]:
    """Count what an audit found.

    Parameters
    ----------
    path
        The workbook `audit.xlsx`, filled in.
    problems
        Where to note what is wrong.

    Returns
    -------
    Counter
        ``yes``, ``no``, ``unclear`` and ``open`` to how many arrows.
    """
    found: Counter[str] = Counter()
    filled = read_form(path, FORM, {"sentence", "evidence", "held"}, problems)
    if filled is None:
        return found
    for number, values in filled.rows():
        answer = filled.word(number, "held", values["held"], HELD)
        if answer is not None:
            found[answer or "open"] += 1
    return found
