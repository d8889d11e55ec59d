"""The queue as UIMA CAS for INCEpTION, and its answers back: one annotation `diptych.Review` an item, whose feature
`answer` the reviewer corrects. Back comes INCEpTION's export as UIMA CAS XMI, one file a reviewer and document."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipeline.document import Work
from pipeline.errors import MissingModel, WorkError
from pipeline.export import annotated
from pipeline.export.marks import for_xml
from pipeline.review.queue import Item
from pipeline.review.store import Review

if TYPE_CHECKING:
    from cassis import TypeSystem

TYPE, ANNOTATION, STRING = "diptych.Review", "uima.tcas.Annotation", "uima.cas.String"


def type_system() -> "TypeSystem":
    """One type: `item` is the question as JSON, `answer` what the reviewer corrects.

    Raises: MissingModel where dkpro-cassis is not installed.
    """
    try:
        from cassis import TypeSystem
    except ImportError:
        raise MissingModel(
            'review for INCEpTION needs dkpro-cassis, which is not installed; get it with: pip install "diptych[exports]"'
        ) from None
    types = TypeSystem()
    made = types.create_type(TYPE, supertypeName=ANNOTATION)
    for name in ("layer", "answer", "item"):
        types.create_feature(domainType=made, name=name, rangeType=STRING)
    return types


def write(items: Sequence[Item], works: Sequence[Work], folder: Path) -> list[Path]:
    """`WORK.LANG.xmi` for every version with an item (a difference stands in the English one where it has two sides)."""
    from cassis import Cas

    types = type_system()
    annotated.write_bytes(types.to_xml().encode(), folder / "TypeSystem.xml")
    paths = [folder / "TypeSystem.xml"]
    for work in works:
        for lang, version in sorted(work.versions.items()):
            mine = [item for item in items if item.work == work.id and item.quotes[0].lang == lang]
            if not mine:
                continue
            cas = Cas(
                typesystem=types,
                sofa_string=for_xml(version.text),
                sofa_mime="text/plain",
                document_language=version.lang,
            )
            annotation = types.get_type(TYPE)
            for item in mine:
                place = item.quotes[0]
                data = for_xml(msgspec.json.encode(item).decode())
                cas.add(
                    annotation(
                        begin=place.start, end=place.end, layer=item.layer, answer=item.machine, item=data
                    )
                )
            path = folder / f"{work.id}.{lang}.xmi"
            annotated.write_bytes(cas.to_xmi().encode(), path)
            paths.append(path)
    return paths


def read(path: Path, reviewer: str) -> Iterator[Review]:
    """The answers in one exported file; an item whose annotation the reviewer deleted is answered with nothing there
    only in Label Studio, here it is left out.

    Raises: WorkError for a file that is no such export.
    """
    from cassis import load_cas_from_xmi

    try:
        with path.open("rb") as file:
            cas = load_cas_from_xmi(file, typesystem=type_system(), lenient=True)
        for found in cas.select(TYPE):
            item = msgspec.json.decode(found.item, type=Item)
            yield Review(
                work=item.work, layer=item.layer, target=item.target, reviewer=reviewer, value=found.answer or "",
                machine=item.machine, quotes=item.quotes,
            )  # fmt: skip
    except MissingModel:
        raise
    except Exception as error:  # the library raises whatever the XML provokes
        raise WorkError(
            f"{path}: not an export of Diptych's reviews ({error}); export it as UIMA CAS XMI"
        ) from None
