"""Causal expressions, German and English: the places of a text at which a claim may stand.

A cue says *look here*. It proposes no cause, no effect, no direction and no sign, and no entry has a field
for one: a coder decides (see ``docs/coding-guide.de.md``). Much that people say about causes holds no cue
("im Mai kam der Bescheid, im Juli funkte der Pegel"), and many a cue belongs to no claim.

The list is ours, made for spoken German of town halls and for English. What its rules can and cannot tell:

- ``da`` counts where a clause begins and what follows can only be its subject ("da wir", "da Personal").
  "Da ist", "da haben wir", "da drüben" do not count; "da im Haushalt nichts frei war" is missed.
- ``denn``, ``damit``, ``also``, ``und so`` count where a clause begins, not in "wie ist es denn?"
  or "was macht man damit?".
- ``seit`` and ``since`` count before a pronoun or an article, less words of time; "seit Ostern" does not.
- ``Wegen`` and ``Dank`` with a capital letter are nouns, except where a sentence begins.
- ``durch`` counts always, though half of its uses are about places. ``um ... zu`` states a purpose.
- ``hätte`` counts where a clause begins ("hätten wir das Geld, ..."), and with ``nie`` or ``nicht``.
- ``wenn`` and ``dann`` count only together, ``so`` only with ``dass``. Left out, as they set against or add:
  ``trotz``, ``obwohl``, ``nicht nur ... sondern``.
- The two parts of an expression are found within one sentence and near to each other, not by grammar:
  "das Foto hängt am Bund" is found as "es hängt am Geld" is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

__all__ = ["Cue", "find_cues"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A causal expression in a text, or one part of an expression in two parts."""

    start: int
    """First character, counted in code points from 0."""
    end: int
    """The character after the last."""
    words: str
    """The words as they stand in the text."""
    name: str
    """The entry of the list, such as ``weil`` or ``je ... desto``."""


# "x~" is a weak verb: all its endings. Forms are separated by commas; the name is always the entry's lemma.
_ENDINGS = (
    "e",
    "st",
    "t",
    "en",
    "te",
    "ten",
    "test",
    "ter",
    "tes",
    "tem",
    "end",
    "ende",
    "enden",
    "ender",
    "endes",
)

