"""The passage model: arrays and a few numbers, read without running anything from the file."""

import hashlib
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline import shipped
from pipeline import space as spaces
from pipeline.classify.attention import Bag, means
from pipeline.classify.features import TRAITS, combined
from pipeline.document import Component
from pipeline.errors import ConfigError, MissingModel
from pipeline.space import Space

WEIGHTS, DESCRIPTION = "weights.npz", "model.json"
FORMAT = 2

Floats = NDArray[np.float32]


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
    """What counts (`attention`, one weight a trait), a linear model over `features`, its means per language, and its
    calibration. Centring on a language's mean takes away what tells the languages apart: English vectors are means of
    translations and lie closer together than Russian ones, and English has articles."""

    description: Description
    attention: Floats
    weights: Floats
    bias: Floats
    means: dict[str, Floats]

    @property
    def component(self) -> Component:
        d = self.description
        return Component(name=f"passages/{d.name}", version=d.version, sha256=d.weights_sha256)

    def rows(self, bag: Bag, others: Floats, space: Space) -> Floats:
        """The features of passages: the mean of their words, weighted by what counts, and the rest."""
        return combined(means(bag, self.attention, space.table), others)

    def scores(self, rows: Floats, lang: str) -> NDArray[np.float64]:
        """One score for each passage and group, before calibration."""
        return ((rows - self.means[lang]) @ self.weights + self.bias).astype(np.float64)

    def group_probabilities(self, rows: Floats, lang: str) -> NDArray[np.float64]:
        return softmax(self.scores(rows, lang) / self.description.languages[lang].temperature)

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
        return Model(
            description=description,
            attention=data["attention"],
            weights=data["weights"],
            bias=data["bias"],
            means={lang: data[f"mean_{lang}"] for lang in description.languages},
        )


def save(model: Model, folder: Path) -> Model:
    """Write the model; the same model gives the same bytes.

    Raises: ConfigError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {
            "attention": model.attention,
            "weights": model.weights,
            "bias": model.bias,
            **{f"mean_{lang}": m for lang, m in model.means.items()},
        }
        np.savez_compressed(folder / WEIGHTS, **arrays)  # type: ignore[arg-type]
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
