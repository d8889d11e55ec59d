"""GraphML: who speaks, for which country, and which causes the texts tie to which country.

Nodes are speakers, countries and codes; edges carry how often. Needs networkx, which also writes the file.
"""

from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from pipeline.document import Work
from pipeline.errors import MissingModel
from pipeline.export import annotated

Edge = tuple[str, str, str, str]
"""(kind of the source, source, kind of the target, target)"""


def edges(works: Iterable[Work]) -> Counter[Edge]:
    """The ties of all works with their numbers."""
    found: Counter[Edge] = Counter()
    for work in works:
        for _, version in sorted(work.versions.items()):
            for statement in version.statements or ():
                if statement.speaker_name and statement.country:
                    found["speaker", statement.speaker_name, "country", statement.country] += 1
            for factor in version.factors or ():
                for country in factor.countries:
                    found["code", factor.code, "country", country] += 1
    return found


def write(works: Iterable[Work], folder: Path) -> list[Path]:
    """`actors-and-codes.graphml`.

    Raises: MissingModel where networkx is not installed.
    """
    try:
        import networkx as nx
    except ImportError:
        raise MissingModel(
            'export graphml needs networkx, which is not installed; get it with: pip install "diptych[exports]"'
        ) from None
    graph = nx.DiGraph()
    for (kind, source, of, target), count in sorted(edges(works).items()):
        graph.add_node(f"{kind}:{source}", kind=kind, label=source)
        graph.add_node(f"{of}:{target}", kind=of, label=target)
        graph.add_edge(f"{kind}:{source}", f"{of}:{target}", weight=count)
    buffer = BytesIO()
    nx.write_graphml(graph, buffer)
    path = folder / "actors-and-codes.graphml"
    annotated.write_bytes(buffer.getvalue(), path)
    return [path]
