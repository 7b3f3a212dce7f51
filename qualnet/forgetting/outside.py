"""What no command can reach: version control, clouds, backups. Some of it can be seen from here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Outside", "look_outside"]

CLOUD = re.compile(
    r"onedrive|dropbox|nextcloud|owncloud|google ?drive|icloud|mobile documents|cloudstorage|seafile|sciebo"
    r"|syncthing|pcloud|tresorit|^(?:mega|box)(?: sync)?$",
    re.IGNORECASE,
)
SECONDS = 30


@dataclass(frozen=True, slots=True)
class Outside:
    """What was seen.

    Attributes
    ----------
    repository
        Folder of a git repository that the project lies in.
    tracked
        File, counted from the repository, to the commits that hold a version of it; None when git
        could not be asked.
    cloud
        The folder of the project's path that some cloud copies.
    """

    repository: Path | None = None
    tracked: tuple[tuple[str, tuple[str, ...]], ...] | None = ()
    cloud: str = ""


def look_outside(folder: Path, files: Iterable[Path]) -> Outside:
    """Look for copies beyond the project's folder.

    Parameters
    ----------
    folder
        The project's folder.
    files
        Everything that held something of the interview.
    """
    whole = folder.resolve()
    cloud = next((part for part in reversed(whole.parts) if CLOUD.search(part)), "")
    repository = next((f for f in (whole, *whole.parents) if (f / ".git").exists()), None)
    if repository is None:
        return Outside(cloud=cloud)
    program = shutil.which("git")
    tracked: list[tuple[str, tuple[str, ...]]] | None = []
    for file in sorted({Path(os.path.abspath(f)) for f in files}):  # noqa: PTH100 (links are not followed)
        name = os.path.relpath(whole / os.path.relpath(file, folder.absolute()), repository)
        commits = _commits(program, repository, Path(name).as_posix()) if program else None
        if commits is None:
            tracked = None
            break
        if commits and tracked is not None:
            tracked.append((Path(name).as_posix(), commits))
    return Outside(repository, None if tracked is None else tuple(tracked), cloud)


def _commits(program: str, repository: Path, name: str) -> tuple[str, ...] | None:
    """Give the commits of any branch that touched a file; None when git does not say."""
    call = [program, "--no-pager", "-c", "core.fsmonitor=false", "-C", str(repository), "log", "--all"]
    call += ["--reflog", "--no-show-signature", "--format=%h", "--", f":(literal,top){name}"]
    try:
        done = subprocess.run(  # noqa: S603 (git, with words of ours; the name is taken literally)
            call, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    empty = "does not have any commits" in done.stderr
    return tuple(done.stdout.split()) if done.returncode == 0 or empty else None