_GERMAN = {
    # reasons: the cause follows
    "weil": "weil",
    "zumal": "zumal",
    "wegen": "dessentwegen, derentwegen",
    "aufgrund": "aufgrund, auf Grund, aufgrund dessen",
    "infolge": "infolge, in Folge von, in Folge des, in Folge der",
    "angesichts": "angesichts",
    "mangels": "mangels, aus Mangel an",
    "mithilfe": "mithilfe, mit Hilfe, mittels",
    "aus Angst": "aus Angst, aus Furcht, aus Sorge, aus Not, aus Scheu",
    "vor lauter": "vor lauter",
    # results: the effect follows
    "deshalb": "deshalb, deswegen, weshalb, weswegen",
    "daher": "daher, von daher",
    "darum": "darum",
    "dadurch": "dadurch, hierdurch, wodurch",
    "womit": "womit, hiermit",
    "sodass": "sodass, so dass, sodaß, so daß",
    "somit": "somit, mithin",
    "folglich": "folglich, infolgedessen, demzufolge, demnach, dementsprechend",
    "daraufhin": "daraufhin, woraufhin",
    "daraus": "daraus, woraus",
    "seitdem": "seitdem, seither",
    "danach": "danach",
    "warum": "warum, wieso",
    # conditions
    "ohne": "ohne, ohne dass, ohne daß",
    "sonst": "sonst, ansonsten, andernfalls",
    "solange": "solange",
    "sobald": "sobald",
    "sofern": "sofern, insofern",
    "nur wenn": "nur wenn, erst wenn, außer wenn",
    "es sei denn": "es sei denn",
    "je nachdem": "je nachdem, je nach",
    "umso": "umso, desto",
    "vorausgesetzt": "vorausgesetzt, Voraussetzung, Voraussetzungen, Grundvoraussetzung",
    "Bedingung": "Bedingung, Bedingungen, bedingt, bedingen, bedingte, bedingten",
    "abhängig": "abhängig, abhängen, abhängt, abhing, abhingen, abgehangen, Abhängigkeit",
    "angewiesen auf": "angewiesen auf, darauf angewiesen",
    # nouns
    "Grund": "Grund, Gründe, Gründen, Grundes, Hauptgrund, Beweggrund, Hintergrund, Begründung",
    "Ursache": "Ursache, Ursachen, Hauptursache, Hauptursachen, Mitursache, ursächlich, Verursacher,"
    " Hauptverursacher",
    "Folge": "Folge, Folgen, Folgewirkung, Folgewirkungen, Spätfolgen, zur Folge",
    "Konsequenz": "Konsequenz, Konsequenzen, Ergebnis",
    "Auswirkung": "Auswirkung, Auswirkungen, auswirken, auswirkt, auswirkte, ausgewirkt, Wirkung,"
    " Wirkungen, wirkt sich",
    "Einfluss": "Einfluss, Einflüsse, Einfluß, beeinfluss~, beeinflußt",
    "Zusammenhang": "Zusammenhang, Zusammenhänge, Zusammenhängen, zusammenhängen, zusammenhängt,"
    " zusammenhing",
    "Auslöser": "Auslöser, Anlass, Anlaß, Anstoß, Hebel, Treiber",
    "Faktor": "Faktor, Faktoren, Hauptfaktor, Hauptfaktoren",
    "Hindernis": "Hindernis, Hindernisse, Hindernissen, Hemmnis, Hemmnisse, Hürde, Hürden, Bremse,"
    " Hemmschuh, Flaschenhals",
    "schuld": "schuld, schuldig, Schuld, Mitschuld, verschulden, verschuldet, selbstverschuldet, hausgemacht",
    "verantwortlich": "verantwortlich, hauptverantwortlich, mitverantwortlich",
    # verbs: to bring about
    "verursachen": "verursach~",
    "bewirken": "bewirk~",
    "auslösen": "auslös~, ausgelös~, auszulösen",
    "hervorrufen": "hervorrufen, hervorruft, hervorgerufen, hervorrief, hervorgegangen, hervorgehen,"
    " hervorgeht",
    "entstehen": "entstehen, entsteht, entstand, entstanden, entstehe, herauskommt, herauskam,"
    " herausgekommen",
    "erzeugen": "erzeug~",
    "herbeiführen": "herbeiführ~, herbeigeführt, herbeizuführen",
    "beitragen": "beitragen, beiträgt, beitrug, beitrugen, beigetragen, beizutragen",
    "ermöglichen": "ermöglich~, möglich machen, möglich gemacht, möglich macht",
    "erlauben": "erlaubt uns, erlaubt es",
    "erzwingen": "erzwingen, erzwingt, erzwang, erzwungen, zwingt, zwang, gezwungen, zwingen,"
    " hineingezwungen, erfordert, erfordern",
    "verdanken": "verdank~",
    "resultieren": "resultier~",
    "zurückführen": "zurückzuführen, zurückführen, zurückgeführt, zurückgeht, zurückgehen auf",
    "beruhen": "beruht, beruhen, beruhte, beruhten",
    "helfen": "hilft, helfen, half uns, half mir, half dabei, half der, half dem, halfen, geholfen,"
    " weiterhilft, weitergeholfen",
    "anstoßen": "angestoßen, anstoßen, anstößt, angeschoben, anschieben, ins Rollen, in Gang, in Bewegung",
    "fördern": "fördere, förderst, fördert, fördern, förderte, förderten, förderlich, begünstig~",
    "stärken": "stärk~, gestärk~, verstärk~, bestärk~, vorantreib~, vorangebracht, voranbringen, voranbringt",
    "beschleunigen": "beschleunig~",
    "erleichtern": "erleichtert, erleichtern, erleichterte, erleichterten, erleichtere, vereinfach~",
    "verbessern": "verbessert, verbessern, verbesserte, verbesserten",
    "erhöhen": "erhöh~, steigert, steigern, steigerte, gesteigert",
    "motivieren": "motivier~, animier~, ermutig~, überzeug~",
    # verbs: to hinder
    "verhindern": "verhindert, verhindern, verhinderte, verhinderten, verhindere, hindert, hindern,"
    " hinderte, gehindert",
    "behindern": "behindert, behindern, behinderte, behinderten, hinderlich",
    "hemmen": "hemm~, gehemm~",
    "bremsen": "brems~, gebrems~, ausbrems~, ausgebrems~, abgebrems~",
    "blockieren": "blockier~, lähm~, gelähm~",
    "erschweren": "erschwer~",
    "verzögern": "verzögert, verzögern, verzögerte, verzögerten, verlangsam~",
    "aufhalten": "aufhalten, aufzuhalten, aufgehalten, aufhält, abhalten, abhält, abgehalten, abzuhalten",
    "stoppen": "stopp~, gestopp~",
    "vermeiden": "vermeiden, vermeidet, vermied, vermieden, abgewendet, abwenden, abzuwenden",
    "scheitern": "scheitert, scheitern, scheiterte, scheiterten, gescheitert, scheitere",
    "hapern": "hapert, haperte, krankt, hakt",
    "verschärfen": "verschärf~, verschlimmert, verschlimmern, verschlechtert, verschlechtern",
    "senken": "senk~, gesenk~, mindert, mindern, vermindert, vermindern, verringert, verringern, reduzier~",
    "schwächen": "schwäch~, geschwäch~, schaden, schadet, geschadet, schadete, gefährd~",
    "ersparen": "erspar~",
    "kosten": "kostet uns, kostete uns, kostet mich, hat uns gekostet",
    "fehlen": "fehlt, fehlen, fehlte, fehlten, gefehlt",
}

