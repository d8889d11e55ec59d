"""The documentation tells the truth: its commands run, its links lead somewhere, its reference names every command."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from docs import notebook
from pipeline.cli import app

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *DOCS.glob("*.md"),
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        *ROOT.glob("corpora/*/README.md"),
        *ROOT.glob("models/*/README.md"),
    ]
)
WALK = ("tutorial.md", "review.md", "exports.md", "backends.md", "codebook.md", "editions.md")
"""The pages whose commands run, in this order and in one folder."""


def commands(page: Path) -> list[str]:
    return re.findall(r"^```bash\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.models
def test_the_commands_of_the_walk_run(tmp_path: Path) -> None:
    for name in ("corpora", "configs"):
        (tmp_path / name).symlink_to(ROOT / name)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    for page in WALK:
        for block in commands(DOCS / page):
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", block],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{page}: {block}\n{done.stderr[-2000:]}"
    assert (tmp_path / "factors-by-country.csv").stat().st_size > 100
    assert (tmp_path / "out" / "reviews.jsonl").stat().st_size > 100
    shown = re.search(
        r"^```text\n(.*?)^```$", (DOCS / "editions.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert shown
    assert (tmp_path / "editions" / "differences.txt").read_text("utf-8") == shown[1]
    answers = notebook.run(json.loads(notebook.NOTEBOOK.read_text("utf-8")), {"OUT": str(tmp_path / "out")})
    assert all(len(answer) for _, answer in answers[:-1])
    assert answers[-1][1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(((?!https?:|#|mailto:)[^)#\s]+)", page.read_text("utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


def leaves(command: typer.core.TyperGroup, prefix: str) -> list[tuple[str, list[str]]]:
    found = []
    for name, child in command.commands.items():
        if hasattr(child, "commands"):
            found += leaves(child, f"{prefix} {name}")
        else:
            options = [o for p in child.params for o in p.opts if o.startswith("--") and o != "--help"]
            found.append((f"{prefix} {name}", options))
    return found


@pytest.mark.parametrize(
    ("command", "options"), leaves(typer.main.get_command(app), "diptych"), ids=lambda v: str(v)
)  # type: ignore[arg-type]
def test_the_reference_names_every_command_and_option(command: str, options: list[str]) -> None:
    text = (DOCS / "cli.md").read_text("utf-8")
    section = re.search(
        rf"^#+ `{re.escape(command)}`$(.*?)(?=^#+ `diptych|\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert section, f"{command} is missing: python docs/reference.py"
    assert [option for option in options if option not in section[1]] == [], "python docs/reference.py"
