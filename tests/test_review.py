"""The review loop: queue, answers, agreement, places that survive a change, and training data."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cassis
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import api, codebook, config, parse, report
from pipeline.classify import training
from pipeline.classify.model import save
from pipeline.document import Work
from pipeline.errors import ConfigError, WorkError
from pipeline.export import annotated
from pipeline.review import agreement, command, inception, labelstudio, queue, store
from pipeline.review.anchor import Place, anchor
from pipeline.review.labelled import labelled, majority
from pipeline.review.placed import placed
from pipeline.review.queue import Item, Quote
from pipeline.review.store import Review
from tests.report_specimen import specimen

CORPUS = Path(__file__).parent.parent / "corpora" / "labelled"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    annotated.write(specimen(), tmp_path / "works" / "grain-road.json")
    return tmp_path


def answered(tasks: list[dict[str, Any]], values: dict[str, str], reviewer: object) -> list[dict[str, Any]]:
    """What Label Studio exports when a reviewer gave these answers."""
    done = []
    for task in tasks:
        target = task["data"]["item"]["target"]
        if target in values:
            value = values[target] or labelstudio.NOTHING
            result = [
                {"from_name": "answer", "to_name": "en", "type": "choices", "value": {"choices": [value]}}
            ]
            done.append({**task, "annotations": [{"completed_by": reviewer, "result": result}]})
        else:
            done.append({**task, "annotations": []})
    return done


def test_the_most_doubtful_come_first_and_no_more_than_wanted() -> None:
    items = queue.queued([specimen()], 2)
    assert {item.layer for item in items} == set(queue.LAYERS)
    for layer in queue.LAYERS:
        mine = [item.doubt for item in items if item.layer == layer]
        assert len(mine) == 2
        assert mine == sorted(mine, reverse=True)
    abstained = {p.id for v in specimen().versions.values() for p in v.passages or () if p.abstained}
    assert next(item.target for item in items if item.layer == "passages") in abstained


def test_every_quotation_stands_in_its_version() -> None:
    work = specimen()
    for item in queue.queued([work], 100):
        for q in item.quotes:
            text = work.versions[q.lang].text
            assert text[q.start : q.end] == q.exact
            assert q.prefix + q.exact + q.suffix in text


def test_label_studio_from_queue_to_kept_answers(out: Path) -> None:
    command.export(out, out / "queue", "labelstudio", 10, (), config.load())
    tasks = json.loads((out / "queue" / "passages.json").read_text("utf-8"))
    first, second = (t["data"]["item"]["target"] for t in tasks[:2])
    back = out / "answers.json"
    back.write_text(
        json.dumps(answered(tasks, {first: "economic", second: ""}, {"email": "ana@example.org"})), "utf-8"
    )
    assert command.take_in(out, [back], "")[0] == 2
    kept = {r.target: r for r in store.read(out)}
    assert kept[first].value == "economic"
    assert kept[second].value == "", "nothing here"
    assert {r.reviewer for r in kept.values()} == {"ana@example.org"}
    before = annotated.read(out / "works" / "grain-road.json")
    assert before == specimen(), "the machine's findings stay as they were"


def test_a_later_answer_of_the_same_reviewer_replaces_the_earlier_one(out: Path) -> None:
    review = _review("passages", "en.passage.1", "ana", "economic")
    store.write(out, [review, _review("passages", "en.passage.1", "ben", "political")])
    store.write(out, [*store.read(out), msgspec.structs.replace(review, value="historical")])
    assert [(r.reviewer, r.value) for r in store.read(out)] == [("ana", "historical"), ("ben", "political")]


def test_inception_from_queue_to_answers(out: Path) -> None:
    command.export(out, out / "queue", "inception", 5, ("statements",), config.load())
    path = out / "queue" / "grain-road.en.xmi"
    with path.open("rb") as file:
        cas = cassis.load_cas_from_xmi(file, inception.type_system())
    found = list(cas.select(inception.TYPE))
    for annotation in found:
        item = msgspec.json.decode(annotation.item, type=Item)
        assert annotation.get_covered_text() == item.quotes[0].exact
        annotation.answer = "Somebody Else"
    path.write_text(cas.to_xmi(), "utf-8")
    command.take_in(out, [path], "ana")
    assert {(r.reviewer, r.value) for r in store.read(out)} == {("ana", "Somebody Else")}
    assert len(store.read(out)) == len(found)


def test_a_configuration_offers_every_group_and_nothing_here(out: Path) -> None:
    command.export(out, out / "queue", "labelstudio", 10, ("passages",), config.load())
    text = (out / "queue" / "passages.xml").read_text("utf-8")
    for group in (*codebook.load("neighbour-influence").group_ids, labelstudio.NOTHING):
        assert f'value="{group}"' in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "not an export of Diptych's tasks"),
        (b'[{"data": {}}]', "not an export"),
        (b"[1]", "not an export"),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(WorkError, match=message) as caught:
        list(labelstudio.read(path))
    assert "\n" not in str(caught.value)


def test_what_cannot_be_queued_says_what_can(out: Path) -> None:
    with pytest.raises(ConfigError, match='unknown layer "passage"; did you mean "passages"'):
        command.export(out, out / "q", "labelstudio", 1, ("passage",), config.load())
    with pytest.raises(ConfigError, match='unknown format "brat"; Allowed: inception, labelstudio'):
        command.export(out, out / "q", "brat", 1, (), config.load())
    with pytest.raises(WorkError, match="nobody has reviewed this run; make a queue"):
        command.agreement(out)
    with pytest.raises(ConfigError, match="an XMI file does not say who answered; give --reviewer"):
        command.take_in(out, [out / "a.xmi"], "")


TEXT = "Trade fell in May.\n\nThe port closed. Trade fell again, and nobody minded.\n\nThe market moved inland in the autumn."


def quote_of(exact: str, start: int, text: str = TEXT) -> Quote:
    end = start + len(exact)
    return Quote(
        lang="en",
        start=start,
        end=end,
        exact=exact,
        prefix=text[max(0, start - 80) : start],
        suffix=text[end : end + 80],
    )


def test_a_place_is_found_by_its_surroundings_when_the_text_grows() -> None:
    second = TEXT.index("Trade fell", 5)
    grown = "A new title\n\n" + TEXT
    assert anchor(quote_of("Trade fell", second), grown) == Place(second + 13, second + 23, True)


def test_a_changed_paragraph_is_found_by_likeness_and_a_lost_one_not() -> None:
    last = "The market moved inland in the autumn."
    changed = TEXT.replace("in the autumn", "in late autumn")
    place = anchor(quote_of(last, TEXT.index(last)), changed)
    assert place is not None
    assert changed[place.start : place.end] == "The market moved inland in late autumn."
    assert not place.same
    assert anchor(quote_of(last, TEXT.index(last)), "Something else altogether.") is None


@given(st.text(alphabet="abc .\nя🌾", max_size=30), st.text(alphabet="abc .\nя🌾", max_size=30))
def test_a_quotation_is_found_whatever_is_put_around_it(before: str, after: str) -> None:
    exact = "The market moved inland"
    place = anchor(quote_of(exact, TEXT.index(exact)), before + exact + after)
    assert place == Place(len(before), len(before) + len(exact), True)


def _review(
    layer: str, target: str, reviewer: str, value: str, work: str = "grain-road", machine: str = "political"
) -> Review:
    return Review(
        work=work, layer=layer, target=target, reviewer=reviewer, value=value, machine=machine, quotes=()
    )


def test_agreement_between_reviewers_and_with_the_machine() -> None:
    rows = [("a", "economic", "economic"), ("b", "political", "political"), ("c", "political", "economic")]
    reviews = [
        _review("passages", target, name, value, work=target, machine="economic")
        for target, *values in rows
        for name, value in zip(("ana", "ben"), values, strict=True)
    ]
    (found,) = agreement.agreement(reviews)
    assert found.reviewers == ("ana", "ben")
    assert found.answers == 6
    assert found.between.value == pytest.approx(1 - (2 / 6) / (18 / 30), abs=1e-4)
    assert found.kept == 0.5
    assert found.with_machine["ana"].units == 3


def test_agreement_of_one_reviewer_is_undefined_with_the_reason() -> None:
    (found,) = agreement.agreement([_review("passages", "a", "ana", "economic")])
    assert found.between.value is None
    assert "no passage was coded by two coders" in found.between.reason


def test_reviewed_passages_become_training_data_in_both_languages() -> None:
    work = specimen()
    item = next(i for i in queue.queued([work], 50) if i.layer == "passages" and _paired(work, i))
    review = _review("passages", item.target, "ana", "economic")
    (row,) = labelled([msgspec.structs.replace(review, quotes=item.quotes)], {work.id: work})
    assert row.group == "economic"
    assert row.en in work.versions["en"].text
    assert row.ru in work.versions["ru"].text
    assert row.en
    assert row.ru


def _paired(work: Work, item: Item) -> bool:
    q = item.quotes[0]
    index = next(
        i for i, p in enumerate(work.versions[q.lang].paragraphs or ()) if p.start <= q.start < p.end
    )
    sides = [
        (b.en, b.ru) if q.lang == "en" else (b.ru, b.en) for b in work.alignment if b.level == "paragraph"
    ]
    return any(mine == (index,) and len(other) == 1 for mine, other in sides)


def test_reviewers_who_are_split_evenly_give_no_label() -> None:
    assert majority(["economic", "political"]) is None


def test_answers_are_placed_again_when_the_text_has_grown() -> None:
    """The finding that stands where the words stand now has the answer, whatever its number has become."""
    work = specimen()
    item = next(i for i in queue.queued([work], 50) if i.target == "en.passage.2")
    review = msgspec.structs.replace(
        _review("passages", item.target, "ana", "political"), quotes=item.quotes, machine=item.machine
    )
    english = work.versions["en"]
    grown = msgspec.structs.replace(
        english,
        text="A line before.\n\n" + english.text,
        passages=tuple(
            msgspec.structs.replace(p, start=p.start + 16, end=p.end + 16, id=f"en.passage.{i + 1}")
            for i, p in enumerate(english.passages or (), 1)
        ),
    )
    later = msgspec.structs.replace(work, versions={**work.versions, "en": grown})
    before, after = placed([review], work), placed([review], later)
    (same,) = before.found["en.passages", 2]
    (moved,) = after.found["en.passages", 2]
    assert not same.moved
    assert moved.moved
    assert moved.now == "psychological"
    assert not moved.kept


def test_an_answer_whose_finding_is_gone_is_kept_apart() -> None:
    work = specimen()
    item = next(i for i in queue.queued([work], 50) if i.target == "difference.2")
    review = msgspec.structs.replace(
        _review("differences", item.target, "ana", "modality"), quotes=item.quotes, machine=item.machine
    )
    without = tuple(d for d in work.differences or () if d.id != "difference.2")
    answers = placed([review], msgspec.structs.replace(work, differences=without))
    assert answers.found == {}
    assert answers.lost == (review,)


def test_answers_come_into_the_pages_of_the_report(out: Path) -> None:
    item = next(i for i in queue.queued([specimen()], 50) if i.target == "en.passage.1")
    review = msgspec.structs.replace(_review("passages", item.target, "ana", "political"), quotes=item.quotes)
    store.write(out, [review, msgspec.structs.replace(review, work="not-there-any-more")])
    (page,) = report.write_reviewed(out)
    assert page == out / "report" / "works" / "grain-road.html"
    assert "another answer" in page.read_text(encoding="utf-8")


GOLD = CORPUS.parent / "gold" / "development"
REVIEWED, UNSEEN = ("latvia-memo", "tunisia-talk"), ("scotland-norway",)


def read_by(model: Path, name: str) -> Work:
    """A gold work as a pipeline with this passage model annotates it."""
    settings = msgspec.structs.replace(config.load(), passage_model=str(model))
    return api.compare(GOLD / f"{name}.en.txt", GOLD / f"{name}.ru.txt", config=settings)


def gold_groups(work: Work) -> dict[str, str]:
    """Passage -> the group that people gave it."""
    gold = json.loads((GOLD / f"{work.id}.gold.json").read_text("utf-8"))["passages"]
    known = {(lang, entry["i"]): entry["group"] for lang in gold for entry in gold[lang]}
    return {
        passage.id: known[lang, index]
        for lang, version in work.versions.items()
        for passage in version.passages or ()
        for index, paragraph in enumerate(version.paragraphs or ())
        if paragraph.start <= passage.start < paragraph.end and (lang, index) in known
    }


def share_right(works: list[Work]) -> float:
    """Passages in the group that people gave them."""
    told = [
        (p.group, gold_groups(w)[p.id]) for w in works for v in w.versions.values() for p in v.passages or ()
    ]
    return sum(given == group for given, group in told) / len(told)


@pytest.mark.models
def test_from_queue_to_retrained_model(
    tmp_path: Path, real_parsers: parse.Parsers, record_property: Callable[[str, object], None]
) -> None:
    """A model of few passages codes two works, people correct its least certain ones, the next model has learnt from them:
    it is right more often where they corrected, no worse on a work that nobody touched, and the evaluation has other figures."""
    corpus, book = tmp_path / "corpus", codebook.load("neighbour-influence")
    corpus.mkdir()
    for name in ("analysis", "africa"):
        (corpus / f"{name}.jsonl").write_bytes((CORPUS / f"{name}.jsonl").read_bytes())
    first, first_report = training.learn(corpus, book, real_parsers)
    save(first, tmp_path / "first")
    before = {name: read_by(tmp_path / "first", name) for name in (*REVIEWED, *UNSEEN)}

    out = tmp_path / "out"
    for name in REVIEWED:
        annotated.write(before[name], out / "works" / f"{name}.json")
    command.export(out, out / "queue", "labelstudio", 40, ("passages",), config.load())
    tasks = json.loads((out / "queue" / "passages.json").read_text("utf-8"))
    done = []
    for name in REVIEWED:
        mine = [task for task in tasks if task["data"]["item"]["work"] == name]
        done += answered(mine, gold_groups(before[name]), "ana")
    (out / "answers.json").write_text(json.dumps(done), "utf-8")
    assert command.take_in(out, [out / "answers.json"], "")[0] == len(tasks)
    (agreed,) = json.loads(command.agreement(out))
    assert agreed["kept"] < 1.0, "the machine was corrected"
    assert command.training_data(out, corpus / "reviewed.jsonl") == len(tasks)

    second, second_report = training.learn(corpus, book, real_parsers)
    save(second, tmp_path / "second")
    after = {name: read_by(tmp_path / "second", name) for name in before}

    figures = {
        "passages learnt from": (first_report.passages, second_report.passages),
        "English macro-F1 of the evaluation": (
            round(first_report.categories["en"].macro_f1, 3),
            round(second_report.categories["en"].macro_f1, 3),
        ),
        "right where people corrected": (
            share_right([before[n] for n in REVIEWED]),
            share_right([after[n] for n in REVIEWED]),
        ),
        "right on a work nobody touched": (
            share_right([before[n] for n in UNSEEN]),
            share_right([after[n] for n in UNSEEN]),
        ),
        "machine's answers that people kept": agreed["kept"],
    }
    for name, figure in figures.items():
        record_property(name, figure)
        print(f"{name}: {figure}")
    assert second_report.passages > first_report.passages
    assert first_report.categories["en"].macro_f1 != second_report.categories["en"].macro_f1
    assert share_right([after[n] for n in REVIEWED]) > share_right([before[n] for n in REVIEWED])
    assert share_right([after[n] for n in UNSEEN]) >= share_right([before[n] for n in UNSEEN])
    kept = {(r.work, r.target, r.value) for r in store.read(out)}
    assert {
        (answer.review.work, answer.review.target, answer.review.value)
        for name in REVIEWED
        for answers in placed(store.read(out), after[name]).found.values()
        for answer in answers
    } == kept, "every correction stands beside the finding of the rerun"