_SO_MUCH = (
    "so viel, so viele, so wenig, so wenige, so sehr, so stark, so hoch, so groß, so schlecht, so gut,"
    " so lange, so weit, so schnell, so teuer, so knapp, so eng, derart, dermaßen"
)

# in two parts within one sentence: the first, the second, and the most characters between them
_GERMAN_PAIRS = {
    "je ... desto": ("je", "desto, umso, um so", 120),
    "wenn ... dann": ("wenn, falls, sobald, solange, müsste, müssten, sollte, sollten", "dann", 200),
    "hätte ... nie": ("hätte, hätten, wäre, wären, gäbe", "nie, niemals, nicht, kein, keine, keinen", 60),
    "so ... dass": (_SO_MUCH, "dass, daß", 100),
    "um ... zu": ("um", "zu, zu führen", 100),
    "mit ... zu tun": ("mit, damit, womit", "zu tun", 100),
    "führt ... zu": ("führt, führen, führte, führten, geführt", "zu, zum, zur, dazu", 60),
    "zu ... führen": ("zu, zum, zur, dazu, wozu, dahin", "führt, führen, führte, führten, geführt", 90),
    "liegt ... an": ("liegt, lag, liege, läge, liegen, gelegen", "an, am, daran, dran", 45),
    "an ... liegt": ("an, am, daran, woran", "liegt, lag, liege, läge, gelegen, liegen", 60),
    "hängt ... ab": (
        "hängt, hängen, hing, hingen, hänge, klemmt, hakt",
        "ab, zusammen, daran, dran, davon, an, am",
        30,
    ),
    "an ... hängt": ("an, am, daran, woran", "hängt, hängen, hing, hinge, klemmt, hakt", 50),
    "scheitert ... an": ("scheitert, scheitern, scheiterte, gescheitert", "an, am, daran, dran", 60),
    "an ... scheitert": ("an, am, daran, woran", "scheitert, scheitern, scheiterte, gescheitert", 90),
    "kommt ... daher": ("kommt, kam, käme, kommen", "daher, davon", 60),
    "sorgt ... für": ("sorgt, sorgen, sorgte, sorgten, gesorgt", "für, dafür, fürs", 40),
    "für ... sorgen": ("für, dafür", "sorgt, sorgen, sorgte, sorgten, gesorgt", 90),
    "trägt ... bei": ("trägt, tragen, trug, trugen", "bei", 120),
    "löst ... aus": ("löst, lösen, löste, lösten", "aus", 100),
    "ruft ... hervor": ("ruft, rufen, rief, riefen, bringt, brachte, brachten", "hervor", 100),
    "bringt ... mit sich": (
        "bringt, bringen, brachte, zieht, ziehen, zog",
        "mit sich, nach sich, dazu, voran",
        60,
    ),
    "setzt ... voraus": ("setzt, setzen, setzte", "voraus", 100),
    "hält ... ab": ("hält, halten, hielt, hielten", "davon ab, ab", 60),
    "macht ... leichter": (
        "macht, machen, machte, machten, gemacht",
        "leichter, schwerer, schwieriger, einfacher, möglich, unmöglich, komplizierter, besser, schlechter",
        60,
    ),
    "geht ... zurück": ("geht auf, gehen auf, ging auf, gingen auf", "zurück", 80),
    "wirkt ... auf": ("wirkt, wirken, wirkte, wirkten", "auf, aus", 50),
    "steht ... im Weg": ("steht, stehen, stand, standen, stehe", "im Weg, im Wege", 60),
}

