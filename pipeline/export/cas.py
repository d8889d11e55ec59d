"""UIMA CAS for INCEpTION: `ID.LANG.xmi` (or `.json`) and the type system beside it, through dkpro-cassis.

Every layer is a type `diptych.LAYER` with the label and the layer's columns as string features; sentences are DKPro's.
The library turns code points into UIMA's UTF-16 offsets when it writes.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.document import LAYERS, Lang, Work
from pipeline.errors import MissingModel
from pipeline.export import annotated
from pipeline.export.columns import COLUMNS, SPAN
from pipeline.export.marks import for_xml, marks

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

ANNOTATION, STRING = "uima.tcas.Annotation", "uima.cas.String"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
RENAMED = {"from": "from_value", "type": "type_name", "set": "category_set"}
"""Columns whose names UIMA or the library keep for themselves."""


def write(works: Iterable[Work], folder: Path, json: bool = False) -> list[Path]:
    """One file a version and `TypeSystem.xml`.

    Raises: MissingModel where dkpro-cassis is not installed.
    """
    types = type_system()
    system = folder / "TypeSystem.xml"
    annotated.write_bytes(types.to_xml().encode(), system)
    paths = [system]
    for work in works:
        for lang in sorted(work.versions):
            path = folder / f"{work.id}.{work.versions[lang].label}.{'json' if json else 'xmi'}"
            text: Callable[[], str] = (
                cas(work, lang, types).to_json if json else cas(work, lang, types).to_xmi
            )
            annotated.write_bytes(text().encode(), path)
            paths.append(path)
    return paths


def type_system() -> "TypeSystem":
    """DKPro's sentence, and one type a layer."""
    try:
        from cassis import TypeSystem
    except ImportError:
        raise MissingModel(
            'export cas needs dkpro-cassis, which is not installed; get it with: pip install "diptych[exports]"'
        ) from None
    types = TypeSystem()
    types.create_type(SENTENCE, supertypeName=ANNOTATION)
    for layer in LAYERS:
        made = types.create_type(f"diptych.{layer.capitalize()}", supertypeName=ANNOTATION)
        for name in ("identifier", "label", *_features(layer)):
            types.create_feature(domainType=made, name=name, rangeType=STRING)
    return types


def _features(layer: str) -> list[str]:
    return [RENAMED.get(name, name) for name in COLUMNS[layer] if name not in SPAN]


def cas(work: Work, lang: Lang, types: "TypeSystem") -> "Cas":
    """One version as a CAS."""
    from cassis import Cas

    version = work.versions[lang]
    made = Cas(
        typesystem=types,
        sofa_string=for_xml(version.text),
        sofa_mime="text/plain",
        document_language=version.lang,
    )
    sentence = types.get_type(SENTENCE)
    for s in version.sentences or ():
        made.add(sentence(begin=s.start, end=s.end))
    for mark in marks(work, lang):
        features: dict[str, Any] = {RENAMED.get(k, k): for_xml(str(v)) for k, v in mark.fields.items()}
        annotation = types.get_type(f"diptych.{mark.layer.capitalize()}")
        made.add(annotation(begin=mark.start, end=mark.end, identifier=mark.id, label=mark.label, **features))
    return made
