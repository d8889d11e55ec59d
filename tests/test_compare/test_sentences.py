"""What the rules report in a pair of sentences, and what not: one work of all cases, one look at each.

The judge is not asked: whether a rule knows its case is one thing, how sure both are together another (`test_verdicts`).
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from pipeline import api
from pipeline.compare import kinds as settling
from pipeline.compare import verdicts
from pipeline.compare.finding import REPORTED
from pipeline.document import Difference

pytestmark = pytest.mark.models
CASES = [
    (kind, row["en"], row["ru"], row["kind"])
    for kind, rows in tomllib.loads(
        (Path(__file__).parents[1] / "cases" / "compare" / "sentences.toml").read_text("utf-8")
    ).items()
    for row in rows
]


@cache
def reported(folder: Path) -> tuple[tuple[Difference, ...], ...]:
    """The reported differences of each case, all cases as the paragraphs of one work."""
    texts = ["\n\n".join(case[k] for case in CASES) for k in (1, 2)]
    paths = [folder / f"cases.{lang}.txt" for lang in ("en", "ru")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdicts, "weighed", lambda found, _: found)
        patch.setattr(verdicts, "alone", lambda *_: ())
        patch.setattr(settling, "settled", lambda found, *_: found)
        work = api.compare(*paths)
    found: list[list[Difference]] = [[] for _ in CASES]
    for one in work.differences or ():
        lang, span = ("en", one.en) if one.en else ("ru", one.ru)
        assert span is not None
        if one.confidence >= REPORTED:
            found[work.versions[lang].text[: span.start].count("\n\n")].append(one)  # type: ignore[index]
    return tuple(tuple(row) for row in found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sentences")


@pytest.mark.parametrize("n", range(len(CASES)), ids=[f"{c[0]}: {c[1]}" for c in CASES])
def test_a_sentence_has_its_difference_and_no_other(folder: Path, n: int) -> None:
    room, _, _, kind = CASES[n]
    kinds = [d.kind for d in reported(folder)[n]]
    assert (kind in kinds) if kind else (room not in kinds)