_ENGLISH = {
    "because": "because, because of",
    "given that": "given that, in view of, in light of, in the light of",
    "due to": "due to, owing to, on account of, by virtue of",
    "thanks to": "thanks to",
    "therefore": "therefore, thus, hence, thereby, whereby",
    "so that": "so that",
    "as a result": "as a result, as a consequence, consequently, accordingly, for this reason,"
    " for that reason",
    "that is why": "that is why, that's why, which is why, this is why, why",
    "reason": "reason, reasons",
    "consequence": "consequence, consequences, effect, effects, impact, impacts, influence, influences,"
    " influenced",
    "cause": "cause, causes, caused, causing, root cause",
    "lead to": "lead to, leads to, led to, leading to, lead directly to, leads directly to",
    "result in": "result in, results in, resulted in, resulting in, result from, results from,"
    " resulted from, resulting from",
    "bring about": "bring about, brings about, brought about, give rise to, gives rise to, gave rise to",
    "stem from": "stem from, stems from, stemmed from, stemming from, arise from, arises from, arose from",
    "contribute to": "contribute to, contributes to, contributed to, contributing to",
    "trigger": "trigger, triggers, triggered, triggering",
    "make possible": "made possible, makes possible, make possible",
    "enable": "enable, enables, enabled, enabling",
    "help": "help, helps, helped, helping",
    "foster": "foster, fosters, fostered, fostering, promote, promotes, promoted, encourage, encourages,"
    " encouraged",
    "strengthen": "strengthen, strengthens, strengthened, reinforce, reinforces, reinforced, boost,"
    " boosts, boosted",
    "accelerate": "accelerate, accelerates, accelerated, speed up, speeds up, sped up",
    "increase": "increase, increases, increased, improve, improves, improved",
    "hinder": "hinder, hinders, hindered, hindering, hamper, hampers, hampered, impede, impedes, impeded,"
    " inhibit, inhibits,"
    " inhibited",
    "prevent": "prevent, prevents, prevented, preventing, avoid, avoids, avoided",
    "slow down": "blocks, blocked, blocking, slow down, slows down, slowed down, held back, holds back,"
    " hold back",
    "reduce": "reduce, reduces, reduced, reducing, decrease, decreases, decreased, weaken, weakens,"
    " weakened, undermine,"
    " undermines, undermined",
    "compel": "forced to, forces us, force us, forced us",
    "responsible for": "responsible for, to blame",
    "to do with": "to do with",
    "without": "without, for lack of, for want of, lack of",
    "unless": "unless, otherwise, or else",
    "only if": "only if, provided that, as long as, on condition that, prerequisite, precondition",
    "depend on": "depend on, depends on, depended on, depending on, dependent on",
    "in order to": "in order to, in order that",
}

_THE_MORE = (
    "the more, the less, the fewer, the better, the worse, the longer, the higher, the lower, the bigger"
)
_ENGLISH_PAIRS = {
    "the more ... the more": (_THE_MORE, _THE_MORE, 120),
    "if ... then": ("if, once", "then", 200),
    "so ... that": ("so much, so many, so few, so little, so badly, so well", "that", 100),
    "make ... easier": (
        "make, makes, made, making",
        "easier, harder, possible, impossible, difficult, better, worse",
        60,
    ),
    "keep ... from": ("keep, keeps, kept, keeping, stop, stops, stopped, stopping", "from", 60),
}

