from pathlib import Path

import pytest

from pipeline import config
from pipeline.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_configuration_is_complete() -> None:
    assert config.load().parse["ru"].backend == "slovnet"


def test_a_file_overrides_only_the_keys_it_has(tmp_path: Path) -> None:
    mine = config.load(write(tmp_path, "[ingest]\nmax_megabytes = 7\n"))
    assert mine.ingest.max_megabytes == 7
    assert mine.parse == config.load().parse
    assert mine.sha256() != config.load().sha256()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[ingest]\nmax_megabites = 7\n",
            r'unknown key "ingest.max_megabites"; did you mean "max_megabytes"\?',
        ),
        ("codebok = 'x'\n", r'unknown key "codebok"; did you mean "codebook"\?'),
        ("[ingest]\nmax_megabytes = 'much'\n", r"Expected `int`, got `str`"),
        ("= nonsense\n", r"not TOML in UTF-8"),
    ],
)
def test_mistakes_are_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        config.load(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path / "none.toml")
