"""Small Stanza models, really trained by Stanza's own training code on a treebank of the project's own text.

The treebank is seven of the development gold works as the default back end parses them: silver, but of the right form.
`models(folder, lang)` trains what is missing and leaves a folder as Stanza's downloader would.
"""

import json
from pathlib import Path

import conllu
import msgspec

from pipeline import config, entities, parse
from pipeline.document import Lang, Work
from pipeline.export import parsed
from tests.conftest import plain_version

GOLD = Path(__file__).parents[2] / "corpora" / "gold" / "development"
WORKS = ("d1", "d2", "d3", "d4", "d5", "mongolia-neighbours", "tajik-roundtable")
PACKAGE = "tiny"


def models(folder: Path, lang: Lang) -> Path:
    """The folder with resources.json and the models of `lang`, trained where they are not there yet."""
    if not (folder / lang / "ner" / f"{PACKAGE}.pt").exists():
        work = folder / "work" / lang
        work.mkdir(parents=True, exist_ok=True)
        train, dev = _treebank(lang, work)
        _tokenizer(folder, lang, work, train, dev)
        _tagger(folder, lang, train, dev)
        _lemmatizer(folder, lang, train, dev)
        _parser(folder, lang, train, dev)
        _ner(folder, lang, work, train, dev)
    processors = ("tokenize", "pos", "lemma", "depparse", "ner")
    entry = {name: {PACKAGE: {}} for name in processors}
    languages = {
        code: {**entry, "lang_name": code, "packages": {"default": dict.fromkeys(processors, PACKAGE)}}
        for code in ("en", "ru")
    }
    (folder / "resources.json").write_text(json.dumps(languages), "utf-8")
    return folder


def _treebank(lang: Lang, work: Path) -> tuple[Path, Path]:
    parsers = parse.load(config.load())
    blocks: list[str] = []
    for name in WORKS:
        version = plain_version(
            (GOLD / f"{name}.{lang}.txt").read_text("utf-8").strip().replace("\u00a0", " "), lang
        )
        doc = parsers.doc(version)
        version = msgspec.structs.replace(version, entities=entities.extract(version, doc))
        blocks += parsed.conllu(Work(id=name, versions={lang: version}), lang, doc)
    train, dev = work / "train.conllu", work / "dev.conllu"
    train.write_text("".join(b for i, b in enumerate(blocks) if i % 8), "utf-8")
    dev.write_text("".join(b for i, b in enumerate(blocks) if not i % 8), "utf-8")
    return train, dev


def _tokenizer(folder: Path, lang: Lang, work: Path, train: Path, dev: Path) -> None:
    from stanza.models import tokenizer
    from stanza.utils.datasets import prepare_tokenizer_data

    for name, path in (("train", train), ("dev", dev)):
        sentences = [s.metadata["text"] for s in conllu.parse(path.read_text("utf-8"))]
        (work / f"{name}.txt").write_text(" ".join(sentences) + "\n", "utf-8")
        prepare_tokenizer_data.main(
            [
                str(work / f"{name}.txt"),
                str(path),
                "-o",
                str(work / f"{name}.labels"),
                "-m",
                str(work / f"{name}.mwt.json"),
            ]
        )
    tokenizer.main(
        [
            *("--mode", "train", "--lang", lang, "--shorthand", f"{lang}_{PACKAGE}", "--cpu"),
            *("--txt_file", str(work / "train.txt"), "--label_file", str(work / "train.labels")),
            *("--dev_txt_file", str(work / "dev.txt"), "--dev_label_file", str(work / "dev.labels")),
            *(
                "--mwt_json_file",
                str(work / "dev.mwt.json"),
                "--dev_conll_gold",
                str(dev),
                "--conll_file",
                str(work / "dev.out"),
            ),
            *(
                "--steps",
                "400",
                "--eval_steps",
                "200",
                "--max_seqlen",
                "200",
                "--hidden_dim",
                "32",
                "--emb_dim",
                "16",
            ),
            *("--save_dir", str(folder / lang / "tokenize"), "--save_name", f"{PACKAGE}.pt"),
        ]
    )


