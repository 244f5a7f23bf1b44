"""Puts the policy packs inside the wheel; everything else is in pyproject.toml."""

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithPacks(build_py):
    """Copies `packs/` beside the package's modules."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            copytree(Path(__file__).parent / "packs", Path(self.build_lib) / "linzhi" / "packs", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithPacks})
