"""The explorer's page: its modules, its style and the comparison in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.report.offline import bundle, offline_page, web_folder

if TYPE_CHECKING:
    from qualnet.language import Language

__all__ = ["page"]

NO_SCRIPT: dict[Language, str] = {
    "de": "Diese Seite braucht JavaScript. Dieselben Zahlen stehen in den CSV-Dateien im Ordner tables.",
    "en": "This page needs JavaScript. The same numbers are in the CSV files in the folder tables.",
}


def page(payload: object, title: str, language: Language) -> str:
    """Write the whole page.

    Parameters
    ----------
    payload
        Plain data of schema ``qualnet-explorer/1``.
    title
        Text of the title element.
    language
        The language in which the page opens.
    """
    script = bundle(web_folder())
    style = (web_folder() / "explorer.css").read_text("utf-8")
    hint = NO_SCRIPT[language]
    return offline_page(payload, title, language, script=script, style=style, without_script=hint)
