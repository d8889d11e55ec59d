"""Label Studio takes what it is given: every task against the rules of its own reader, and against the reader where it is
installed (`pip install label-studio-sdk`, Apache-2.0)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from pipeline import codebook, config, export
from pipeline.export import annotated
from pipeline.review import command
from tests.report_specimen import alone, specimen

Made = dict[str, tuple[str, list[dict[str, Any]]]]
"""A labelling configuration and the tasks that go with it, by name."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Everything that leaves for Label Studio: the finished works, and the queue for review."""
    out = tmp_path_factory.mktemp("out")
    plain = msgspec.structs.replace(alone(), differences=())
    for work in (specimen(), specimen("second"), plain):
        annotated.write(work, out / "works" / f"{work.id}.json")
    settings = config.load()
    exported = export.export(out, "labelstudio", out / "exported", settings)
    queued = command.export(out, out / "queue", "labelstudio", 20, (), settings)
    return dict(_sets(exported)) | dict(_sets(queued))


def _sets(paths: list[Path]) -> Iterator[tuple[str, tuple[str, list[dict[str, Any]]]]]:
    configurations = {path.stem: path.read_text("utf-8") for path in paths if path.suffix == ".xml"}
    (shared,) = configurations.values() if len(configurations) == 1 else ("",)
    for path in paths:
        if path.suffix == ".json":
            yield path.stem, (configurations.get(path.stem, shared), json.loads(path.read_text("utf-8")))


def test_every_set_of_tasks_has_a_configuration(made: Made) -> None:
    assert set(made) == {"grain-road", "second", "grain-road-en", "passages", "statements", "differences"}
    assert all(view and tasks for view, tasks in made.values())


SHOWN = {"labels": "labels", "choices": "choices", "textarea": "text"}
"""The key under which a region of each type keeps what was chosen."""


def faults(view: str, tasks: list[dict[str, Any]]) -> Iterator[str]:
    """What Label Studio's reader would refuse. Source: its documentation, "Import pre-annotated data", "Task format"."""
    root = ElementTree.fromstring(view)
    named = {tag.get("name"): tag for tag in root.iter() if tag.get("name")}
    objects = {
        tag.get("value", "")[1:]: tag.get("name") for tag in root.iter() if tag.get("value", "")[:1] == "$"
    }
    if len(named) != sum(1 for tag in root.iter() if tag.get("name")):
        yield "two tags of one name"
    for tag in named.values():
        if tag.get("toName", next(iter(objects.values()))) not in objects.values():
            yield f"{tag.get('name')}: toName names nothing"
    for task in tasks:
        yield from (f"data lacks {key}" for key in objects if not isinstance(task["data"].get(key), str))
        for prediction in task["predictions"]:
            if not 0.0 <= prediction["score"] <= 1.0 or not prediction["model_version"]:
                yield "score or model_version"
            for region in prediction["result"]:
                yield from _refused(region, named, set(objects.values()))


def _refused(region: dict[str, Any], named: dict[Any, Any], objects: set[Any]) -> Iterator[str]:
    control = named.get(region["from_name"])
    if control is None or region["to_name"] not in objects or control.get("toName") != region["to_name"]:
        yield f"{region['from_name']} -> {region['to_name']}"
        return
    if control.tag.lower() != region["type"]:
        yield f"type {region['type']} for <{control.tag}>"
    given = region["value"][SHOWN[region["type"]]]
    if not isinstance(given, list) or not all(isinstance(value, str) for value in given):
        yield f"{region['type']} is no list of strings"
    offered = {option.get("value") for option in control}
    if offered and not set(given) <= offered:
        yield f"{given} is not offered"
    if region["type"] == "labels" and not 0 <= region["value"]["start"] < region["value"]["end"]:
        yield f"offsets {region['value']}"


NAMES = ("grain-road", "grain-road-en", "passages", "statements", "differences")


@pytest.mark.parametrize("name", NAMES)
def test_the_rules_of_the_reader_are_kept(made: Made, name: str) -> None:
    assert list(faults(*made[name])) == []


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda task: task["data"].pop("en"), "data lacks en"),
        (lambda task: task["predictions"][0].update(score=2), "score or model_version"),
        (lambda task: task["predictions"][0]["result"][0].update(from_name="x"), "x -> en"),
        (lambda task: task["predictions"][0]["result"][0].update(type="labels"), "type labels"),
        (lambda task: task["predictions"][0]["result"][0]["value"].update(choices=["x"]), "is not offered"),
    ],
)
def test_the_rules_find_what_they_look_for(made: Made, damage: Any, fault: str) -> None:
    view, tasks = made["passages"]
    task = json.loads(json.dumps(tasks[0]))
    if fault == "type labels":
        task["predictions"][0]["result"][0]["value"]["labels"] = ["economic"]
        task["predictions"][0]["result"][0]["value"] |= {"start": 0, "end": 1}
    damage(task)
    assert any(fault in line for line in faults(view, [task]))


@pytest.mark.parametrize("name", NAMES)
def test_label_studio_itself_takes_every_task(made: Made, name: str) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface
    view, tasks = made[name]
    reader = interface(view)
    reader.validate()
    for task in tasks:
        assert reader.validate_task({"data": task["data"]})
        for prediction in task["predictions"]:
            assert reader.validate_prediction(prediction, return_errors=True) == []


def test_the_reader_knows_every_answer_of_the_codebook(made: Made) -> None:
    tools = pytest.importorskip("label_studio_sdk._extensions.label_studio_tools.core.label_config")
    parsed = tools.parse_config(made["passages"][0])
    assert set(codebook.load("neighbour-influence").group_ids) <= set(parsed["answer"]["labels"])
    assert parsed["answer"]["to_name"] == ["en"]
