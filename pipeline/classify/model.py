"""The passage model: arrays and a few numbers, read without running anything from the file."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline import shipped
from pipeline import space as spaces
from pipeline.classify.attention import Bag, Floats
from pipeline.classify.features import TRAITS
from pipeline.classify.scorer import Lexis, Scorer
from pipeline.document import Component
from pipeline.errors import ConfigError, MissingModel
from pipeline.space import Name, Space

WEIGHTS, DESCRIPTION = "weights.npz", "model.json"
FORMAT = 3


class Calibrated(Struct, frozen=True):
    """What was fitted for one language on passages the classifier had not seen.

    `temperature` divides the scores; a category enters the conformal set when its probability is at least `admit`;
    below `answer` the model abstains.
    """

    temperature: float
    admit: float
    answer: float


class Description(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The numbers of a model that are no arrays, and what it was made from."""

    format: int = FORMAT
    name: str
    version: str
    codebook: str
    groups: tuple[str, ...]
    categories: tuple[str, ...]
    category_of: dict[str, str]
    traits: tuple[str, ...] = ()
    languages: dict[str, Calibrated]
    pooled: Calibrated | None = None
    coverage: float
    risk: float
    passages: int
    works: int
    corpus_sha256: str
    space_sha256: str
    weights_sha256: str = ""


class Model(Struct, frozen=True, kw_only=True):
    """A scorer with its calibration."""

    description: Description
    scorer: Scorer

    @property
    def component(self) -> Component:
        d = self.description
        return Component(name=f"passages/{d.name}", version=d.version, sha256=d.weights_sha256)

    def group_probabilities(self, bag: Bag, others: Floats, lang: str, space: Space) -> NDArray[np.float64]:
        """How probable each group is for each passage of one language. Shape: (passages, groups)."""
        scores = self.scorer.scores(self.scorer.view(bag, others, space), lang)
        return softmax(scores / self.description.languages[lang].temperature)

    def category_probabilities(self, groups: NDArray[np.float64]) -> NDArray[np.float64]:
        """A category is as probable as its groups together."""
        return groups @ membership(self.description)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]


def membership(description: Description) -> NDArray[np.float64]:
    """Shape: (groups, categories); 1 where the group belongs to the category."""
    return np.array(
        [[float(description.category_of[g] == c) for c in description.categories] for g in description.groups]
    )


def category_of(group: int, description: Description) -> str:
    return description.category_of[description.groups[group]]


def verdict(groups: NDArray[np.float64], description: Description) -> int:
    """The likeliest group of the likeliest category: a category may win by two groups that share its probability."""
    best = int((groups @ membership(description)).argmax())
    inside = [description.category_of[g] == description.categories[best] for g in description.groups]
    return int(np.where(inside, groups, -1.0).argmax())


def load(name_or_path: str | Path = "neighbour-influence") -> Model:
    """The model shipped for a codebook, or one that `diptych train` wrote to a folder.

    Raises: MissingModel when there is none, or its weights are not those its description names.
    """
    folder = Path(name_or_path)
    if not (folder / DESCRIPTION).is_file():
        try:
            folder = shipped.path(f"models/passages/{name_or_path}")
        except FileNotFoundError:
            raise MissingModel(
                f'no passage model "{name_or_path}": train one with diptych train CORPUS -o FOLDER'
            ) from None
    try:
        description = msgspec.json.decode((folder / DESCRIPTION).read_bytes(), type=Description)
        found = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
    except (OSError, msgspec.DecodeError) as error:
        raise MissingModel(
            f"{folder}: not a passage model ({error}); diptych train writes {DESCRIPTION} and {WEIGHTS}"
        ) from None
    if found != description.weights_sha256:
        raise MissingModel(
            f"{folder / WEIGHTS}: sha256 {found[:12]}…, {DESCRIPTION} names {description.weights_sha256[:12]}…: train or install it again"
        )
    if description.format != FORMAT or description.traits != TRAITS:
        raise MissingModel(
            f"{folder}: a model of another version of diptych (format {description.format}, this one reads {FORMAT}): train it again with diptych train CORPUS -o FOLDER"
        )
    if description.space_sha256 != spaces.digest():
        raise MissingModel(
            f"{folder}: trained on another space of words than this installation has: train it again with diptych train CORPUS -o FOLDER"
        )
    with np.load(folder / WEIGHTS, allow_pickle=False) as data:
        return Model(description=description, scorer=_scorer(data, tuple(description.languages)))


def save(model: Model, folder: Path) -> Model:
    """Write the model; the same model gives the same bytes.

    Raises: ConfigError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(folder / WEIGHTS, **_arrays(model.scorer))  # type: ignore[arg-type]
        digest = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
        description = msgspec.structs.replace(model.description, weights_sha256=digest)
        (folder / DESCRIPTION).write_bytes(
            msgspec.json.format(msgspec.json.encode(description), indent=1) + b"\n"
        )
    except OSError as error:
        raise ConfigError(
            f"{folder}: the model cannot be written ({error.strerror}); give a folder you may write to"
        ) from None
    return msgspec.structs.replace(model, description=description)


def _arrays(scorer: Scorer) -> dict[str, NDArray[Any]]:
    """The scorer as arrays: words by name, of the symmetric pairs one half."""
    half = np.triu_indices(scorer.pairs.shape[1])
    return {
        "attention": scorer.attention,
        "known": np.frombuffer(
            "\n".join(f"{lang} {word}" for lang, word in scorer.lexis.number).encode(), np.uint8
        ),
        "rarity": scorer.lexis.rarity,
        "place": scorer.place,
        "opening": scorer.opening,
        "words": scorer.words.astype(np.float16),
        "pairs": scorer.pairs[:, half[0], half[1]].astype(np.float16),
        **{f"mean_{lang}": mean for lang, mean in scorer.means.items()},
        **{f"bias_{lang}": bias for lang, bias in scorer.bias.items()},
    }


def _scorer(data: Mapping[str, NDArray[Any]], langs: Sequence[str]) -> Scorer:
    size = len(data["place"]) + 1
    above, below = np.triu_indices(size)
    pairs = np.zeros((len(data["pairs"]), size, size), np.float32)
    pairs[:, above, below] = pairs[:, below, above] = data["pairs"]
    return Scorer(
        attention=data["attention"],
        lexis=Lexis(_numbered(data["known"].tobytes().decode().split("\n")), data["rarity"]),
        place=data["place"],
        opening=data["opening"],
        words=data["words"].astype(np.float32),
        pairs=pairs,
        means={lang: data[f"mean_{lang}"] for lang in langs},
        bias={lang: data[f"bias_{lang}"] for lang in langs},
    )


def _numbered(known: Sequence[str]) -> dict[Name, int]:
    """The known words, which are stored as "en tariff", «ru пошлина», with their numbers."""
    pairs = (word.split(" ", 1) for word in known if word)
    return {(lang, word): number for number, (lang, word) in enumerate(pairs)}
