"""Formats that carry tokens and trees: CoNLL-U, with the beads as links, and spaCy's DocBin. The text is parsed again.

Source: https://universaldependencies.org/format.html; in MISC `Entity=` holds the type in IOB2, and the comment
`# aligned = 3 4` names the sentences of the other version that stand in the same bead.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import parse
from pipeline.config import Config
from pipeline.document import LAYERS, Lang, Work
from pipeline.export import annotated

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


def write_conllu(
    work: Work, folder: Path, config: Config, parsers: parse.Parsers | None = None
) -> list[Path]:
    """`ID.LANG.conllu` for each version."""
    parsers = parsers or parse.load(config)
    paths = []
    for lang, version in sorted(work.versions.items()):
        path = folder / f"{work.id}.{version.label}.conllu"
        annotated.write_bytes("".join(conllu(work, lang, parsers.doc(version))).encode(), path)
        paths.append(path)
    return paths


def conllu(work: Work, lang: Lang, doc: "Doc") -> Iterator[str]:
    """The sentences of a version, one block each."""
    version = work.versions[lang]
    name = f"{work.id}.{version.label}"
    links = _links(work, lang)
    entity: dict[int, str] = {}
    for found in version.entities or ():
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        for n, token in enumerate(span or ()):
            entity.setdefault(token.i, f"{'B' if n == 0 else 'I'}-{found.type}")
    paragraph = -1
    for i, sentence in enumerate(version.sentences or ()):
        span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
        if span is None:
            continue
        lines = [f"# newdoc id = {name}"] if i == 0 else []
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            lines.append(f"# newpar id = {name}.p{paragraph}")
        lines += [f"# sent_id = {name}.s{i}", f"# text = {' '.join(span.text.split())}"]
        if i in links:
            lines.append(f"# aligned = {' '.join(map(str, links[i]))}")
        yield "\n".join([*lines, *_rows(span, entity)]) + "\n\n"


def _links(work: Work, lang: Lang) -> dict[int, tuple[int, ...]]:
    return {
        i: (bead.ru if lang == "en" else bead.en)
        for bead in work.alignment
        if bead.level == "sentence" and bead.en and bead.ru
        for i in (bead.en if lang == "en" else bead.ru)
    }


def _rows(span: "Span", entity: dict[int, str]) -> Iterator[str]:
    words = [token for token in span if not token.is_space]
    place = {token.i: n for n, token in enumerate(words, 1)}
    root = next((t for t in words if t.head.i == t.i or t.head.i not in place), None)
    for n, token in enumerate(words, 1):
        outside = token.head.i == token.i or token.head.i not in place
        head = 0 if token is root else place[root.i] if outside and root is not None else place[token.head.i]
        relation = "root" if token is root else "dep" if outside else token.dep_ or "dep"
        yield "\t".join(
            [
                str(n), token.text, token.lemma_ or "_", token.pos_ or "X", token.tag_ or "_", str(token.morph) or "_",
                str(head), relation, "_", _misc(token, entity),
            ]
        )  # fmt: skip


def _misc(token: "Token", entity: dict[int, str]) -> str:
    notes = [f"Entity={entity[token.i]}"] if token.i in entity else []
    if not token.whitespace_:
        notes.append("SpaceAfter=No")
    return "|".join(notes) or "_"


def write_docbin(
    work: Work, folder: Path, config: Config, parsers: parse.Parsers | None = None
) -> list[Path]:
    """`ID.LANG.spacy`: the parsed Doc with a span group for every layer, whole tokens around each mark."""
    from spacy.tokens import DocBin

    parsers = parsers or parse.load(config)
    paths = []
    for _, version in sorted(work.versions.items()):
        doc = parsers.doc(version)
        for layer in LAYERS:
            found = getattr(version, layer) or ()
            spans = (
                doc.char_span(a.start, a.end, label=layer, span_id=a.id, alignment_mode="expand")
                for a in found
            )
            doc.spans[layer] = [span for span in spans if span is not None]
        doc.user_data = {}
        path = folder / f"{work.id}.{version.label}.spacy"
        annotated.write_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes(), path)
        paths.append(path)
    return paths
