"""Events: dated happenings with their type, date and participants."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.config import EventType
from pipeline.document import Event, Version, numbered
from pipeline.events import dating, participants
from pipeline.events.triggers import Trigger, find
from pipeline.events.types import Types, types_of
from pipeline.quantities.sentence import Reading, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

BY = "events"


def extract(version: Version, doc: "Doc", more: Mapping[str, EventType] | None = None) -> tuple[Event, ...]:
    """The dated events of one version in text order.

    "Chile left the Andean Pact on 30 October 1976", «30 октября 1976 г. Чили вышла из Андского пакта»: a withdrawal
    dated 1976-10-30. `more` holds further types by name, from the configuration.
    """
    types = types_of(version.lang, more)
    reading = Reading(version, doc)
    return numbered(f"{version.side}.event", _events(reading, types))


def _events(reading: Reading, types: Types) -> Iterator[Event]:
    for sentence in reading.sentences():
        if not dating.tells(sentence):
            continue
        taken: dict[int, str] = {}
        for mention in sorted(dating.candidates(sentence), key=lambda d: (dating.leans(d), d.start)):
            trigger = find(
                sentence, mention, types, frozenset(taken) if dating.leans(mention) else frozenset()
            )
            if trigger is None or not dating.happens(sentence, mention, trigger, types):
                continue
            if taken.get(trigger.token.i) != mention.date.start:
                taken[trigger.token.i] = mention.date.start
                yield _event(reading, sentence, mention.date, trigger)


def _event(reading: Reading, sentence: Sentence, date: "dating.Date", trigger: Trigger) -> Event:
    text = reading.text[trigger.start : trigger.end]
    return Event(
        start=trigger.start,
        end=trigger.end,
        text=text,
        by=BY,
        type=trigger.type,
        date=date,
        participants=participants.of(reading, sentence, trigger),
    )
