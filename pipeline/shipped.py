"""Where the data that travels with the software lies: inside an installed package, or in the checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The shipped file or folder `name`, such as `configs/default.toml` or `models/lexicon-en-ru`.

    An installed wheel keeps them in `pipeline/share/`; a checkout keeps them at its top level.
    """
    for root in (PACKAGE / "share", PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(
        f"{name} is not part of this installation: reinstall diptych (pip install --force-reinstall diptych)"
    )
