"""The queue in Label Studio's format, and its answers back.

Each layer has tasks (`LAYER.json`) and the labelling configuration of its project (`LAYER.xml`). Back comes what Label
Studio exports as "JSON": the tasks with `annotations`, each with `completed_by`.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from pipeline import __version__
from pipeline.errors import WorkError
from pipeline.export import annotated
from pipeline.review.queue import Item, Quote
from pipeline.review.store import Review

NOTHING = "nothing here"
"""The choice that says the machine found something where nothing is."""
QUESTION = {
    "passages": "Which group of causes does the passage give?",
    "statements": "Who says this? Write the name, or choose that it is no statement.",
    "differences": "What kind of difference is this?",
}


def write(items: Sequence[Item], choices: dict[str, tuple[str, ...]], folder: Path) -> list[Path]:
    """Tasks and configuration of every layer in the queue; `choices` are the answers of a layer."""
    paths = []
    for layer in dict.fromkeys(item.layer for item in items):
        tasks = [task(item) for item in items if item.layer == layer]
        data = msgspec.json.format(msgspec.json.encode(tasks), indent=1) + b"\n"
        for name, content in (
            (f"{layer}.json", data),
            (f"{layer}.xml", configuration(layer, choices[layer]).encode()),
        ):
            annotated.write_bytes(content, folder / name)
            paths.append(folder / name)
    return paths


def task(item: Item) -> dict[str, Any]:
    """One item; the machine's answer is the prediction."""
    result: dict[str, Any] = (
        {"type": "textarea", "from_name": "speaker", "value": {"text": [item.machine]}}
        if item.layer == "statements"
        else {"type": "choices", "from_name": "answer", "value": {"choices": [item.machine]}}
    )
    shown = {q.lang: f"… {q.prefix} ⟦{q.exact}⟧ {q.suffix} …" for q in item.quotes}
    return {
        "data": {"en": shown.get("en", "—"), "ru": shown.get("ru", "—"), "item": msgspec.to_builtins(item)},
        "predictions": [
            {
                "model_version": f"diptych {__version__}",
                "score": round(1.0 - item.doubt, 4),
                "result": [{"id": item.target, "to_name": "en", **result}],
            }
        ],
    }


def configuration(layer: str, choices: Iterable[str]) -> str:
    """What a reviewer sees and may answer."""
    options = "".join(f"  <Choice value={quoteattr(choice)}/>\n" for choice in (*choices, NOTHING))
    name = '  <TextArea name="speaker" toName="en" maxSubmissions="1"/>\n' if layer == "statements" else ""
    return (
        f"<View>\n  <Header value={quoteattr(escape(QUESTION[layer]))}/>\n"
        '  <Text name="en" value="$en"/>\n  <Text name="ru" value="$ru"/>\n'
        f'{name}  <Choices name="answer" toName="en" choice="single">\n{options}  </Choices>\n</View>\n'
    )


def read(path: Path) -> Iterator[Review]:
    """The answers in an exported file; a task that nobody answered gives none.

    Raises: WorkError for a file that is no export of such tasks.
    """
    try:
        tasks = msgspec.json.decode(path.read_bytes())
        for exported in tasks:
            item = msgspec.convert(exported["data"]["item"], Item)
            for annotation in exported.get("annotations", ()):
                value = _answer(annotation.get("result", ()))
                if value is not None and not annotation.get("was_cancelled"):
                    yield _review(item, value, _reviewer(annotation.get("completed_by")))
    except (msgspec.DecodeError, msgspec.ValidationError, KeyError, TypeError, AttributeError) as error:
        raise WorkError(
            f"{path}: not an export of Diptych's tasks ({error}); export the project from Label Studio as JSON"
        ) from None


def _answer(result: Iterable[dict[str, Any]]) -> str | None:
    chosen = {part["from_name"]: part["value"] for part in result}
    choice = (chosen.get("answer", {}).get("choices") or [None])[0]
    if choice == NOTHING:
        return ""
    written = (chosen.get("speaker", {}).get("text") or [None])[0]
    return written or choice


def _reviewer(completed_by: Any) -> str:
    """Label Studio gives a number, or an object with an e-mail address."""
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("id")
    return str(completed_by if completed_by is not None else "unknown")


def _review(item: Item, value: str, reviewer: str) -> Review:
    quotes: tuple[Quote, ...] = item.quotes
    return Review(
        work=item.work, layer=item.layer, target=item.target, reviewer=reviewer, value=value,
        machine=item.machine, quotes=quotes,
    )  # fmt: skip
