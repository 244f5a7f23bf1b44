"""Each house rule fails on a small made-up violation and passes on its correction. `make check` holds the tree to them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from checks import all_checks, run

DOMAIN = '"""投票: what owners decide.\n\nNouns: Ballot. Never: a count by hand.\n"""\n'
APPS = "from django.apps import AppConfig\n"
CAST = "@command('voting.cast', on=f)\ndef cast(): ...\n"
P = "src/linzhi/"
V = P + "domains/voting/"

# name of the check, what breaks it, what doesn't
CASES = [
    ("sizes", {P + "kernel/long.py": "x = 1\n" * 401}, {P + "kernel/long.py": "x = 1\n" * 400}),
    ("sizes", {P + "kernel/wide.py": f"x = '{'y' * 140}'\n"}, {P + "kernel/wide.py": f"x = '{'中' * 130}'\n"}),
    ("sizes", {P + "kernel/tall.py": "def f():\n" + "    x = 1\n" * 60}, {P + "kernel/tall.py": "def f():\n" + "    x = 1\n" * 59}),
    ("sizes", {P + "web/templates/page.html": "<p>\n" * 401}, {P + "web/templates/page.html": "<p>\n" * 9}),
    ("names", {P + "web/utils.py": ""}, {P + "web/words.py": ""}),
    ("names", {P + "web/helpers/dates.py": ""}, {P + "web/dates/dates.py": ""}),
    ("shape", {V + "tally.py": ""}, {V + "rules.py": ""}),
    ("shape", {V + "__init__.py": '"""Votes."""\n'}, {V + "__init__.py": DOMAIN}),
    ("shape", {V + "templates/elsewhere/page.html": ""}, {V + "templates/voting/page.html": ""}),
    ("shape", {V + "models.py": "class B:\n    def save(self): ...\n"}, {V + "models.py": "class B:\n    def __str__(self): ...\n"}),
    ("boundaries", {V + "queries.py": "from linzhi.domains.people.models import Person\n"},
     {V + "queries.py": "from linzhi.domains.people.queries import adults\n"}),
    ("boundaries", {V + "queries.py": "from linzhi.domains.people import models\n"},
     {V + "queries.py": "from linzhi.domains.people import events\n"}),
    ("writes", {V + "queries.py": "Ballot.objects.create(choice=1)\n"}, {V + "commands/cast.py": "Ballot.objects.create(choice=1)\n"}),
    ("writes", {V + "pages/ballot.py": "ballot.save()\n"}, {V + "pages/ballot.py": "image.save(stream, 'PNG')\n"}),
    ("writes", {V + "api.py": "Ballot.objects.filter(pk=1).update(choice=2)\n"}, {V + "api.py": "known.update(other)\n"}),
    ("writes", {V + "jobs.py": "rows.delete()\n"}, {V + "jobs.py": "rows.count()\n"}),
    ("writes", {V + "metrics.py": "SQL = 'DELETE FROM ballot'\n"}, {V + "metrics.py": "cursor.execute('SELECT 1')\n"}),
    ("writes", {P + "foundation/commands/other.py": "row.save()\n"}, {P + "foundation/files/commands/keep.py": "row.save()\n"}),
    ("clock", {V + "queries.py": "x = timezone.now()\n"}, {V + "queries.py": "x = clock.now()\n"}),
    ("clock", {V + "models.py": "at = DateTimeField(default=timezone.now)\n"}, {V + "models.py": "at = DateTimeField()\n"}),
    ("clock", {V + "models.py": "at = DateTimeField(auto_now=True)\n"}, {P + "kernel/clock.py": "x = datetime.now(UTC)\n"}),
    ("actions", {V + "commands/cast.py": CAST}, {V + "commands/cast.py": CAST, V + "access.py": "declare(Action('voting.cast'))\n"}),
    ("actions", {V + "commands/vote.py": CAST, V + "access.py": "Action('voting.cast')\n"}, {}),
    ("actions", {V + "access.py": "Action('voting.see')\n"},
     {V + "access.py": "Action('voting.see')\n", V + "queries.py": "powers.visible('voting.see')\n"}),
    ("actions", {V + "queries.py": "powers.visible('voting.sea')\n"}, {}),
    ("actions", {V + "access.py": "Action('people.see')\n", V + "queries.py": "powers.visible('people.see')\n"}, {}),
    ("settings", {P + "config/a.py": "os.environ['LINZHI_COLOUR']\n"},
     {P + "config/a.py": "os.environ['LINZHI_COLOUR']\n", "docs/settings.md": "`LINZHI_COLOUR`\n"}),
    ("settings", {"docs/settings.md": "`LINZHI_COLOUR`\n"}, {"docs/settings.md": ""}),
    ("glossary", {"docs/glossary.md": "| 票 | `ballot` | x |\n| 票 | `vote` | x |\n"}, {"docs/glossary.md": "| 票、选票 | `ballot` | x |\n"}),
    ("glossary", {"docs/glossary.md": "| 票 | `ballot` | x |\n| 选票 | `ballot` | x |\n"}, {}),
    ("glossary", {V + "models.py": "class PaperBallot(models.Model): ...\n"},
     {V + "models.py": "class PaperBallot(models.Model): ...\n", "docs/glossary.md": "| 纸票 | `paper_ballot` | x |\n"}),
    ("glossary", {V + "access.py": "Action('voting.cast')\n"}, {}),
    ("templates", {P + "web/templates/a.html": "<script>x()</script>"}, {P + "web/templates/a.html": "<script src='/a.js'></script>"}),
    ("templates", {P + "web/templates/a.html": "<style>p{}</style>"}, {P + "web/templates/a.html": "{# <style> is refused #}"}),
    ("templates", {P + "web/templates/a.html": "<p onclick='x()'>"}, {P + "web/templates/a.html": "<p data-action='x'>"}),
    ("templates", {P + "web/templates/a.html": "<img src='https://example.org/a.png'>"},
     {P + "web/templates/a.html": "<img src='/a.png'>"}),
    ("templates", {P + "web/static/a.css": "p{background:url(//example.org/a)}"}, {P + "web/static/a.css": "p{background:url(a.png)}"}),
    ("words", {"README.md": "see /ro" + "ot/x"}, {"README.md": "see docs/x"}),
    ("words", {"a.lock": "https://files.python" + "hosted.org/x"}, {"a.lock": "x==1 --hash=sha256:0"}),
    ("docs", {"docs/a.md": "[b](b.md)"}, {"docs/a.md": "[a](a.md) [x](https://example.org)"}),
    ("docs", {"docs/adr/0001-stack.md": ""}, {"docs/adr/2026-11-20-stack.md": ""}),
    ("docs", {V + "__init__.py": DOMAIN}, {V + "__init__.py": DOMAIN, "docs/architecture.md": "`voting`"}),
]  # fmt: skip


def plant(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def whole(files: dict[str, str]) -> dict[str, str]:
    """The files with what every domain must have, so that only the rule in question is broken."""
    if any(name.startswith(V) for name in files):
        return {V + "__init__.py": DOMAIN, V + "apps.py": APPS, **files}
    return files


@pytest.mark.parametrize(("check", "broken", "sound"), CASES, ids=[f"{number}-{case[0]}" for number, case in enumerate(CASES)])
def test_a_violation_fails_and_its_correction_passes(tmp_path: Path, check: str, broken: dict[str, str], sound: dict[str, str]) -> None:
    assert run(plant(tmp_path / "broken", whole(broken)), [check])
    if sound:
        assert [str(found) for found in run(plant(tmp_path / "sound", sound if check == "docs" else whole(sound)), [check])] == []


def test_every_check_is_shown_to_fail() -> None:
    assert {case[0] for case in CASES} == set(all_checks())


LAYERS = """
[importlinter]
root_package = hub
[importlinter:contract:house]
name = house
type = layers
containers = hub
layers =
    domains
    kernel
exhaustive = true
"""


@pytest.mark.parametrize(
    ("files", "kept"),
    [
        ({"hub/domains/__init__.py": "import hub.kernel\n", "hub/kernel/__init__.py": ""}, True),
        ({"hub/domains/__init__.py": "", "hub/kernel/__init__.py": "import hub.domains\n"}, False),
        ({"hub/domains/__init__.py": "", "hub/kernel/__init__.py": "", "hub/extra/__init__.py": ""}, False),
    ],
    ids=["downwards", "upwards", "a layer nobody knows"],
)
def test_an_import_upwards_breaks_the_layers(tmp_path: Path, files: dict[str, str], kept: bool) -> None:
    plant(tmp_path, {"hub/__init__.py": "", ".importlinter": LAYERS, **files})
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", str(tmp_path / ".importlinter")]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PATH": ""}, capture_output=True, text=True)
    assert (done.returncode == 0) is kept, done.stdout + done.stderr