def _tagger(folder: Path, lang: Lang, train: Path, dev: Path) -> None:
    from stanza.models import tagger

    tagger.main(
        [
            *(
                "--mode",
                "train",
                "--lang",
                lang,
                "--shorthand",
                f"{lang}_{PACKAGE}",
                "--cpu",
                "--no_pretrain",
            ),
            *(
                "--train_file",
                str(train),
                "--eval_file",
                str(dev),
                "--batch_size",
                "60",
                "--max_steps",
                "300",
            ),
            *(
                "--eval_interval",
                "150",
                "--hidden_dim",
                "64",
                "--char_hidden_dim",
                "48",
                "--word_emb_dim",
                "32",
            ),
            *("--tag_emb_dim", "16", "--transformed_dim", "32", "--deep_biaff_hidden_dim", "64"),
            *("--save_dir", str(folder / lang / "pos"), "--save_name", f"{PACKAGE}.pt"),
        ]
    )


def _lemmatizer(folder: Path, lang: Lang, train: Path, dev: Path) -> None:
    from stanza.models import lemmatizer

    lemmatizer.main(
        [
            *("--mode", "train", "--shorthand", f"{lang}_{PACKAGE}", "--cpu", "--dict_only"),
            *("--train_file", str(train), "--eval_file", str(dev)),
            *("--save_dir", str(folder / lang / "lemma"), "--save_name", f"{PACKAGE}.pt"),
        ]
    )


def _parser(folder: Path, lang: Lang, train: Path, dev: Path) -> None:
    from stanza.models import parser

    parser.main(
        [
            *(
                "--mode",
                "train",
                "--lang",
                lang,
                "--shorthand",
                f"{lang}_{PACKAGE}",
                "--cpu",
                "--no_pretrain",
            ),
            *(
                "--train_file",
                str(train),
                "--eval_file",
                str(dev),
                "--batch_size",
                "60",
                "--max_steps",
                "200",
            ),
            *(
                "--eval_interval",
                "100",
                "--hidden_dim",
                "64",
                "--char_hidden_dim",
                "32",
                "--word_emb_dim",
                "32",
                "--tag_emb_dim",
                "16",
            ),
            *(
                "--transformed_dim",
                "32",
                "--deep_biaff_hidden_dim",
                "64",
                "--deep_biaff_output_dim",
                "32",
                "--no_second_optim",
            ),
            *("--save_dir", str(folder / lang / "depparse"), "--save_name", f"{PACKAGE}.pt"),
        ]
    )


def _ner(folder: Path, lang: Lang, work: Path, train: Path, dev: Path) -> None:
    from stanza.models import ner_tagger

    for name, path in (("train", train), ("dev", dev)):
        sentences = [
            [{"text": t["form"], "ner": (t["misc"] or {}).get("Entity", "O")} for t in s]
            for s in conllu.parse(path.read_text("utf-8"))
        ]
        kept = {"PER", "LOC", "ORG"}
        for sentence in sentences:
            for token in sentence:
                token["ner"] = token["ner"] if token["ner"][2:] in kept else "O"
        (work / f"{name}.ner.json").write_text(json.dumps(sentences), "utf-8")
    ner_tagger.main(
        [
            *("--mode", "train", "--shorthand", f"{lang}_{PACKAGE}", "--cpu", "--no_pretrain"),
            *("--train_file", str(work / "train.ner.json"), "--eval_file", str(work / "dev.ner.json")),
            *(
                "--max_steps",
                "300",
                "--eval_interval",
                "150",
                "--hidden_dim",
                "64",
                "--char_hidden_dim",
                "48",
                "--word_emb_dim",
                "32",
                "--char_emb_dim",
                "16",
            ),
            *("--save_dir", str(folder / lang / "ner"), "--save_name", f"{PACKAGE}.pt"),
        ]
    )