# what looks like a cue and is none; like every entry it is only found as whole words
_NOT = (
    "von wegen, den Wegen, im Grunde, im Grund, Grund und Boden, mehr denn je, fragt danach, danach aus,"
    " geht darum, geht es darum, ging es darum, geht's darum, darum geht, darum ging, drum herum,"
    " ohne Weiteres, ohne zu zögern, sonst noch, sonst so, wie sonst, was sonst, wo sonst, zu weit,"
    " auf Dauer, an sich, keine Ursache, zur Schule, in effect, with effect from, so that's, for effect"
)


_SPACE = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"


def _forms(listed: str) -> list[str]:
    """Give the forms of an entry, small letters, with ss for ß as well."""
    found = []
    for item in listed.split(", "):
        form = item.strip().lower()
        found += [form[:-1] + ending for ending in _ENDINGS] if form.endswith("~") else [form]
    return found + [form.replace("ß", "ss") for form in found if "ß" in form]


def _letter(letter: str) -> str:
    """Match a letter in either case, whole or with its mark apart; a space is any but a blank line."""
    if letter == " ":
        return _SPACE
    if letter == "'":
        return "['’]"
    both = {letter, letter.upper()} - {"SS"}
    apart = sorted({unicodedata.normalize("NFD", one) for one in both} - both)
    return "(?:" + "|".join([f"[{''.join(sorted(both))}]", *apart]) + ")"


def _tree(forms: set[str]) -> str:
    """Match the longest of the forms that fits, in time that hardly grows with their number."""
    rests: dict[str, set[str]] = {}
    for form in forms - {""}:
        rests.setdefault(form[0], set()).add(form[1:])
    if not rests:
        return ""
    branches = "|".join(_letter(first) + _tree(rest) for first, rest in sorted(rests.items()))
    return f"(?:{branches}){'?' if '' in forms else ''}"


def _key(words: str) -> str:
    """Give the one spelling that words have in the list."""
    return " ".join(unicodedata.normalize("NFC", words).lower().replace("’", "'").split())


# before the word: where a sentence, or a clause, begins
_SENTENCE = r"(?<![^\n])|(?<=[.!?:…]\s)|(?<=[„“\"»(])"
_CLAUSE = rf"(?:{_SENTENCE}|(?<=[,;–—-]\s))"
_AFTER_AND = r"(?<=\bund\s)"
# after it
_PERSON = r"(?i:ich|du|er|sie|es|wir|ihr|man)"
_SUBJECT = (
    rf"(?:{_PERSON}|(?i:der|die|das|jede[rs]?|alle|viele|keiner?|niemand|jemand|eine?|uns(?:er)?e?|meine?|ihre"
    r"|diese[rs]?)|[A-ZÄÖÜ][a-zäöüß]+)"
)
_VERB = (
    r"(?i:hat|habe|haben|hatten?|muss|müssen|mussten?|muß|ist|sind|waren?|wird|werden|wurden?"
    r"|bleibt|bleiben|blieb|kam)"
)
_TIME = (
    r"(?i:letzte\w*|vorletzte\w*|vorige\w*|ersten|Jahr\w*|Woche\w*|Zeit\w*|Anfang|Tag\w*"
    r"|Frühjahr|Sommer|Herbst|Winter)"
)
_THIS = r"(?i:de[rsm]|eine[rsm]|unsere?[rsm]?|diese[rsm]?)"
_EVENT = rf"(?i:die|das|jede[rs]?|keiner?|unsere?|de[rm]{_SPACE}(?!{_TIME}\b))"
_RULES = {
    "da": rf"(?:{_CLAUSE}|{_AFTER_AND})[dD]a(?={_SPACE}{_SUBJECT}\b)",
    "denn": rf"{_CLAUSE}[dD]enn(?!{_SPACE}?\?)",
    "damit": rf"(?:{_CLAUSE}|{_AFTER_AND})[dD]amit",
    "also": rf"{_CLAUSE}[aA]lso(?={_SPACE}{_VERB}\b)",
    "so": rf"{_AFTER_AND}so(?={_SPACE}(?:{_VERB}|\w+{_SPACE}{_PERSON})\b)",
    "seit": rf"[sS]eit(?={_SPACE}(?:{_PERSON}|{_EVENT})\b)",
    "falls": rf"{_CLAUSE}[fF]alls(?={_SPACE}{_SUBJECT}\b)",
    "hätte": rf"{_CLAUSE}(?:[hH]ätten?|[wW]ären?)(?={_SPACE}\w)",
    "wegen": rf"(?:wegen|(?:{_SENTENCE})Wegen)",
    "dank": rf"(?:(?<!\bvielen )dank|(?:{_SENTENCE})Dank)(?={_SPACE}{_THIS}\b)",
    "durch": r"[dD]urch",
    "since": rf"{_CLAUSE}[sS]ince(?={_SPACE}(?i:I|we|you|they|he|she|it|there|nobody|everyone|the|our)\b)",
}


