"""slovnet's models without what they have in common: each pack brings navec's 250,000 words again, 40 MB apiece."""

from pathlib import Path
from typing import Any

from pipeline.parse import convolution


def load(file: Path, kind: str, vectors: Any, batch: int) -> Any:
    """The model of a pack, to be asked for its `process`, `encoder` and `decoder`. `kind`: "morph", "syntax" or "ner".

    The pack names the vectors it was made for, and slovnet refuses others: their words are its words.

    Raises: ImportError where slovnet is not installed.
    """
    from slovnet.const import REL, SHAPE, TAG
    from slovnet.exec import encoders, infer, model
    from slovnet.exec.pack import Pack

    reads, answers, form, encoder, decoder = {
        "morph": (infer.MorphInfer, TAG, model.Morph, encoders.TagEncoder, infer.TagDecoder),
        "syntax": (infer.SyntaxInfer, REL, model.Syntax, encoders.SyntaxEncoder, infer.SyntaxDecoder),
        "ner": (infer.NERInfer, TAG, model.NER, encoders.TagEncoder, infer.TagDecoder),
    }[kind]
    with Pack(str(file)) as pack:
        pack.load_meta().check_protocol()
        bare = pack.load_model(form)
        arrays = dict(pack.load_arrays(bare.weights))
        shapes, labels = pack.load_vocab(SHAPE), pack.load_vocab(answers)
    found = reads(
        bare.inject_arrays(arrays).inject_navec(vectors),
        encoder(vectors.vocab, shapes, batch),
        decoder(labels),
    )
    convolution.quicken(found.model)
    return found
