"""The explorer as a reader meets it: in a browser, from disk."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from qualnet import build
from tests.browser.conftest import SIZES, Watched, axe_findings, context_of
from tests.project_files import CLAIMS, project

VIEWS = ("overview", "compare", "difference", "matrix", "loops", "table")
STATES = (
    *(f"v={view}" for view in VIEWS),
    "v=compare&sel=edge.3",
    "v=compare&sel=node.2",
    "v=loops&sel=loop.0",
    "v=compare&layer=paragraph",
)


@pytest.mark.parametrize("state", STATES)
def test_every_view_is_silent_asks_for_nothing_and_passes_axe(
    demonstration: Path, browser: Browser, state: str, size: tuple[int, int], scheme: str
) -> None:
    context = context_of(browser, size, scheme)
    watched = Watched(context.new_page())
    page = watched.open(demonstration / "outputs/index.html", state)
    assert watched.messages == []
    assert watched.requests == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelectorAll('*').length") < 8000
    assert axe_findings(page) == []
    assert watched.messages == []
    context.close()


@pytest.mark.parametrize("case", ["soest", "ravensburg", "bad_nauheim"])
def test_city_pages_are_silent_and_pass_axe(
    demonstration: Path, browser: Browser, case: str, size: tuple[int, int], scheme: str
) -> None:
    context = context_of(browser, size, scheme)
    watched = Watched(context.new_page())
    page = watched.open(demonstration / f"outputs/cities/{case}.html")
    page.wait_for_timeout(500)
    assert (watched.messages, watched.requests) == ([], [])
    assert axe_findings(page) == []
    context.close()


def test_hostile_texts_stay_text(hostile: Path, watched: Watched) -> None:
    pages = [hostile / "outputs/index.html", *sorted((hostile / "outputs/cities").glob("*.html"))]
    for file in pages:
        for state in [*STATES, "v=compare&sel=edge.0&lang=en"] if file.name == "index.html" else [""]:
            page = watched.open(file, state)
            assert page.locator("img").count() == 0, (file.name, state)
    assert (watched.messages, watched.requests) == ([], [])


@pytest.mark.parametrize(
    "probe",
    [
        "document.body.append(Object.assign(document.createElement('img'), {src: 'https://example.org/x.png'}))",
        "fetch('https://example.org/').catch(() => 0)",
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'body{display:none}'}))",
        "document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://example.org/'}))",
    ],
)
def test_the_policy_refuses_what_the_page_does_not_need(
    demonstration: Path, watched: Watched, probe: str
) -> None:
    page = watched.open(demonstration / "outputs/index.html")
    page.evaluate(
        "window.refused = []; document.addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective))"
    )
    page.evaluate(probe)
    page.wait_for_timeout(150)
    assert page.evaluate("refused.length") >= 1


@pytest.mark.parametrize("code", ["document.body.innerHTML = '<b>x</b>'", "eval('1')", "new Function('1')()"])
def test_no_text_becomes_markup_or_code(demonstration: Path, watched: Watched, code: str) -> None:
    page = watched.open(demonstration / "outputs/index.html")
    # a script of the page itself would meet this; the debugger's own evaluation is exempt from eval rules
    refused = page.evaluate(
        """(code) => { try { if (code.startsWith('document')) document.body.innerHTML = '<b>x</b>';
           else setTimeout(code, 0); return false } catch (error) { return error instanceof TypeError || error.name } }""",
        code,
    )
    assert refused


def test_the_banner_stays_and_every_picture_is_marked(demonstration: Path, watched: Watched) -> None:
    mark = "Erfundene Daten – Demonstration, keine Befunde"
    for view in VIEWS:
        page = watched.open(demonstration / "outputs/index.html", f"v={view}")
        assert page.locator(".banner").is_visible()
        assert page.locator(".banner").inner_text() == mark
        assert page.locator(".banner button, .banner a").count() == 0
        for picture in page.locator("svg.graph").all():
            assert mark in (picture.text_content() or "")
    page.emulate_media(media="print")
    assert page.locator(".banner").is_visible()
    printed = page.locator(".printed")
    assert printed.is_visible()
    assert (
        printed.evaluate("(e) => getComputedStyle(e).position") == "fixed"
    )  # so that it stands on every page
    assert mark in printed.inner_text()
    assert "INTERN" in printed.inner_text()


def test_the_drawer_never_hides_what_was_clicked(
    demonstration: Path, browser: Browser, size: tuple[int, int]
) -> None:
    context = context_of(browser, size)
    page = Watched(context.new_page()).open(demonstration / "outputs/index.html", "v=compare")
    page.emulate_media(reduced_motion="reduce")
    targets = {
        "compare": ".panel:first-child g.node[data-node] >> nth=",
        "matrix": ".cell:not(.hidden) >> nth=",
        "table": "tbody .link >> nth=",
        "difference": ".ranking button >> nth=",
        "loops": ".loops button >> nth=",
    }
    for view, selector in targets.items():
        for k in (0, 7, 15):
            page.goto("about:blank")
            page.goto(f"{(demonstration / 'outputs/index.html').as_uri()}#v={view}")
            page.wait_for_timeout(150)
            target = page.locator(f"{selector}{k}")
            if not target.count():
                continue
            target.focus()
            page.keyboard.press("Enter")
            page.wait_for_timeout(300)
            drawer = page.locator(".drawer").bounding_box()
            # lists are drawn anew; what was chosen is marked as current
            shown = target if view in {"compare", "matrix"} else page.locator(".current, tr.current").first
            marker = shown.locator(".marker") if view == "compare" else shown
            box = marker.bounding_box()
            assert drawer, view
            assert box, view
            assert box["y"] >= 0, (view, k)
            assert min(box["y"] + box["height"], box["y"] + 40) <= drawer["y"] + 1, (view, k)
    context.close()


def test_keys_do_what_the_mouse_does(demonstration: Path, watched: Watched) -> None:
    page = watched.open(demonstration / "outputs/index.html", "v=compare")
    page.locator(".panel g.node[tabindex='0']").first.focus()
    before = page.evaluate("document.activeElement.dataset.node")
    page.keyboard.press("ArrowDown")
    after = page.evaluate("document.activeElement.dataset.node")
    assert before != after
    page.keyboard.press("Enter")
    page.wait_for_timeout(150)
    assert page.locator(".drawer").is_visible()
    assert f"sel=node.{after}" in page.url
    page.keyboard.press("Escape")
    page.wait_for_timeout(150)
    assert not page.locator(".drawer").is_visible()
    assert page.evaluate("document.activeElement.dataset.node") == after
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_the_address_holds_the_whole_state(demonstration: Path, watched: Watched) -> None:
    state = "v=difference&ab=2-0&sel=node.4&to=7&up=0&steps=3&min=2&in=everywhere&sign=pos.mix&kind=driver.challenge&lang=en"
    page = watched.open(demonstration / "outputs/index.html", state)
    assert page.url.split("#")[1] == state
    page = watched.open(
        demonstration / "outputs/index.html", "v=nothing&sel=edge.99999&ab=0-0&hide=0.1.2&min=x&lang=fr"
    )
    assert page.url.split("#")[1] == "v=compare"
    assert watched.messages == []


def test_a_number_is_the_same_wherever_it_stands(demonstration: Path, watched: Watched) -> None:
    page = watched.open(demonstration / "outputs/index.html", "v=compare")
    payload = json.loads(page.locator("#payload").text_content() or "")
    stated = payload["layers"][0]
    ranked = sorted(
        range(len(stated["edges"])),
        key=lambda k: -max((b or {"n": 0})["n"] for b in stated["edges"][k]["by"]),
    )
    for index in ranked[:5]:
        edge = stated["edges"][index]
        for city, item in enumerate(edge["by"]):
            if edge["state"][city] != "named":
                continue
            n, of = item["n"], payload["cities"][city]["n"]
            documents = {payload["evidence"][k]["d"] for k in item["ev"]}
            assert n == len(documents)
            page = watched.open(demonstration / "outputs/index.html", f"v=compare&sel=edge.{index}")
            tip = page.locator(f".panel >> nth={city} >> g[data-edge='{index}'] title").text_content() or ""
            assert f"{n} von {of}" in tip
            drawer = page.locator(f".columns section >> nth={city}").inner_text()
            assert f"{n} von {of} Interviews" in drawer
            page = watched.open(demonstration / "outputs/index.html", "v=matrix")
            cell = page.locator(f".cell[data-edge='{index}']").first.get_attribute("aria-label") or ""
            assert f"{payload['cities'][city]['name']}: {n} von {of}" in cell
            page = watched.open(demonstration / "outputs/index.html", "v=table")
            row = page.locator(f"tr[data-row='{index}'] td >> nth={city + 1}").inner_text()
            assert f"{n} von {of}" in row


def test_german_numbers_in_german_and_english_ones_in_english(demonstration: Path, watched: Watched) -> None:
    page = watched.open(demonstration / "outputs/index.html", "v=overview")
    likeness = page.locator(".likeness").inner_text()
    assert re.search(r"0,\d\d", likeness)
    assert not re.search(r"0\.\d\d", likeness)
    assert "49.000 Einwohner" in page.locator("main").inner_text()
    page.get_by_role("button", name="English").click()
    page.wait_for_timeout(150)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert re.search(r"0\.\d\d", page.locator(".likeness").inner_text())
    assert "49,000 inhabitants" in page.locator("main").inner_text()


def test_all_panels_share_the_zoom(demonstration: Path, watched: Watched) -> None:
    page = watched.open(demonstration / "outputs/index.html", "v=compare")
    page.get_by_role("button", name="Vergrößern").click()
    moved = {g.get_attribute("transform") for g in page.locator(".viewport").all()}
    assert len(moved) == 1
    assert "scale(1.35" in moved.pop().__str__()


def test_filters_act_and_the_count_says_so(demonstration: Path, watched: Watched) -> None:
    page = watched.open(demonstration / "outputs/index.html", "v=compare")
    assert page.locator(".live").inner_text() == "91 von 91 Wirkbeziehungen sichtbar"
    counts = []
    for state in ("min=3", "sign=neg", "in=everywhere", "in=single", "kind=driver", "hide=0.1"):
        page = watched.open(demonstration / "outputs/index.html", f"v=compare&{state}")
        counts.append(int(page.locator(".live").inner_text().split()[0]))
        drawn = page.locator("g.edge:not(.hidden)[data-edge]").evaluate_all(
            "(all) => new Set(all.map((e) => e.dataset.edge)).size"
        )
        assert drawn == counts[-1], state
    assert all(0 < n < 91 for n in counts)


def test_a_loop_through_a_contested_interaction_says_so(demonstration: Path, watched: Watched) -> None:
    page = watched.open(demonstration / "outputs/index.html", "v=loops")
    payload = json.loads(page.locator("#payload").text_content() or "")
    n = sum(any(c["contested"] for c in loop["by"]) for loop in payload["loops"])
    assert n >= 1
    said = [t for t in page.locator(".loops button").all_inner_texts() if "umstrittene" in t]
    assert len(said) == n


def test_pictures_and_tables_can_be_taken_away(demonstration: Path, watched: Watched, tmp_path: Path) -> None:
    page = watched.open(demonstration / "outputs/index.html", "v=compare&min=2")
    files = {}
    for name in ("SVG", "PNG", "CSV"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        files[name] = path.read_bytes()
    picture = files["SVG"].decode()
    for text in (
        "Smart-City-Prozesse",
        "Erfundene Daten",
        "INTERN",
        "Genannt in mindestens 2 Interviews",
        "Treiber",
    ):
        assert text in picture, text
    assert files["PNG"].startswith(b"\x89PNG")
    table = files["CSV"].decode("utf-8")
    assert table.startswith("\ufeff")
    assert '"synthetic"' in table.splitlines()[0]
    assert not re.search(r'(?:^|;)"[=+@]', table.replace('"+"', ""), re.MULTILINE)
    assert watched.messages == []


def test_the_shared_page_holds_no_quote(demonstration: Path, watched: Watched) -> None:
    inside = json.loads(
        watched.open(demonstration / "outputs/index.html").locator("#payload").text_content() or ""
    )
    shared = b"".join(p.read_bytes() for p in (demonstration / "share").rglob("*") if p.is_file()).decode(
        "utf-8", "replace"
    )
    assert len(inside["segments"]) > 500
    for segment in inside["segments"]:
        assert segment["text"][:60] not in shared
    page = watched.open(demonstration / "share/index.html", "v=compare&sel=edge.0")
    assert "Diese Fassung enthält keine Zitate." in page.locator(".drawer").inner_text()
    assert "Öffentliche Fassung" in page.locator(".profile").inner_text()
    assert watched.messages == []


def test_the_page_opens_light_enough(demonstration: Path, watched: Watched) -> None:
    page = watched.open(demonstration / "outputs/index.html")
    assert page.evaluate("document.querySelectorAll('*').length") <= 2500
    script = page.locator("script:not([type])").text_content() or ""
    style = page.locator("style").text_content() or ""
    assert len(script) + len(style) <= 220_000


def test_it_is_told_that_a_difference_needs_two_cities(tmp_path: Path, browser: Browser) -> None:

    one = "\n".join(line for line in CLAIMS.splitlines() if ";B;" not in line) + "\n"
    build(project(tmp_path, one))
    context = context_of(browser, SIZES["wide"])
    watched = Watched(context.new_page())
    page = watched.open(tmp_path / "outputs/index.html", "v=difference")
    assert "zwei Städte" in page.locator("main").inner_text()
    for view in VIEWS:
        watched.open(tmp_path / "outputs/index.html", f"v={view}")
    assert watched.messages == []
    context.close()


def test_numbers_of_a_program_are_shown_and_called_without_evidence(tmp_path: Path, watched: Watched) -> None:
    matrix = ";Personalmangel;Fortschritt\nPersonalmangel;;12\nFortschritt;12;\n"
    more = "  - {path: matrix.csv, case: A}\ninteractions: {layers: [stated, matrix]}\n"
    folder = project(tmp_path, more=more)
    (folder / "matrix.csv").write_text(matrix, "utf-8")
    build(folder)
    page = watched.open(folder / "outputs/index.html", "v=compare&layer=matrix&sel=edge.0")
    drawer = page.locator(".drawer")
    assert "12-mal laut Programm, ohne Belege" in drawer.inner_text()
    assert "die Textstellen dazu stehen nicht in der Datei" in drawer.inner_text()
    # no share of interviews, and no interval, for a number that counts none
    assert "%" not in drawer.inner_text()
    assert axe_findings(page) == []
    assert (watched.messages, watched.requests) == ([], [])
