"""What is wrong with a pack, with the file and the line to mend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a pack file. `later` marks a value that a newer rule above made unlawful: it is reported, not fatal."""

    file: Path
    line: int
    message: str
    later: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PacksRefused(Exception):
    """The packs can't be used; `problems` lists every reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
