"""A small hand-made work with every layer, written for the tests of the report and of the exports.

Everything and everybody in it is fictional except the countries. The awkward parts are on purpose: overlapping
spans, a statement across two sentences, markup, quotation marks, right-to-left letters, an emoji outside the
basic plane, a moved paragraph, null beads at both levels, an inconsistent percentage, an abstained passage.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from pipeline.compare.summary import summary
from pipeline.document import (
    LAYERS,
    Bead,
    Check,
    Citation,
    CodebookRef,
    Component,
    Date,
    Diagnostic,
    Difference,
    Entity,
    Event,
    Factor,
    Lang,
    Link,
    Paragraph,
    Passage,
    Quantity,
    Repair,
    Role,
    Run,
    Sentence,
    Source,
    Span,
    Stance,
    Statement,
    Version,
    Work,
)

EN: tuple[tuple[Role, tuple[str, ...]], ...] = (
    ("title", ("The grain road turns south",)),
    (
        "body",
        (
            "Moldova sold less grain to Russia last year than in any season since independence. ",
            "Sales to Russia fell from 40 million to 30 million dollars, or by 35 per cent, while the port of Giurgiulești was busy day and night. ",
            "Traders blame the freight rates [Petrescu, 2019].",
        ),
    ),
    (
        "body",
        (
            "“We chose the shorter road. ",
            "Nobody forced us to,” said the former agriculture minister Ion Ceban-Rusu. ",
            "A slogan painted on the silo, <script>alert('grain')</script>, mocked him in Hebrew: שלום 🌾.",
        ),
    ),
    (
        "body",
        (
            "In the villages the old script still stands above the church doors. ",
            "People read it aloud to their children.",
        ),
    ),
    ("body", ("On 12 March 2018 the parliament in Chișinău approved the transit agreement with Romania.",)),
)

RU: tuple[tuple[Role, tuple[str, ...]], ...] = (
    ("title", ("Зерновая дорога поворачивает на юг",)),
    ("body", ("12 мая 2018 г. парламент в Кишинёве одобрил соглашение о транзите с Румынией.",)),
    (
        "body",
        (
            "В прошлом году Молдавия продала России меньше зерна, чем в любой сезон после обретения независимости. ",
            "Продажи в Россию упали с 40 млн до 30 млн долларов, то есть на 25 %, а порт Джурджулешты работал день и ночь. ",
            "Торговцы винят тарифы на перевозку [Petrescu, 2019]. ",
            "Железная дорога с ними не спорит.",
        ),
    ),
    (
        "body",
        (
            "«Мы выбрали дорогу покороче. ",
            "Никто нас, вероятно, не принуждал», — сказал бывший министр сельского хозяйства Ион Чебан-Русу. ",
            "Надпись на элеваторе, <script>alert('grain')</script>, дразнила его на иврите: שלום 🌾.",
        ),
    ),
)


class Draft:
    """A version under construction: spans are named by the words they cover."""

    def __init__(self, lang: Lang, parts: tuple[tuple[Role, tuple[str, ...]], ...]) -> None:
        self.lang, self.text = lang, ""
        self.paragraphs: list[Paragraph] = []
        self.sentences: list[Sentence] = []
        for number, (role, sentences) in enumerate(parts):
            start = len(self.text)
            for sentence in sentences:
                words = sentence.rstrip()
                self.sentences.append(
                    Sentence(start=len(self.text), end=len(self.text) + len(words), paragraph=number)
                )
                self.text += sentence
            self.paragraphs.append(Paragraph(start=start, end=len(self.text), role=role))
            self.text += "\n\n"

    def at(self, words: str, last: str = "") -> dict[str, Any]:
        """Where `words` (or from `words` to the end of `last`) stand."""
        start = self.text.index(words)
        end = self.text.index(last, start) + len(last) if last else start + len(words)
        return {"start": start, "end": end, "text": self.text[start:end]}

    def span(self, words: str, by: str, **more: Any) -> Span:
        return Span(**self.at(words), by=by, **more)

    def paragraph(self, number: int) -> dict[str, Any]:
        found = self.paragraphs[number]
        return {"start": found.start, "end": found.end, "text": self.text[found.start : found.end]}


def _english() -> tuple[Draft, Version]:
    d = Draft("en", EN)
    version = Version(
        lang="en",
        source=Source(path="grain.en.txt", sha256="a" * 64, encoding="utf-8", media_type="text/plain"),
        text=d.text,
        repairs=(Repair(**_place(d.at("Giurgiulești")), rule="join-split-word", before="Giurgiu lești"),),
        paragraphs=tuple(d.paragraphs),
        sentences=tuple(d.sentences),
        entities=(
            Entity(
                id="en.entity.1",
                **d.at("Moldova"),
                type="LOC",
                name="Moldova",
                link=Link(scheme="iso3166", value="MD"),
                by="entities.ner",
            ),
            Entity(
                id="en.entity.2",
                **d.at("Russia"),
                type="LOC",
                name="Russia",
                link=Link(scheme="iso3166", value="RU"),
                by="entities.ner",
                confidence=0.93,
            ),
            Entity(
                id="en.entity.3", **d.at("Giurgiulești"), type="LOC", name="Giurgiulești", by="entities.ner"
            ),
            Entity(
                id="en.entity.4",
                **d.at("Ion Ceban-Rusu"),
                type="PER",
                name="Ion Ceban-Rusu",
                statement="en.statement.1",
                by="entities.ner",
            ),
        ),
        citations=(
            Citation(
                id="en.citation.1",
                **d.at("[Petrescu, 2019]"),
                source="Petrescu",
                year="2019",
                by="citations.bracketed",
            ),
        ),
        quantities=(
            Quantity(
                id="en.quantity.1",
                **d.at("Sales to Russia", "35 per cent"),
                indicator="grain sales",
                subject="MD",
                counterpart="RU",
                from_="40000000",
                to="30000000",
                unit="USD",
                change_pct="-35",
                check=Check(expected="-25", stated="-35", consistent=False),
                by="quantities.from_to",
            ),
        ),
        events=(
            Event(
                id="en.event.1",
                **d.at("On 12 March 2018", "agreement with Romania"),
                type="agreement",
                date=Date(start="2018-03-12", end="2018-03-12", precision="day"),
                participants=("MD", "RO"),
                by="events.agreement",
            ),
        ),
        statements=(
            Statement(
                id="en.statement.1",
                **d.at("We chose", "forced us to,"),
                kind="direct",
                speaker=d.span("Ion Ceban-Rusu", "statements.speaker"),
                speaker_name="Ion Ceban-Rusu",
                role="agriculture minister",
                country="MD",
                former=True,
                cue=d.span("said", "statements.cue"),
                stance=Stance(label="multilateral", score=0.6, words=("chose",)),
                by="statements.quotation",
            ),
        ),
        factors=(
            Factor(
                id="en.factor.1",
                **d.at("sold less grain to Russia"),
                code="economic.trade",
                group="economic",
                category="objective",
                polarity="impedes",
                countries=("MD",),
                rule="trade-decline",
                by="factors.codebook",
            ),
            Factor(
                id="en.factor.2",
                **d.at("fell from 40 million"),
                code="economic.trade",
                group="economic",
                category="objective",
                polarity="impedes",
                countries=("MD", "RU"),
                rule="trade-decline",
                by="factors.codebook",
            ),
            Factor(
                id="en.factor.3",
                **d.at("the old script"),
                code="sociocultural.script",
                group="sociocultural",
                category="ambivalent",
                polarity="neutral",
                rule="script",
                by="factors.codebook",
            ),
        ),
        passages=(
            _passage("en.passage.1", d.paragraph(1), "objective", "economic", (0.91, 0.05, 0.03, 0.01)),
            _passage("en.passage.2", d.paragraph(2), "subjective", "psychological", (0.1, 0.2, 0.65, 0.05)),
            _passage(
                "en.passage.3",
                d.paragraph(3),
                "ambivalent",
                "sociocultural",
                (0.2, 0.41, 0.3, 0.09),
                abstained=True,
            ),
            _passage("en.passage.4", d.paragraph(4), "none", "none", (0.2, 0.1, 0.1, 0.6)),
        ),
    )
    return d, version


def _russian() -> tuple[Draft, Version]:
    d = Draft("ru", RU)
    version = Version(
        lang="ru",
        source=Source(path="grain.ru.txt", sha256="b" * 64, encoding="windows-1251", media_type="text/plain"),
        text=d.text,
        paragraphs=tuple(d.paragraphs),
        sentences=tuple(d.sentences),
        entities=(
            Entity(id="ru.entity.1", **d.at("Кишинёве"), type="LOC", name="Кишинёв", by="entities.ner"),
            Entity(
                id="ru.entity.2",
                **d.at("Молдавия"),
                type="LOC",
                name="Молдавия",
                link=Link(scheme="iso3166", value="MD"),
                by="entities.ner",
            ),
            Entity(
                id="ru.entity.3",
                **d.at("Ион Чебан-Русу"),
                type="PER",
                name="Ион Чебан-Русу",
                by="entities.ner",
            ),
        ),
        citations=(
            Citation(
                id="ru.citation.1",
                **d.at("[Petrescu, 2019]"),
                source="Petrescu",
                year="2019",
                by="citations.bracketed",
            ),
        ),
        quantities=(
            Quantity(
                id="ru.quantity.1",
                **d.at("Продажи в Россию", "на 25 %"),
                indicator="продажи зерна",
                subject="MD",
                counterpart="RU",
                from_="40000000",
                to="30000000",
                unit="USD",
                change_pct="-25",
                check=Check(expected="-25", stated="-25", consistent=True),
                by="quantities.from_to",
            ),
        ),
        events=(
            Event(
                id="ru.event.1",
                **d.at("12 мая 2018 г.", "с Румынией"),
                type="agreement",
                date=Date(start="2018-05-12", end="2018-05-12", precision="day"),
                participants=("MD", "RO"),
                by="events.agreement",
            ),
        ),
        statements=(
            Statement(
                id="ru.statement.1",
                **d.at("Мы выбрали", "не принуждал"),
                kind="direct",
                speaker=d.span("Ион Чебан-Русу", "statements.speaker"),
                speaker_name="Ион Чебан-Русу",
                role="agriculture minister",
                country="MD",
                former=True,
                cue=d.span("сказал", "statements.cue"),
                by="statements.quotation",
            ),
        ),
        factors=(
            Factor(
                id="ru.factor.1",
                **d.at("продала России меньше зерна"),
                code="economic.trade",
                group="economic",
                category="objective",
                polarity="impedes",
                countries=("MD",),
                rule="trade-decline",
                by="factors.codebook",
            ),
        ),
        passages=(
            _passage("ru.passage.1", d.paragraph(1), "none", "none", (0.2, 0.1, 0.1, 0.6)),
            _passage("ru.passage.2", d.paragraph(2), "objective", "economic", (0.88, 0.06, 0.04, 0.02)),
            _passage("ru.passage.3", d.paragraph(3), "subjective", "psychological", (0.1, 0.25, 0.6, 0.05)),
        ),
    )
    return d, version


def _place(found: dict[str, Any]) -> dict[str, int]:
    return {"start": found["start"], "end": found["end"]}


def _passage(
    name: str,
    place: dict[str, Any],
    category: Any,
    group: str,
    chances: tuple[float, ...],
    abstained: bool = False,
) -> Passage:
    names = ("objective", "ambivalent", "subjective", "none")
    return Passage(
        id=name,
        **place,
        category=category,
        group=group,
        probabilities=dict(zip(names, chances, strict=True)),
        set=(category, "subjective") if abstained else (category,),
        abstained=abstained,
        confidence=max(chances),
        by="classify.logistic",
    )


def specimen(name: str = "grain-road") -> Work:
    """Both versions, aligned and compared."""
    d, en = _english()
    r, ru = _russian()
    work = Work(
        id=name,
        run=Run(
            version="0.1.0",
            config_sha256="c" * 64,
            codebook=CodebookRef(id="neighbour-influence", version="1", sha256="d" * 64),
            components=(Component(name="entities", version="1", sha256="e" * 64),),
        ),
        versions={"en": en, "ru": ru},
        alignment=(
            *(
                Bead(level="paragraph", en=e, ru=r, score=0.9)
                for e, r in (((0,), (0,)), ((1,), (2,)), ((2,), (3,)), ((3,), ()), ((4,), (1,)))
            ),
            *(
                Bead(level="sentence", en=e, ru=r, score=0.9)
                for e, r in (
                    ((0,), (0,)),
                    ((1,), (2,)),
                    ((2,), (3,)),
                    ((3,), (4,)),
                    ((), (5,)),
                    ((4,), (6,)),
                    ((5,), (7,)),
                    ((6,), (8,)),
                    ((7,), ()),
                    ((8,), ()),
                    ((9,), (1,)),
                )
            ),
        ),
        differences=(
            Difference(
                id="difference.1",
                kind="number",
                en=d.span("35 per cent", "compare.number"),
                ru=r.span("25 %", "compare.number"),
                detail={"en": "35", "ru": "25"},
                confidence=0.97,
                severity="critical",
                mqm="Accuracy/Mistranslation",
                explanation="The percentage is 35 in English and 25 in Russian.",
            ),
            Difference(
                id="difference.2",
                kind="modality",
                en=d.span("Nobody forced us to", "compare.modality"),
                ru=r.span("вероятно", "compare.modality"),
                confidence=0.7,
                severity="minor",
                explanation="Only the Russian version hedges.",
            ),
            Difference(
                id="difference.3",
                kind="omission",
                en=d.span("People read it aloud to their children.", "compare.omission"),
                ru=None,
                confidence=0.88,
                explanation="The paragraph is missing in Russian.",
            ),
            Difference(
                id="difference.4",
                kind="date",
                en=d.span("12 March 2018", "compare.date"),
                ru=r.span("12 мая 2018 г.", "compare.date"),
                detail={"en": "2018-03-12", "ru": "2018-05-12"},
                confidence=0.95,
                severity="major",
                explanation="March in English, May in Russian.",
            ),
            Difference(
                id="difference.5",
                kind="addition",
                en=None,
                ru=r.span("Железная дорога с ними не спорит.", "compare.omission"),
                confidence=0.8,
                severity="major",
                explanation="The sentence stands only in the Russian version.",
            ),
        ),
        diagnostics=(
            Diagnostic(stage="classify", version="en", status="abstained", reason="1 passage is uncertain"),
            Diagnostic(stage="align", version="", status="ok"),
        ),
    )
    return msgspec.structs.replace(work, comparison=summary(work))


def alone(name: str = "grain-road-en") -> Work:
    """The English version only, before anything was annotated."""
    d = Draft("en", EN)
    source = Source(path="grain.en.txt", sha256="a" * 64, encoding="utf-8", media_type="text/plain")
    return Work(id=name, versions={"en": Version(lang="en", source=source, text=d.text)})


def respelled(work: Work, spell: Callable[[str], str]) -> Work:
    """The same work in another spelling of its characters ("й" as two code points, line ends as two): every offset moves."""
    versions = {lang: _respelled(version, spell) for lang, version in work.versions.items()}
    differences = tuple(
        msgspec.structs.replace(
            d,
            en=_moved(d.en, work.versions["en"].text, spell),
            ru=_moved(d.ru, work.versions["ru"].text, spell),
        )
        for d in work.differences or ()
    )
    return msgspec.structs.replace(work, versions=versions, differences=differences)


def _respelled(version: Version, spell: Callable[[str], str]) -> Version:
    layers = {
        layer: tuple(_moved(record, version.text, spell) for record in getattr(version, layer) or ())
        for layer in (*LAYERS, "paragraphs", "sentences")
    }
    text = "".join(map(spell, version.text))
    return msgspec.structs.replace(version, text=text, repairs=(), **layers)


def _moved(record: Any, text: str, spell: Callable[[str], str]) -> Any:
    """A record, and the spans in its fields, at its new place."""
    if record is None:
        return None
    at = [sum(len(spell(c)) for c in text[:edge]) for edge in (record.start, record.end)]
    inner = {
        name: _moved(value, text, spell)
        for name in record.__struct_fields__
        if isinstance(value := getattr(record, name), Span)
    }
    words = {"text": "".join(map(spell, record.text))} if hasattr(record, "text") else {}
    return msgspec.structs.replace(record, start=at[0], end=at[1], **words, **inner)
