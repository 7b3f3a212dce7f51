"""The pages of forms as people meet them: by keyboard, from disk, closed and opened again."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from qualnet import build
from qualnet.forms.desk import open_desk
from qualnet.forms.mine import write_town_page
from tests.browser.conftest import Watched, axe_findings, context_of
from tests.claims.project import study, table

NOW = "2026-03-01T10:00:00Z"


def written(folder: Path, coder: str = "AB") -> Path:
    path = folder / f"page-{coder}.html"
    path.unlink(missing_ok=True)
    open_desk(folder).write_page(coder, "de", output=path)
    return path


def select(page: Page, field: str) -> Locator:
    return page.locator(f'select[data-focus^="{field}-"]')


@pytest.fixture(scope="module")
def soest(demonstration: Path) -> Path:
    path = demonstration / "soest.html"
    open_desk(demonstration).write_page("AB", "de", case="soest", output=path)
    return path


def test_the_page_is_silent_asks_for_nothing_and_passes_axe(
    soest: Path, browser: Browser, size: tuple[int, int], scheme: str
) -> None:
    context = context_of(browser, size, scheme)
    watched = Watched(context.new_page())
    page = watched.open(soest)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".banner").inner_text() == "Erfundene Daten: keine Befunde"
    page.get_by_text("Status, Verneinung").first.click()
    assert axe_findings(page) == []
    assert (watched.messages, watched.requests) == ([], [])
    context.close()


def test_the_page_for_other_towns(
    demonstration: Path, browser: Browser, size: tuple[int, int], scheme: str
) -> None:
    path = demonstration / f"town-{size[0]}-{scheme}.html"
    write_town_page(demonstration, "de", path)
    context = context_of(browser, size, scheme)
    watched = Watched(context.new_page())
    page = watched.open(path)
    assert page.get_by_text("Aus 15 Interviews in 3 Städten, nicht repräsentativ.").is_visible()
    page.get_by_role("checkbox", name="Personalmangel").check()
    page.get_by_role("checkbox", name="Fehlendes Know-how").check()
    assert page.get_by_text("genannt in 14 von 15 Interviews").is_visible()
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_findings(page) == []
    # the address holds what is ticked
    again = Watched(context.new_page())
    other = again.open(path, page.url.partition("#")[2])
    assert other.get_by_role("checkbox", name="Personalmangel").is_checked()
    assert (watched.messages, watched.requests) == (again.messages, again.requests) == ([], [])
    context.close()


def test_hostile_texts_stay_texts(hostile: Path, watched: Watched) -> None:
    path = hostile / "page.html"
    open_desk(hostile).write_page("<img src=x onerror=alert(1)>", "de", output=path)
    watched.open(path)
    town = hostile / "town.html"
    write_town_page(hostile, "en", town)
    watched.open(town)
    assert (watched.messages, watched.requests) == ([], [])


def test_claims_are_stated_by_keyboard_and_read_back(tmp_path: Path, watched: Watched) -> None:
    folder = study(tmp_path)
    page = watched.open(written(folder))
    assert "Stelle 1 von 3" in page.locator(".where").inner_text()
    page.keyboard.press("u")
    page.keyboard.type("Personal")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("w")
    page.keyboard.type("Fortschritt")
    page.keyboard.press("Tab")
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("-")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert "1 von 2 Stellen mit einem kausalen Ausdruck entschieden" in page.locator(".progress").inner_text()
    assert "2 Entscheidungen noch nicht gesichert" in page.locator(".progress").inner_text()
    with page.expect_download() as download:
        page.keyboard.press("s")
    assert "alles gesichert" in page.locator(".progress").inner_text()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "intern-probe-ab.csv"
    answers, _ = open_desk(folder).read_sheet(saved, NOW)
    assert (len(answers.new), answers.n_same) == (2, 0)
    network = build(folder).networks["A"]
    assert {pair: (x.sign, x.n_sources) for pair, x in network.drawn.items()} == {
        ("staff", "progress"): ("-", 1)
    }
    assert [(d.answer, d.cause) for d in open_desk(folder).prepared.decisions] == [
        ("claim", "staff"),
        ("none", ""),
    ]
    assert (watched.messages, watched.requests) == ([], [])


def test_unsaved_work_survives_a_closed_tab(tmp_path: Path, browser: Browser) -> None:
    path = written(study(tmp_path))
    context = context_of(browser, (1440, 900))
    page = Watched(context.new_page()).open(path)
    page.get_by_role("button", name="Personalmangel", exact=True).click()
    page.get_by_role("button", name="Fortschritt", exact=True).click()
    page.get_by_text("gegensinnig").click()
    page.close()
    again = Watched(context.new_page()).open(path)
    assert "1 Entscheidung noch nicht gesichert" in again.locator(".progress").inner_text()
    assert select(again, "cause").input_value() == "staff"
    assert select(again, "effect").input_value() == "progress"
    # another coder's page of the same project has none of it
    other = Watched(context.new_page()).open(written(tmp_path, "CD"))
    assert "alles gesichert" in other.locator(".progress").inner_text()
    context.close()


def test_a_second_claim_a_withdrawal_and_a_half_said_one(tmp_path: Path, watched: Watched) -> None:
    folder = study(tmp_path)
    page = watched.open(written(folder))
    select(page, "cause").select_option("staff")
    assert page.get_by_text("Halbe Kette").is_visible()
    select(page, "effect").select_option("progress")
    page.get_by_role("button", name="Weitere Aussage").click()
    page.get_by_label("ambivalent").nth(1).check()
    assert page.get_by_text("wird die Aussage nicht gesichert").is_visible()
    select(page, "cause").nth(1).select_option("money")
    page.get_by_label("Ursache und Wirkung tauschen").nth(1).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Sichern").click()
    first = tmp_path / "first.csv"
    download.value.save_as(first)
    rows = table(first)
    assert [(r["cause"], r["effect"], r["sign"]) for r in rows] == [
        ("staff", "progress", ""),
        ("", "money", "ambivalent"),
    ]
    open_desk(folder).read_sheet(first, NOW)
    # the page written anew knows what was decided; a claim that is taken away is withdrawn
    page = watched.open(written(folder))
    page.locator(".mark").first.click()
    page.get_by_role("button", name="Zurückziehen").first.click()
    assert page.get_by_text("zurückgezogen").is_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Sichern").click()
    second = tmp_path / "second.csv"
    download.value.save_as(second)
    answers, _ = open_desk(folder).read_sheet(second, NOW)
    assert [(d.answer, d.cause) for d in answers.changed] == [("withdrawn", "staff")]
    assert [(c.cause, c.effect) for c in open_desk(folder).claims] == [("", "money")]


def test_a_sentence_that_nobody_coded_is_marked_and_can_be_decided(tmp_path: Path, watched: Watched) -> None:
    texts = {"i1": "I: Warum, weil Geld fehlt?\n\nB: Ohne Geld ging nichts. Ja.\n\nB: Es regnet.\n"}
    folder = study(tmp_path, texts, "Dokument;Code;Zitat;Codierer\ni1;Personalmangel;Es regnet.;AB\n")
    page = watched.open(written(folder))
    assert page.locator(".piece.uncoded").all_inner_texts() == ["Ohne", " Geld ging nichts."]
    assert "0 von 1 Sätzen, die niemand codiert hat" in page.locator(".progress").inner_text()
    select(page, "cause").select_option("money")
    select(page, "effect").select_option("progress")
    page.get_by_text("gleichsinnig").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Sichern").click()
    download.value.save_as(tmp_path / "s.csv")
    open_desk(folder).read_sheet(tmp_path / "s.csv", NOW)
    (claim,) = build(folder).claims
    assert (claim.cause, claim.sign, claim.quote) == ("money", "+", "Ohne Geld ging nichts.")
    assert claim.segments[0].paragraph == 2
    with (folder / "overlays/claims.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["quote"] for row in csv.DictReader(file)] == ["Ohne Geld ging nichts."]
