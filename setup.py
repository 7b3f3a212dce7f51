"""Puts the codebooks of the repository's top level into the package; all else stands in setup.cfg."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCodebooks(build_py):
    """Copies `codebooks/*.yaml` to `qualnet/codebooks/` while a wheel is built."""

    def run(self) -> None:
        """Build, then copy."""
        super().run()
        if self.editable_mode:  # an installation in place finds them at the top level
            return
        target = Path(self.build_lib) / "qualnet" / "codebooks"
        self.mkpath(str(target))
        for file in sorted((Path(__file__).parent / "codebooks").glob("*.yaml")):
            self.copy_file(str(file), str(target / file.name))


setup(cmdclass={"build_py": BuildWithCodebooks})