def _listed() -> tuple[dict[str, str], dict[str, list[str]], dict[str, list[str]]]:
    """Give what each form means alone, as a first part and as a second part."""
    alone = {form: name for name, listed in {**_GERMAN, **_ENGLISH}.items() for form in _forms(listed)}
    first: dict[str, list[str]] = {}
    second: dict[str, list[str]] = {}
    for name, (opening, closing, _) in _PAIRS.items():
        for form in _forms(opening):
            first.setdefault(form, []).append(name)
        for form in _forms(closing):
            second.setdefault(form, []).append(name)
    return alone, first, second


_PAIRS = _GERMAN_PAIRS | _ENGLISH_PAIRS
_ALONE, _FIRST, _SECOND = _listed()
_END = r"(?![\w\u0300-\u036f]|-\w)"
_RULE_NAMES = {f"rule{i}": name for i, name in enumerate(_RULES)}


@cache
def _cue() -> re.Pattern[str]:
    """Give the one expression that finds them all; it takes a tenth of a second to make."""
    return re.compile(
        r"(?P<stop>(?<=[^\W\d_]{2})[.…](?!\w)|[!?]|\n[^\S\n]*\n)|(?<!\w)(?<!\w-)(?=[^\W\d_])(?:(?:"
        + "|".join(f"(?P<rule{i}>{rule})" for i, rule in enumerate(_RULES.values()))
        + f"){_END}|{_tree({*_ALONE, *_FIRST, *_SECOND, *_forms(_NOT)})}{_END})"
    )


def find_cues(text: str) -> list[Cue]:
    """Find the causal expressions of a text.

    Parameters
    ----------
    text
        Any text. A sentence ends at ``.``, ``!``, ``?`` or a blank line.

    Returns
    -------
    list of Cue
        In the order of the text; none overlaps another, and of two expressions that begin at the same place
        the longer counts. An expression in two parts gives two cues of the same name.

    Examples
    --------
    >>> [
    ...     (cue.words, cue.name)
    ...     for cue in find_cues("Je mehr wir zeigen, desto ruhiger wird es, weil man es sieht.")
    ... ]
    [('Je', 'je ... desto'), ('desto', 'je ... desto'), ('weil', 'weil')]
    >>> find_cues("Da drüben auf den Wegen, wer ist das denn?")
    []
    """
    found: dict[int, Cue] = {}
    opened: dict[str, re.Match[str]] = {}
    for match in _cue().finditer(text):
        if match["stop"]:
            opened.clear()
            continue
        key = _key(match[0])
        name = _RULE_NAMES.get(match.lastgroup or "") or _ALONE.get(key)
        if name:
            found[match.start()] = Cue(*match.span(), match[0], name)
        for pair in _SECOND.get(key, ()):
            before = opened.pop(pair, None)
            if before and match.start() - before.end() <= _PAIRS[pair][2]:
                for part in (before, match):
                    found[part.start()] = Cue(*part.span(), part[0], pair)
                break
        for pair in _FIRST.get(key, ()):
            opened[pair] = match
    return [found[start] for start in sorted(found)]
