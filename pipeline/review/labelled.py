"""Reviewed passages as training data: what the majority of reviewers says of a passage, in the form `diptych train` reads."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pipeline.classify.corpus import Labelled
from pipeline.document import Work
from pipeline.review.anchor import anchor
from pipeline.review.store import Review


def labelled(reviews: Iterable[Review], works: Mapping[str, Work]) -> Iterator[Labelled]:
    """One labelled passage for every reviewed one that still stands in its work; where reviewers are split evenly there is
    none. Where the other version's paragraph is aligned one to one, the passage carries both languages."""
    answers: dict[tuple[str, str], list[Review]] = defaultdict(list)
    for review in reviews:
        if review.layer == "passages":
            answers[review.work, review.target].append(review)
    for (work, target), given in sorted(answers.items()):
        group = majority(review.value or "none" for review in given)
        text = group and work in works and _texts(works[work], given[0])
        if group and text:
            yield Labelled(
                id=f"{work}-{target}", work=work, group=group, en=text.get("en", ""), ru=text.get("ru", "")
            )


def majority(values: Iterable[str]) -> str | None:
    """The answer that more reviewers gave than any other.

    >>> majority(["economic", "political", "economic"]), majority(["economic", "political"])
    ('economic', None)
    """
    first, *rest = Counter(values).most_common(2)
    return None if rest and rest[0][1] == first[1] else first[0]


def _texts(work: Work, review: Review) -> dict[str, str] | None:
    quote = review.quotes[0]
    version = work.versions.get(quote.lang)
    place = anchor(quote, version.text) if version else None
    if version is None or place is None:
        return None
    found: dict[str, str] = {version.lang: version.text[place.start : place.end]}
    index = next((i for i, p in enumerate(version.paragraphs or ()) if p.start <= place.start < p.end), None)
    for bead in work.alignment:
        mine, others = (bead.en, bead.ru) if quote.lang == "en" else (bead.ru, bead.en)
        if bead.level == "paragraph" and mine == (index,) and len(others) == 1:
            other = work.versions["ru" if quote.lang == "en" else "en"]
            paragraph = (other.paragraphs or ())[others[0]]
            found.setdefault(other.lang, other.text[paragraph.start : paragraph.end])
    return found
