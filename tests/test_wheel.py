"""The built wheel, installed without extras, does what the repository does."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = (
    "qualnet",
    "codebooks",
    "setup.cfg",
    "setup.py",
    "pyproject.toml",
    "MANIFEST.in",
    "README.md",
    "LICENSE",
)
EVERY_MODULE = (
    "import importlib, pkgutil, qualnet\n"
    "names = [m.name for m in pkgutil.walk_packages(qualnet.__path__, 'qualnet.')]\n"
    "for name in names: importlib.import_module(name)\n"
    "print(len(names))"
)

pytestmark = [pytest.mark.wheel, pytest.mark.slow]


def call(*words: str | Path, folder: Path) -> str:
    done = subprocess.run([str(w) for w in words], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        path = ROOT / part
        if path.is_dir():
            shutil.copytree(path, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / part)
    call(sys.executable, "-m", "build", "--outdir", source / "dist", source, folder=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    call(sys.executable, "-m", "venv", folder / "venv", folder=folder)
    python = folder / "venv/bin/python"
    call(python, "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel, folder=folder)
    return python


def test_it_holds_codebooks_web_files_and_template_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {p.name for p in (ROOT / "codebooks").glob("*.yaml")}
    assert {n.split("/")[-1] for n in names if n.startswith("qualnet/codebooks/")} == shipped
    web = {p.name for p in (ROOT / "qualnet/report/explorer/web").iterdir()}
    assert {n.split("/")[-1] for n in names if n.startswith("qualnet/report/explorer/web/")} == web
    forms = {p.name for p in (ROOT / "qualnet/forms/web").iterdir()}
    assert {n.split("/")[-1] for n in names if n.startswith("qualnet/forms/web/")} == forms
    assert {"qualnet/py.typed", "qualnet/report/exporters/city_page.html"} <= names
    assert {n.split("/")[0] for n in names} == {"qualnet", f"qualnet-{wheel.name.split('-')[1]}.dist-info"}


def test_every_module_imports_without_extras(python: Path, tmp_path: Path) -> None:
    assert int(call(python, "-c", EVERY_MODULE, folder=tmp_path)) > 50


def test_it_builds_the_demonstration(python: Path, tmp_path: Path) -> None:
    for part in ("interviews", "codebooks"):
        shutil.copytree(ROOT / part, tmp_path / part)
    for part in ("qualnet.yaml", "layout.json"):
        shutil.copy(ROOT / part, tmp_path / part)
    qualnet = python.parent / "qualnet"
    assert "47 interactions" in call(qualnet, "--lang", "en", "build", folder=tmp_path)
    assert (tmp_path / "outputs/index.html").stat().st_size > 100_000
    assert "files unchanged" in call(qualnet, "--lang", "en", "verify", folder=tmp_path)


def test_a_project_elsewhere_finds_the_shipped_codebook(python: Path, tmp_path: Path) -> None:
    claims = "document,case,cause,effect,sign,quote\ni1,A,staff_shortage,implementation_progress,-,Ohne Leute nicht.\n"
    (tmp_path / "claims.csv").write_text(claims, "utf-8")
    project = "format: 1\ntitle: t\ncodebook: smart-city\ninputs:\n  - path: claims.csv\n"
    (tmp_path / "qualnet.yaml").write_text(project, "utf-8")
    assert "1 interaction, 1 interview" in call(
        python.parent / "qualnet", "--lang", "en", "build", folder=tmp_path
    )
    new = call(
        python.parent / "qualnet",
        "--lang",
        "en",
        "codebook",
        "new",
        "Kamen",
        "--extends",
        "smart-city",
        folder=tmp_path,
    )
    assert "kamen.yaml" in new
    call(python.parent / "qualnet", "codebook", "check", "codebooks/kamen.yaml", folder=tmp_path)
