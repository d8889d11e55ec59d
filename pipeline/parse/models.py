"""The models that come as Python packages: where they lie, and whether their bytes are the ones we measured."""

import hashlib
import importlib.metadata
import importlib.util
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

from pipeline.document import Component
from pipeline.errors import MissingModel

SQUATTED = {"ru_core_news_sm", "uk_core_news_sm", "en_core_web_trf", "ru_combined_400ks_96"}
"""Names that strangers hold on the package index at version 999.9.9: never the real models when they come from there."""


def folder(package: str) -> Path:
    """The folder of an installed package, found without importing it.

    Raises: MissingModel when it is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise MissingModel(f'model package "{package}" is not installed; get it with: {_way(package)}')
    return Path(found.submodule_search_locations[0])


def _way(package: str) -> str:
    """How to get a model: pinned ones from the package index, spaCy's only through spaCy, since strangers hold its names there."""
    pin = _pins().get(package)
    return f"pip install {pin['install']}" if pin else f"python -m spacy download {package}"


@cache
def checked(package: str) -> Component:
    """The package as a component of the run; its bytes are compared with the pinned hash where there is one.

    Raises: MissingModel when it is not installed, squatted, or its bytes differ from the pinned ones.
    """
    root = folder(package)
    version = importlib.metadata.version(package)
    if package in SQUATTED and version.startswith("999"):
        raise MissingModel(
            f'"{package}" {version} is a squatted name on the package index, not spaCy\'s model: pip uninstall {package}, then python -m spacy download {package}'
        )
    found = sha256(root)
    pin = _pins().get(package)
    if pin and found != pin["sha256"]:
        raise MissingModel(
            f'model package "{package}": its files have sha256 {found[:12]}…, expected {pin["sha256"][:12]}…: pip install --force-reinstall {pin["install"]}'
        )
    return Component(name=package, version=version, sha256=found)


def sha256(root: Path) -> str:
    """One hash over the relative names and bytes of all files that are not Python byte code."""
    total = hashlib.sha256()
    for file in sorted(root.rglob("*"), key=lambda p: p.relative_to(root).as_posix()):
        if file.is_file() and file.suffix != ".pyc":
            total.update(
                file.relative_to(root).as_posix().encode()
                + b"\0"
                + hashlib.sha256(file.read_bytes()).digest()
            )
    return total.hexdigest()


@cache
def _pins() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("pins.toml").read_text(encoding="utf-8"))
