"""A chapter from a study: city by city, across the cities, and how it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.comparison.comparability import comparability
from qualnet.language import text_in
from qualnet.names import slugs
from qualnet.report.chapter.across import across_section, recommendations
from qualnet.report.chapter.city import city_section
from qualnet.report.chapter.methods import methods_section
from qualnet.report.chapter.parts import Chapter, Paragraph
from qualnet.report.chapter.view import View
from qualnet.report.words import INTERNAL, SYNTHETIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualnet.comparison import Study
    from qualnet.language import Language
    from qualnet.prepare import Prepared
    from qualnet.report.chapter.parts import Part

__all__ = ["results_chapter"]


def results_chapter(
    study: Study, prepared: Prepared, language: Language, case_id: str | None = None
) -> Chapter:
    """Assemble the results chapter of a study.

    Parameters
    ----------
    study
        What was built, with the positions of its factors; or what of it may leave the project.
    prepared
        What it was built from.
    language
        Of the chapter.
    case_id
        Only this city; None: all, and the section across them.
    """
    view = View(study, prepared, language)
    marks = [] if view.public else [INTERNAL[language]]
    marks += [SYNTHETIC[language]] if study.synthetic else []
    title = view.say("title", title=text_in(study.title, language))
    return Chapter(language, title, tuple(marks), tuple(_parts(view, case_id)))


def _parts(view: View, case_id: str | None) -> Iterator[Part]:
    study = view.study
    chosen = [c for c in study.cases if case_id in {None, c.case_id}]
    # words are counted on the texts that are there, also where nobody may quote them
    corpus = study.corpus if view.public else view.prepared.corpus
    cards = comparability(corpus, chosen)
    names = slugs([c.case_id for c in study.cases])
    yield Paragraph(view.say("intro"))
    if view.public:
        yield Paragraph(view.say("intro_public", least=study.min_sources))
    else:
        yield Paragraph(view.say("intro_quotes"), small=True)
    for card in cards:
        yield from city_section(view, card, names[card.case_id])
    if len(cards) > 1:
        yield from across_section(view, cards)
    yield from recommendations(view, [c.case_id for c in chosen])
    yield from methods_section(view, cards)
