"""What the chapter says, in both languages; nothing in it interprets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualnet.language import Language

__all__ = [
    "COREQ",
    "COREQ_DOMAINS",
    "COREQ_TEXTS",
    "KINDS_MANY",
    "LOOPS",
    "REFERENCES",
    "SIGNS",
    "STATES",
    "STATUS",
    "TEXTS",
]

Both = dict["Language", str]

TEXTS: dict[str, Both] = {
    "title": {"de": "{title}: Ergebnisse, Rohfassung", "en": "{title}: results, raw version"},
    "intro": {
        "de": "Dieses Kapitel ist aus den codierten Interviews zusammengestellt und nicht gedeutet. „k von"
        " n“ heißt: k von n Interviews der Stadt; ein Interview zählt einmal, wie oft es auch davon"
        " spricht. „Nicht genannt“ heißt nicht, dass es das nicht gibt.",
        "en": "This chapter is assembled from the coded interviews and not interpreted. “k of n” means: k"
        " of n interviews of the city; an interview counts once, however often it says so. “Not mentioned”"
        " does not mean that there is no such thing.",
    },
    "intro_quotes": {
        "de": "Unter jedem Satz steht ein Zitat, und eine Gegenstimme, wo es eine gibt. Gewählt ist nach"
        " einer festen Regel: Interviews vor anderen Dokumenten, die erste Nennung vor Wiederholungen,"
        " Beobachtetes vor Erwartetem, Unbestrittenes vor Bestrittenem, eine zusammenhängende Stelle vor"
        " mehreren, dann 40 bis 300 Zeichen (sonst am nächsten daran), dann das kürzeste. Zitate sind nie"
        " gekürzt. Stellen ohne Einwilligung zum Zitat werden gezählt und nicht gezeigt. In eckigen"
        " Klammern steht die Nummer der Aussage: qualnet claims history NUMMER zeigt, woher sie kommt.",
        "en": "Below each sentence stands a quote, and an opposing voice where there is one. They are"
        " chosen by a fixed rule: interviews before other documents, the first mention before repeats,"
        " observed before expected, what is not denied before what is, one passage before several, then 40"
        " to 300 characters (else nearest to it), then the shortest. Quotes are never cut. Passages"
        " without consent to quote are counted and not shown. The number of the claim stands in square"
        " brackets: qualnet claims history NUMBER shows where it comes from.",
    },
    "intro_public": {
        "de": "Diese Fassung enthält keine Zitate. Gezeigt wird nur, was mindestens {least} Interviews"
        " einer Stadt nennen; das gilt auch für Vorzeichen und Gegenstimmen.",
        "en": "This version holds no quotes. Only what at least {least} interviews of a city name is"
        " shown; so too for signs and opposing voices.",
    },
    # a city
    "material": {"de": "Material", "en": "Material"},
    "material_told": {
        "de": "{interviews}{other}{dates}{words}.",
        "en": "{interviews}{other}{dates}{words}.",
    },
    "other_documents": {
        "de": "; dazu {n} andere Dokumente, die nicht mitzählen",
        "en": "; and {n} other documents, not counted with them",
    },
    "other_document": {
        "de": "; dazu 1 anderes Dokument, das nicht mitzählt",
        "en": "; and 1 other document, not counted with them",
    },
    "dates": {"de": "; geführt {dates}", "en": "; held {dates}"},
    "words_each": {
        "de": "; {low} bis {high} Wörter je Transkript, zusammen {all}",
        "en": "; {low} to {high} words a transcript, {all} in all",
    },
    "words_one": {"de": "; {all} Wörter im Transkript", "en": "; {all} words in the transcript"},
    "not_drawn": {
        "de": "{n} weitere Aussagen ergeben keine Wirkbeziehung und zählen nicht mit: {kinds}.",
        "en": "{n} further claims make no interaction and are not counted: {kinds}.",
    },
    "denied_claims": {"de": "{n} bestreiten sie", "en": "{n} deny it"},
    "half_claims": {
        "de": "{n} nennen nur Ursache oder nur Wirkung",
        "en": "{n} name the cause only or the effect only",
    },
    "demanded_claims": {"de": "{n} fordern sie", "en": "{n} demand it"},
    "reported_claims": {"de": "{n} berichten von anderswo", "en": "{n} report it from elsewhere"},
    "interview": {"de": "Interview", "en": "Interview"},
    "role": {"de": "Rolle", "en": "Role"},
    "date": {"de": "Datum", "en": "Date"},
    "words": {"de": "Wörter", "en": "Words"},
    "city": {"de": "Stadt", "en": "City"},
    "cities": {"de": "Städte", "en": "Cities"},
    "unknown": {"de": "nicht angegeben", "en": "not given"},
    "factors_of": {"de": "{kind} in {city}", "en": "{kind} in {city}"},
    "factor": {"de": "Faktor", "en": "Factor"},
    "named_in": {"de": "Genannt in", "en": "Named in"},
    "share": {"de": "Anteil (95-%-Intervall)", "en": "Share (95% interval)"},
    "interviews": {"de": "Interviews", "en": "Interviews"},
    "further": {"de": "Weitere Faktoren", "en": "Further factors"},
    "kind": {"de": "Art", "en": "Kind"},
    "factor_told": {"de": "„{factor}“: genannt in {count}{who}.", "en": "“{factor}”: named in {count}{who}."},
    "count": {"de": "{k} von {n} Interviews", "en": "{k} of {n} interviews"},
    "cell": {"de": "{k} von {n}", "en": "{k} of {n}"},
    "none_named": {"de": "Nichts davon ist in {city} genannt.", "en": "None of them is named in {city}."},
    "absent": {"de": "{state}: {names}.", "en": "{state}: {names}."},
    "interactions": {"de": "Wirkbeziehungen", "en": "Interactions"},
    "co_occurrence": {"de": "Gemeinsames Vorkommen", "en": "Co-occurrence"},
    "co_occurrence_told": {
        "de": "Grundlage sind Codes, die im Text nah beieinander stehen ({layer}). Das hat keine Richtung"
        " und kein Vorzeichen und sagt nichts über Ursache und Wirkung.",
        "en": "The basis is codes that stand close together in the text ({layer}). That has no direction"
        " and no sign, and says nothing of cause and effect.",
    },
    "together": {"de": "„{a}“ und „{b}“ kommen gemeinsam vor.", "en": "“{a}” and “{b}” occur together."},
    "no_interactions": {"de": "In {city} ist keine genannt.", "en": "None is named in {city}."},
    "said_in": {"de": "Genannt in {count}{who}.", "en": "Named in {count}{who}."},
    "all_signed": {"de": "Vorzeichen {sign} in allen.", "en": "Sign {sign} in all of them."},
    "signs": {"de": "Vorzeichen: {signs}.", "en": "Signs: {signs}."},
    "sign_in": {"de": "{sign} in {k}{who}", "en": "{sign} in {k}{who}"},
    "no_sign": {"de": "Ein Vorzeichen ist nicht genannt.", "en": "No sign is stated."},
    "contested": {"de": "Umstritten.", "en": "Contested."},
    "denied_in": {"de": "Bestritten in {count}{who}.", "en": "Denied in {count}{who}."},
    "others_say": {"de": "Dazu aus anderen Dokumenten: {names}.", "en": "Also in other documents: {names}."},
    "heard": {
        "de": "Rückmeldung aus der Stadt, nicht mitgezählt: {yes} stimmt, {no} stimmt nicht, {unsure} weiß"
        " nicht.",
        "en": "Feedback from the city, not counted with them: {yes} true, {no} not true, {unsure} not sure.",
    },
    "opposes": {"de": "Dagegen, mit anderem Vorzeichen:", "en": "Against it, with another sign:"},
    "other_side": {"de": "Mit anderem Vorzeichen:", "en": "With the other sign:"},
    "denies": {"de": "Dagegen, bestritten:", "en": "Against it, denied:"},
    "evidence": {"de": "Belege: {places}.", "en": "Evidence: {places}."},
    "counter": {"de": "Gegenbelege: {places}.", "en": "Counter-evidence: {places}."},
    "uncounted": {
        "de": "Nicht gezählt (gefordert, oder von anderswo berichtet): {places}.",
        "en": "Not counted (demanded, or reported from elsewhere): {places}.",
    },
    "paragraph": {"de": "Abs. {n}", "en": "para. {n}"},
    "condition": {"de": "Bedingung: {text}", "en": "condition: {text}"},
    "only_denied": {"de": "Nur bestritten", "en": "Only denied"},
    "only_denied_told": {
        "de": "Hier sagt kein Interview, dass es so ist, und mindestens eines, dass es nicht so ist.",
        "en": "Here no interview says that it is so, and at least one that it is not.",
    },
    "acts": {"de": "„{cause}“ wirkt auf „{effect}“", "en": "“{cause}” acts on “{effect}”"},
    "figure": {
        "de": "Das Netz von {city}. Ein Pfeil ist eine Wirkbeziehung; je dicker, desto mehr der {n}"
        " Interviews nennen sie. Durchgezogen und blau: +; gestrichelt und orange: −; gepunktet:"
        " ambivalent oder uneinheitlich; dünn und grau: ohne Vorzeichen. Eckig: Herausforderung; rund:"
        " Treiber. Ein Faktor steht in jeder Stadt am selben Ort; hier stehen die Faktoren mit einer"
        " Wirkbeziehung.",
        "en": "The network of {city}. An arrow is an interaction; the thicker, the more of the {n}"
        " interviews name it. Solid and blue: +; dashed and orange: −; dotted: ambivalent or mixed; grey:"
        " no sign. Square: challenge; round: driver. A factor stands in the same place in every city;"
        " shown are factors with an interaction.",
    },
    "figure_pairs": {
        "de": "Gemeinsames Vorkommen in {city}. Eine Linie verbindet zwei Codes, die gemeinsam vorkommen;"
        " je dicker, desto mehr der {n} Interviews. Eckig: Herausforderung; rund: Treiber.",
        "en": "Co-occurrence in {city}. A line joins two codes that occur together; the thicker, the more"
        " of the {n} interviews. Square: challenge; round: driver.",
    },
    "figure_shows": {
        "de": "Netz von {city}: {n} Faktoren, {m} Verbindungen; alle stehen im Text als Satz.",
        "en": "Network of {city}: {n} factors, {m} connections; all stand in the text as sentences.",
    },
    "figure_label": {"de": "Abbildung", "en": "Figure"},
    "table_label": {"de": "Tabelle", "en": "Table"},
    "loops": {"de": "Wechselwirkungen und Schleifen", "en": "Mutual interactions and loops"},
    "loops_told": {
        "de": "Eine Schleife ist aus Wirkbeziehungen zusammengesetzt, die verschiedene Interviews genannt"
        " haben können: eine Lesart, kein Befund eines Interviews. Die Zahlen in runden Klammern sind die"
        " Nummern der Wirkbeziehungen oben; dort stehen die Belege. Gesucht wurde bis Länge {length}.",
        "en": "A loop is put together from interactions that different interviews may have named: a"
        " reading, not a finding of one interview. The numbers in round brackets are those of the"
        " interactions above, where the evidence stands. Searched up to length {length}.",
    },
    "loop": {
        "de": "{kind}: {way} ({numbers}). Jede dieser Wirkbeziehungen ist in mindestens {count}"
        " genannt.{contested}",
        "en": "{kind}: {way} ({numbers}). Each of these interactions is named in at least"
        " {count}.{contested}",
    },
    "loop_contested": {"de": " Mindestens eine ist umstritten.", "en": " At least one of them is contested."},
    "loops_more": {
        "de": "Hier stehen die ersten {shown} von {n}{more}; alle gefundenen stehen in tables/loops.csv.",
        "en": "These are the first {shown} of {n}{more}; all that were found stand in tables/loops.csv.",
    },
    "loops_capped": {"de": " oder mehr", "en": " or more"},
    "no_loops": {
        "de": "In {city} gibt es unter den genannten Wirkbeziehungen keine.",
        "en": "There is none among the interactions named in {city}.",
    },
    # across cities
    "across": {"de": "Die Städte nebeneinander", "en": "The cities side by side"},
    "level": {
        "de": "Verglichen wird auf der Ebene: {level} ({book}).",
        "en": "The level of the comparison: {level} ({book}).",
    },
    "comparability": {"de": "Vergleichbarkeit", "en": "Comparability"},
    "comparability_told": {
        "de": "Was gleich sein muss, bevor ein Unterschied etwas sagt.",
        "en": "What must be alike before a difference says anything.",
    },
    "fact": {"de": "Merkmal", "en": "Fact"},
    "n_interviews": {"de": "Interviews", "en": "Interviews"},
    "n_other": {"de": "andere Dokumente", "en": "other documents"},
    "role_of": {"de": "Rolle: {role}", "en": "Role: {role}"},
    "coder_of": {"de": "Codiert von {coder}", "en": "Coded by {coder}"},
    "words_range": {"de": "Wörter je Transkript", "en": "Words a transcript"},
    "factors_across": {
        "de": "Herausforderungen und Treiber nach Stadt",
        "en": "Challenges and drivers by city",
    },
    "shared_by_all": {
        "de": "Wirkbeziehungen, die jede Stadt nennt",
        "en": "Interactions that every city names",
    },
    "shared_by_some": {
        "de": "Wirkbeziehungen, die mehrere Städte nennen, aber nicht jede",
        "en": "Interactions that several cities name, but not every one",
    },
    "only_one": {
        "de": "Wirkbeziehungen, die nur eine Stadt nennt",
        "en": "Interactions that only one city names",
    },
    "pairs_by_all": {"de": "Gemeinsames Vorkommen in jeder Stadt", "en": "Co-occurrence in every city"},
    "pairs_by_some": {
        "de": "Gemeinsames Vorkommen in mehreren Städten, aber nicht in jeder",
        "en": "Co-occurrence in several cities, but not in every one",
    },
    "pairs_only_one": {
        "de": "Gemeinsames Vorkommen in nur einer Stadt",
        "en": "Co-occurrence in one city only",
    },
    "none": {"de": "Keine.", "en": "None."},
    "only_city": {"de": "nur {city}", "en": "only {city}"},
    "signs_differ": {"de": "Vorzeichen verschieden", "en": "signs differ"},
    "pair": {"de": "Wirkbeziehung", "en": "Interaction"},
    "differences": {"de": "Unterschiede", "en": "Differences"},
    "differences_told": {
        "de": "Differenz der Anteile in Prozentpunkten mit 95-%-Intervall (Newcombe). Die Interviews sind"
        " bewusst ausgewählt: das Intervall gilt unter den Befragten. Ähnlichkeit: gewichteter"
        " Jaccard-Index mit Vorzeichen, 0 nichts gemeinsam, 1 gleich.",
        "en": "Difference of the shares in percentage points with 95% interval (Newcombe). Interviews are"
        " chosen on purpose: the interval holds among those interviewed. Similarity: weighted Jaccard"
        " index with signs, 0 nothing in common, 1 the same.",
    },
    "pair_told": {
        "de": "{a} und {b}: Ähnlichkeit {similarity} (auf der Ebene der Oberkategorien {parent}). Bei"
        " {clear} von {all} schließt das Intervall „kein Unterschied“ aus; die anderen lassen sich nicht"
        " unterscheiden.",
        "en": "{a} and {b}: similarity {similarity} (at the level of main categories {parent}). For"
        " {clear} of {all} the interval excludes “no difference”; the others cannot be told apart.",
    },
    "clear_ones": {
        "de": "Unterscheidbar, oder mit verschiedenem Vorzeichen; alle anderen stehen in"
        " tables/comparison.csv",
        "en": "Distinguishable, or with different signs; all others stand in tables/comparison.csv",
    },
    "difference": {"de": "Differenz [Intervall]", "en": "Difference [interval]"},
    "recommendations": {"de": "Empfehlungen des Codebuchs", "en": "Recommendations of the codebook"},
    "recommendations_told": {
        "de": "Sie stehen im Codebuch und nicht in den Interviews. Daneben steht, in wie vielen Interviews"
        " die Faktoren genannt sind, auf die sie zielen (↑ soll mehr werden, ↓ soll weniger werden).",
        "en": "They stand in the codebook and not in the interviews. Beside them: in how many interviews"
        " the factors are named that they aim at (↑ should become more, ↓ should become less).",
    },
    "recommendation": {"de": "Empfehlung", "en": "Recommendation"},
    "aims_at": {"de": "zielt auf", "en": "aims at"},
    # limits, methods
    "limits": {"de": "Grenzen", "en": "Limits"},
    "limit_n": {
        "de": "Es sind {n} Interviews, bewusst ausgewählt und nicht repräsentativ. Jede Zahl gilt unter"
        " den Befragten.",
        "en": "These are {n} interviews, chosen on purpose and not representative. Every number holds"
        " among those interviewed.",
    },
    "limit_small": {
        "de": "Weniger als vier Interviews: {cities}. Unterschiede sind dort nicht zu beurteilen.",
        "en": "Fewer than four interviews: {cities}. Differences cannot be judged there.",
    },
    "limit_absent": {
        "de": "Nicht genannt, nicht gefragt, nur bestritten und „Code gab es nicht“ sind vier verschiedene"
        " Dinge; keines heißt, dass es das nicht gibt.",
        "en": "Not mentioned, not asked, only denied and “code did not exist” are four different things;"
        " none means that there is no such thing.",
    },
    "limit_guide": {
        "de": "Für {cities} ist nicht für jedes Interview bekannt, wonach gefragt wurde: „nicht gefragt“"
        " lässt sich dort von „nicht genannt“ nicht trennen.",
        "en": "For {cities} it is not known of every interview what was asked: “not asked” cannot be told"
        " from “not mentioned” there.",
    },
    "limit_open": {
        "de": "{city}: von {n} codierten Stellen mit einem kausalen Ausdruck ist über {open} noch nicht"
        " entschieden.",
        "en": "{city}: of {n} coded passages with a causal expression, {open} are not decided yet.",
    },
    "limit_consent": {
        "de": "{n} von {all} Interviews dürfen nicht wörtlich zitiert werden; gezählt sind sie.",
        "en": "{n} of {all} interviews may not be quoted word for word; they are counted.",
    },
    "limit_majority": {
        "de": "Das Vorzeichen einer Wirkbeziehung ist das der meisten Interviews; wo welche widersprechen,"
        " steht es dabei.",
        "en": "The sign of an interaction is that of most interviews; where some oppose it, it says so.",
    },
    "limit_warnings": {
        "de": "Zu den Eingaben gibt es {n} Hinweise: qualnet check.",
        "en": "There are {n} warnings about the inputs: qualnet check.",
    },
    "methods": {"de": "Methode", "en": "Methods"},
    "m_material": {
        "de": "Ausgewertet sind {n} Interviews aus {cases}. Codiert wurde mit dem Codebuch {book}{version}"
        " mit {codes} Codes{added}.",
        "en": "{n} interviews from {cases} are analysed. They were coded with the codebook {book}{version}"
        " of {codes} codes{added}.",
    },
    "m_cases": {"de": "{n} Fällen (Städten)", "en": "{n} cases (cities)"},
    "m_case": {"de": "1 Fall (Stadt)", "en": "1 case (city)"},
    "m_version": {"de": ", Version {version},", "en": ", version {version},"},
    "m_added": {
        "de": "; {n} weitere kamen in einzelnen Städten dazu",
        "en": "; {n} more were added by single cities",
    },
    "m_primary": {
        "de": "Wo zwei Personen codiert haben, zählt die erste Codierung{who}.",
        "en": "Where two people coded, the first coding counts{who}.",
    },
    "m_consensus": {
        "de": "Wo zwei Personen codiert haben, zählt, worauf sie sich geeinigt haben.",
        "en": "Where two people coded, what they agreed on counts.",
    },
    "m_all": {
        "de": "Es zählen die Codierungen aller Codierer:innen.",
        "en": "The codings of all coders count.",
    },
    "m_seed": {
        "de": "{n} Interviews wurden für die Zweitcodierung ausgelost (Startwert {seed}).",
        "en": "{n} interviews were drawn for a second coding (seed {seed}).",
    },
    "m_stated": {
        "de": "Eine Wirkbeziehung beruht auf Wirkungsaussagen: Stellen, an denen eine codierende Person"
        " Ursache, Wirkung und Vorzeichen festgehalten hat. Gezählt wird, was beobachtet oder erwartet"
        " ist, die eigene Stadt betrifft und nicht bestritten ist. Das Gewicht ist die Zahl der"
        " Interviews, nicht der Nennungen. Vorzeichen sind nie erschlossen; das Vorzeichen einer"
        " Wirkbeziehung ist das der meisten Interviews.",
        "en": "An interaction rests on claims: passages in which a coder recorded cause, effect and sign."
        " What counts is observed or expected, concerns the city itself and is not denied. The weight is"
        " the number of interviews, not of mentions. Signs are never inferred; the sign of an interaction"
        " is that of most interviews.",
    },
    "m_layers": {
        "de": "Daneben gebaut und nie mit den Wirkungsaussagen zusammengezählt: {layers}.",
        "en": "Built beside them and never added to the claims: {layers}.",
    },
    "m_window": {
        "de": "{layer} (bis {window} Zeichen Abstand)",
        "en": "{layer} (up to {window} characters apart)",
    },
    "m_fold": {
        "de": "Gegenpole eines Faktors sind in ihn aufgenommen; ein genanntes Vorzeichen ist dabei"
        " umgedreht.",
        "en": "Opposite poles of a factor are joined into it; a stated sign is turned round.",
    },
    "m_measures": {
        "de": "Anteile tragen das 95-%-Intervall nach Wilson (1927), Differenzen das nach Newcombe (1998)."
        " Die Ähnlichkeit zweier Netze ist der gewichtete Jaccard-Index der Anteile mit Vorzeichen (Ioffe"
        " 2010). Schleifen sind bis Länge {length} gesucht und nach dem Produkt ihrer Vorzeichen benannt"
        " (Maruyama 1963).",
        "en": "Shares carry the 95% interval of Wilson (1927), differences that of Newcombe (1998). The"
        " similarity of two networks is the weighted Jaccard index of signed shares (Ioffe 2010). Loops"
        " are searched up to length {length} and named by the product of their signs (Maruyama 1963).",
    },
    "m_software": {
        "de": "Gerechnet mit qualnet {version}. Kein Schritt beruht auf Zufall: dieselben Eingaben geben"
        " dieselben Zahlen.",
        "en": "Computed with qualnet {version}. No step rests on chance: the same inputs give the same"
        " numbers.",
    },
    "m_few": {
        "de": "Was weniger als {least} Interviews nennen, ist weggelassen; Rollen, die weniger als {role}"
        " Personen haben, sind zusammengefasst.",
        "en": "What fewer than {least} interviews name is left out; roles held by fewer than {role} people"
        " are joined.",
    },
    "coreq": {"de": "COREQ", "en": "COREQ"},
    "coreq_told": {
        "de": "Die 32 Punkte von COREQ (Tong u. a. 2007). Eingetragen ist, was aus den Daten hervorgeht;"
        " alles andere bitte ergänzen.",
        "en": "The 32 items of COREQ (Tong et al. 2007). What the data tell is filled in; please complete"
        " the rest.",
    },
    "item": {"de": "Nr.", "en": "No."},
    "topic": {"de": "Thema", "en": "Topic"},
    "content": {"de": "Angabe", "en": "Report"},
    "complete": {"de": "[bitte ergänzen]", "en": "[please complete]"},
    "and_complete": {"de": "{known} [bitte ergänzen: {what}]", "en": "{known} [please complete: {what}]"},
    "references": {"de": "Literatur", "en": "References"},
}

STATES: dict[str, Both] = {
    "named": {"de": "genannt", "en": "named"},
    "denied": {"de": "nur bestritten", "en": "only denied"},
    "not_named": {"de": "nicht genannt", "en": "not mentioned"},
    "not_asked": {"de": "nicht gefragt", "en": "not asked"},
    "no_code": {"de": "Code gab es nicht", "en": "code did not exist"},
    "few": {
        "de": "von zu wenigen genannt, um es zu zeigen, oder von keinem",
        "en": "named by too few to be shown, or by none",
    },
}
SIGNS: dict[str, Both] = {
    "+": {"de": "+", "en": "+"},
    "-": {"de": "−", "en": "−"},
    "ambivalent": {"de": "ambivalent", "en": "ambivalent"},
    "mixed": {"de": "uneinheitlich", "en": "mixed"},
    "unstated": {"de": "ohne Vorzeichen", "en": "no sign"},
}
STATUS: dict[str, Both] = {
    "expected": {"de": "erwartet", "en": "expected"},
    "demanded": {"de": "gefordert", "en": "demanded"},
    "reported": {"de": "berichtet", "en": "reported"},
}
LOOPS: dict[str, Both] = {
    "reinforcing": {"de": "Verstärkend", "en": "Reinforcing"},
    "balancing": {"de": "Ausgleichend", "en": "Balancing"},
    "indeterminate": {"de": "Unbestimmt", "en": "Indeterminate"},
}
KINDS_MANY: dict[str, Both] = {
    "challenge": {"de": "Herausforderungen", "en": "Challenges"},
    "driver": {"de": "Treiber", "en": "Drivers"},
}
COREQ_DOMAINS: dict[int, Both] = {
    1: {"de": "1: Forschungsteam und Reflexivität", "en": "1: Research team and reflexivity"},
    9: {"de": "2: Anlage der Studie", "en": "2: Study design"},
    24: {"de": "3: Auswertung und Ergebnisse", "en": "3: Analysis and findings"},
}
COREQ: tuple[Both, ...] = (
    {"de": "Wer interviewt hat", "en": "Interviewer or facilitator"},
    {"de": "Akademische Abschlüsse", "en": "Credentials"},
    {"de": "Beruf", "en": "Occupation"},
    {"de": "Geschlecht", "en": "Gender"},
    {"de": "Erfahrung und Schulung", "en": "Experience and training"},
    {"de": "Beziehung vor Beginn der Studie", "en": "Relationship established before the study"},
    {
        "de": "Was die Befragten über die Interviewenden wussten",
        "en": "Participants' knowledge of the interviewer",
    },
    {"de": "Merkmale der Interviewenden", "en": "Interviewer characteristics"},
    {"de": "Methodologische Ausrichtung und Theorie", "en": "Methodological orientation and theory"},
    {"de": "Auswahl der Befragten", "en": "Sampling"},
    {"de": "Kontaktaufnahme", "en": "Method of approach"},
    {"de": "Größe der Stichprobe", "en": "Sample size"},
    {"de": "Nichtteilnahme", "en": "Non-participation"},
    {"de": "Ort der Erhebung", "en": "Setting of data collection"},
    {"de": "Anwesenheit Dritter", "en": "Presence of non-participants"},
    {"de": "Beschreibung der Stichprobe", "en": "Description of sample"},
    {"de": "Leitfaden", "en": "Interview guide"},
    {"de": "Wiederholte Interviews", "en": "Repeat interviews"},
    {"de": "Ton- oder Bildaufnahme", "en": "Audio or visual recording"},
    {"de": "Feldnotizen", "en": "Field notes"},
    {"de": "Dauer", "en": "Duration"},
    {"de": "Sättigung", "en": "Data saturation"},
    {"de": "Rückgabe der Transkripte", "en": "Transcripts returned"},
    {"de": "Zahl der Codierenden", "en": "Number of data coders"},
    {"de": "Beschreibung des Kategoriensystems", "en": "Description of the coding tree"},
    {"de": "Herkunft der Kategorien", "en": "Derivation of themes"},
    {"de": "Software", "en": "Software"},
    {"de": "Rückmeldung der Befragten", "en": "Participant checking"},
    {"de": "Zitate", "en": "Quotations presented"},
    {"de": "Übereinstimmung von Daten und Ergebnissen", "en": "Data and findings consistent"},
    {"de": "Klarheit der Hauptthemen", "en": "Clarity of major themes"},
    {"de": "Klarheit der Nebenthemen", "en": "Clarity of minor themes"},
)
"""Topics of the items 1 to 32."""
COREQ_TEXTS: dict[str, Both] = {
    "12": {"de": "{n} Interviews ({cities}).", "en": "{n} interviews ({cities})."},
    "16": {"de": "Rollen: {roles}.", "en": "Roles: {roles}."},
    "16_more": {"de": "weitere Merkmale", "en": "further characteristics"},
    "17": {
        "de": "Für {k} von {n} Interviews ist festgehalten, nach welchen Themen gefragt wurde.",
        "en": "For {k} of {n} interviews it is recorded which topics were asked about.",
    },
    "17_more": {"de": "Fragen, Probelauf", "en": "questions, pilot test"},
    "19": {
        "de": "{k} von {n} Transkripten tragen Zeitmarken.",
        "en": "{k} of {n} transcripts carry time marks.",
    },
    "19_more": {"de": "Art der Aufnahme", "en": "kind of recording"},
    "21": {"de": "{low} bis {high} Wörter je Transkript.", "en": "{low} to {high} words a transcript."},
    "21_more": {"de": "Dauer in Minuten", "en": "duration in minutes"},
    "22": {
        "de": "{city}: das letzte von {n} Interviews fügte {new} von {all} Wirkbeziehungen hinzu{coverage}.",
        "en": "{city}: the last of {n} interviews added {new} of {all} interactions{coverage}.",
    },
    "22_coverage": {
        "de": "; geschätzte Abdeckung {c} ({low} bis {high}, wenn je ein Interview wegfällt)",
        "en": "; estimated coverage {c} ({low} to {high} when one interview is left out)",
    },
    "22_more": {"de": "Beurteilung", "en": "judgement"},
    "24": {
        "de": "{n} Codierende; {twice} von {all} Interviews sind von mehr als einer Person codiert.",
        "en": "{n} coders; {twice} of {all} interviews were coded by more than one person.",
    },
    "25": {
        "de": "Codebuch {book}{version} mit {codes} Codes; zum Beilegen: qualnet codebook export.",
        "en": "Codebook {book}{version} of {codes} codes; to enclose: qualnet codebook export.",
    },
    "26": {
        "de": "{fixed} Codes aus dem gemeinsamen Codebuch, {added} am Material einzelner Städte ergänzt.",
        "en": "{fixed} codes of the common codebook, {added} added from the material of single cities.",
    },
    "27": {
        "de": "qualnet {version}; eingelesen mit: {readers}.",
        "en": "qualnet {version}; read with: {readers}.",
    },
    "27_more": {"de": "Programm der Codierung", "en": "program used for coding"},
    "28": {
        "de": "Rückmeldungen aus {k} von {n} Städten zu {arrows} Wirkbeziehungen.",
        "en": "Feedback from {k} of {n} cities on {arrows} interactions.",
    },
    "29": {
        "de": "Zitate mit Interview und Absatz; die Auswahlregel steht am Anfang.",
        "en": "Quotes with interview and paragraph; the rule of their choice stands at the beginning.",
    },
    "30": {
        "de": "Jede Wirkbeziehung nennt ihre Belege und Gegenbelege.",
        "en": "Every interaction names its evidence and counter-evidence.",
    },
    "31": {
        "de": "{n} Wirkbeziehungen, die mindestens die Hälfte der Interviews einer Stadt nennt.",
        "en": "{n} interactions that at least half of the interviews of a city name.",
    },
    "32": {
        "de": "{n} Wirkbeziehungen, die ein einziges Interview nennt; {contested} umstrittene; {denied}"
        " nur bestrittene.",
        "en": "{n} interactions that a single interview names; {contested} contested; {denied} only denied.",
    },
}
REFERENCES: dict[str, str] = {
    "chao": "Chao, A., Jost, L. (2012). Coverage-based rarefaction and extrapolation: standardizing"
    " samples by completeness rather than size. Ecology 93, 2533-2547. doi:10.1890/11-1952.1",
    "ioffe": "Ioffe, S. (2010). Improved consistent sampling, weighted minhash and L1 sketching. ICDM,"
    " 246-255. doi:10.1109/ICDM.2010.80",
    "maruyama": "Maruyama, M. (1963). The second cybernetics. American Scientist 51, 164-179.",
    "newcombe": "Newcombe, R. G. (1998). Interval estimation for the difference between independent"
    " proportions. Statistics in Medicine 17, 873-890.",
    "tong": "Tong, A., Sainsbury, P., Craig, J. (2007). Consolidated criteria for reporting qualitative"
    " research (COREQ): a 32-item checklist for interviews and focus groups. International Journal for"
    " Quality in Health Care 19, 349-357. doi:10.1093/intqhc/mzm042",
    "wilson": "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference."
    " JASA 22, 209-212. doi:10.1080/01621459.1927.10502953",
}
