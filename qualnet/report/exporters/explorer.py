"""The comparison of all cities as one offline page: `index.html`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.language import text_in
from qualnet.report.explorer.page import page
from qualnet.report.explorer.payload import payload
from qualnet.report.exporters.city_pages import city_page_name

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.files import Stage

__all__ = ["write"]


def write(study: Study, stage: Stage) -> None:
    """Write the explorer with everything that a study holds for its profile."""
    language = study.language
    pages = {case.case_id: city_page_name(study, case.case_id) for case in study.cases}
    data = payload(study, study.positions, pages)
    stage.write("index.html", page(data, text_in(study.title, language), language))
