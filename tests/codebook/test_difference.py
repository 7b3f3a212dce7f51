"""What differs between two codebooks, in sentences."""

from pathlib import Path

from qualnet.codebook import Codebook, load_codebook
from qualnet.codebook.difference import Difference, compare_codebooks
from qualnet.problems import Problems

OLD = """format: 1
id: old
codes:
  - {id: staff, label: {de: Personal, en: Staff}, kind: challenge, aliases: [Leute]}
  - {id: money, label: Geld, parent: staff, definition: d}
  - {id: law, label: Recht, color: red}
  - {id: town, label: Stadt}
  - {id: a, label: A}
  - {id: b, label: B}
hypotheses:
  - {cause: staff, effect: money, sign: "+", support: hypothesis}
  - {cause: law, effect: money, sign: "+", support: hypothesis}
recommendations:
  - {id: r, label: R, acts_on: [{factor: money, sign: "+"}]}
  - {id: s, label: S}
"""
NEW = """format: 1
id: new
codes:
  - {id: people, label: {de: Menschen, en: Staff}, kind: challenge, aliases: [Leute, staff]}
  - {id: money, label: Geld, parent: people, definition: {de: e, en: f}, codable: false}
  - {id: town, label: Stadt, aliases: [Ort]}
  - {id: c, label: C, aliases: [a, b]}
  - {id: new, label: Neu}
hypotheses:
  - {cause: people, effect: money, sign: "-", support: hypothesis}
  - {cause: new, effect: money, sign: "+", support: hypothesis}
recommendations:
  - {id: r, label: R, acts_on: [{factor: money, sign: "-"}]}
  - {id: t, label: T}
"""


def book(folder: Path, name: str, text: str) -> Codebook:
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    problems = Problems()
    found = load_codebook(folder / f"{name}.yaml", folder, problems)
    assert found is not None, [str(p) for p in problems]
    return found


def test_every_difference_is_a_sentence(tmp_path: Path) -> None:
    found = compare_codebooks(book(tmp_path, "old", OLD), book(tmp_path, "new", NEW), "de")
    assert [x.sentence("de") for x in found] == [
        "Der Code new (Neu) ist neu.",
        "Der Code law (Recht) ist nicht mehr da.",
        "Der Code staff heißt jetzt people (Menschen).",
        "Aus a, b wurde c (C).",
        "Der Code money (Geld) sagt anderes: codierbar bisher „ja“, jetzt „nein“.",
        "Der Code money (Geld) hat verloren: Definition „d“.",
        "Der Code money (Geld) hat dazubekommen: Definition (de) „e“.",
        "Der Code money (Geld) hat dazubekommen: Definition (en) „f“.",
        "Der Code town (Stadt) hat dazubekommen: andere Namen „Ort“.",
        "Der Code people (Menschen) sagt anderes: Name (de) bisher „Personal“, jetzt „Menschen“.",
        "Die Hypothese new -> money ist neu.",
        "Die Hypothese people -> money sagt anderes: Vorzeichen bisher „+“, jetzt „-“.",
        "Die Hypothese law -> money ist nicht mehr da.",
        "Die Empfehlung t ist neu.",
        "Die Empfehlung r sagt anderes: wirkt auf bisher „money +“, jetzt „money -“.",
        "Die Empfehlung s ist nicht mehr da.",
    ]
    english = [x.sentence("en") for x in found]
    assert english[:3] == [
        "The code new (Neu) is new.",
        "The code law (Recht) is gone.",
        "The code staff is now called people (Staff).",
    ]
    assert "The code money (Geld) says otherwise: codable so far “yes”, now “no”." in english


def test_the_other_way_round_a_code_is_found_again_by_its_alias(tmp_path: Path) -> None:
    found = compare_codebooks(book(tmp_path, "new", NEW), book(tmp_path, "old", OLD), "en")
    assert (
        Difference("code", "renamed", "staff", old="people", label={"de": "Personal", "en": "Staff"}) in found
    )


def test_a_city_says_what_it_did(tmp_path: Path) -> None:
    old = book(tmp_path, "old", OLD)
    town = """format: 1
id: town
extends: old
codes:
  - {id: x, label: X}
  - {id: y, label: Y, parent: staff}
changes:
  - {rename: staff, to: people, label: Leute hier}
  - {split: money, into: [x, y]}
  - {retire: law, because: {de: nie genannt, en: never named}}
  - {merge: [a, b], into: b}
"""
    found = compare_codebooks(old, book(tmp_path, "town", town), "en")
    assert [x.sentence("en") for x in found] == [
        "The code money (Geld) is split into x, y.",
        "The code law (Recht) is retired: never named",
        "The code staff is now called people (Leute hier).",
        "a became b (B).",
        "The code people (Leute hier) lost: label (de) “Personal”.",
        "The code people (Leute hier) lost: label (en) “Staff”.",
        "The code people (Leute hier) gained: label “Leute hier”.",
    ]


def test_a_codebook_does_not_differ_from_itself(tmp_path: Path) -> None:
    old = book(tmp_path, "old", OLD)
    assert compare_codebooks(old, old, "de") == []
