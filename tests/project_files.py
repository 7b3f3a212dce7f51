"""Small projects, written by hand, for tests."""

from pathlib import Path

CODEBOOK = """format: 1
id: base
codes:
  - {id: staff, label: Personalmangel, kind: challenge, definition: d, anchor_example: a, code_when: c}
  - {id: money, label: Eigenmittel, kind: challenge, definition: d, anchor_example: a, code_when: c}
  - {id: progress, label: Fortschritt, kind: outcome, aliases: [Umsetzung], definition: d, anchor_example: a, code_when: c}
"""

CLAIMS = """Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat;Codierer;verneint;Wiederholung
i1;A;staff;progress;-;Ohne Leute geht nichts voran.;AB;;
i1;A;staff;progress;-;Wie gesagt, ohne Leute nicht.;AB;;ja
i2;A;staff;progress;+;Mit wenigen Leuten waren wir schneller.;AB;;
i3;A;Personalmangel;Umsetzung;-;Es fehlt an Leuten.;AB;;
i3;A;money;progress;-;Am Geld liegt es nicht.;AB;ja;
i4;B;progress;staff;-;Seit es läuft, brauchen wir weniger Leute.;AB;;
i4;B;staff;progress;-;Es fehlen Leute.;AB;;
"""


def project(folder: Path, claims: str = CLAIMS, codebook: str = CODEBOOK, more: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "base.yaml").write_text(codebook, "utf-8")
    (folder / "claims.csv").write_text(claims, "utf-8")
    text = f"format: 1\ntitle: t\ncodebook: base.yaml\ninputs:\n  - path: claims.csv\n{more}"
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    return folder
