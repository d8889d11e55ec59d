"""The command line: arguments to Config to the verbs of the package. Only this module prints and exits.

Standard output carries data; messages and progress go to standard error. Exit codes: 0 done, 1 some work failed,
2 usage or configuration error. Imports stand inside the commands, so that `diptych align` loads no parser.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import __version__, config
from pipeline.errors import ConfigError, DiptychError, suggest

if TYPE_CHECKING:
    from pipeline.run import Outcome

app = typer.Typer(
    name="diptych",
    help="Compare the English and Russian versions of political texts and code their passages by a typology of causes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
codebook_app = typer.Typer(help="Check a codebook, or compare two versions of one.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")
review_app = typer.Typer(
    help="Send the least certain findings to people, and take their corrections back.", no_args_is_help=True
)
app.add_typer(review_app, name="review")

ConfigOption = Annotated[
    Path | None, typer.Option("--config", "-c", help="TOML file with the keys to change.", metavar="FILE")
]
LangOption = Annotated[
    str | None, typer.Option("--lang", help="en or ru; recognised when not given.", metavar="LANG")
]
FirstPath = Annotated[Path, typer.Argument(help="The English version, or the first edition.", metavar="EN")]
SecondPath = Annotated[Path, typer.Argument(help="The Russian version, or the second edition.", metavar="RU")]


def main() -> None:
    """Run the command line; a user's mistake is one line on standard error, never a traceback."""
    try:
        app()
    except ConfigError as error:
        _say(error)
        raise SystemExit(2) from None
    except DiptychError as error:
        _say(error)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        _say("interrupted; what is done is kept, the same command goes on with the rest")
        raise SystemExit(130) from None
    except OSError as error:
        _say(
            f"{error.filename or 'output'}: {error.strerror}; check the path, its permissions and the free space"
        )
        raise SystemExit(1) from None


def _say(message: object) -> None:
    print(f"diptych: {message}", file=sys.stderr)


def _emit(data: bytes | str) -> None:
    sys.stdout.buffer.write(data.encode() if isinstance(data, str) else data)
    sys.stdout.buffer.flush()


def _lang(lang: str | None) -> Any:
    if lang not in (None, "en", "ru"):
        raise ConfigError(f'--lang: unknown language "{lang}"; {suggest(str(lang), ("en", "ru"))}')
    return lang


@app.callback(invoke_without_command=True)
def _options(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        _emit(f"diptych {__version__}\n")
        raise typer.Exit


@app.command()
def run(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders; NAME.en.EXT and NAME.ru.EXT make one work.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for works, tables and report.")],
    config_file: ConfigOption = None,
    workers: Annotated[
        int, typer.Option(help="Processes; each holds its own models (about 1 GB).", min=0)
    ] = 1,
    engine: Annotated[
        str,
        typer.Option(
            help='local, or ray for a cluster (pip install "diptych[ray]"; --workers 0: all of it).'
        ),
    ] = "local",
    only_failed: Annotated[
        bool, typer.Option("--only-failed", help="Only works that failed or were not done before.")
    ] = False,
    since: Annotated[
        str,
        typer.Option(help="Only works whose files changed since then: 2024-03-31, 12h, 7d.", metavar="WHEN"),
    ] = "",
) -> None:
    """Annotate all documents: OUT/works/ID.json, OUT/tables/, OUT/report/, OUT/failures.jsonl, OUT/log.jsonl, OUT/run.json.

    What an earlier run into OUT made holds as long as texts, settings, codebook, models and code are the same; a killed
    run is gone on with by the same command.
    """
    settings = config.load(config_file)
    from pipeline import run as batch

    with _progress() as on_done:
        summary = batch.run(
            paths,
            out,
            settings,
            workers=workers,
            engine=engine,
            only_failed=only_failed,
            since=since,
            on_done=on_done,
        )
    for failure in summary.failures:
        _say(f"{failure.work}: {failure.stage}: {failure.reason}")
    for line in summary.notes:
        _say(line)
    left = f", {summary.left} left alone" if summary.left else ""
    _say(
        f"{summary.works} works, {summary.written} written ({summary.reused} unchanged), {summary.failed} failed{left}; open {out / 'report' / 'index.html'}"
    )
    raise typer.Exit(1 if summary.failures else 0)


@contextmanager
def _progress() -> "Iterator[Callable[[Outcome, int], None]]":
    """Progress on standard error with rate and time left: a bar on a terminal, a line every half minute elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline.batch.progress import Pace

    pace = Pace()
    if not sys.stderr.isatty():
        yield lambda outcome, total: pace.tell(outcome, total, _say)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("works", total=None, rate="")

        def on_done(outcome: "Outcome", total: int) -> None:
            pace.count(outcome)
            bar.update(task, advance=1, total=total, description=outcome.work[:40], rate=pace.rate())

        yield on_done


@app.command()
def annotate(file: Path, lang: LangOption = None, config_file: ConfigOption = None) -> None:
    """Annotate one file; the JSON goes to standard output."""
    settings = config.load(config_file)
    from pipeline import run as batch
    from pipeline.export import annotated
    from pipeline.ingest import WorkFiles

    _emit(annotated.encode(batch.annotate(WorkFiles(id=file.stem, paths=((_lang(lang), file),)), settings)))


@app.command()
def compare(
    first: FirstPath,
    second: SecondPath,
    lang: LangOption = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Also write the side-by-side report.", metavar="FILE")
    ] = None,
    config_file: ConfigOption = None,
) -> None:
    """Compare two versions, or two editions in one language; the JSON goes to standard output."""
    settings = config.load(config_file)
    from pipeline import report
    from pipeline import run as batch
    from pipeline.export import annotated
    from pipeline.ingest import WorkFiles

    paths = ((_lang(lang), first), (_lang(lang), second))
    work = batch.annotate(WorkFiles(id=first.name.split(".")[0], paths=paths, apart=True), settings)
    data = annotated.encode(work)
    if html:
        annotated.write_bytes(report.single(work).encode(), html)
    _emit(data)


@app.command()
def align(
    first: FirstPath,
    second: SecondPath,
    lang: LangOption = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="One sentence a line; indices are line numbers from 0.")
    ] = False,
    format: Annotated[str, typer.Option("--format", help="json, vecalign, ladder, tmx or tsv")] = "json",
    model: Annotated[
        Path | None,
        typer.Option("--vectors", help="Folder of a sentence-transformers model whose vectors count too."),
    ] = None,
    config_file: ConfigOption = None,
) -> None:
    """Align two versions or editions by sentence; paragraphs too when the inputs are documents."""
    settings = config.load(config_file)
    from pipeline.align import command

    _emit(
        command.align_files(
            first, second, lang=_lang(lang), lines=lines, format=format, config=settings, model=model
        )
    )


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="The folder that diptych run wrote.")],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="csv, parquet, duckdb; tmx, vecalign, ladder, tsv; brat, cas, cas-json, labelstudio, webannotation; conllu, docbin; graphml; refi",
        ),
    ],
    folder: Annotated[Path, typer.Option("--output", "-o", help="Folder to write to.")],
    config_file: ConfigOption = None,
) -> None:
    """Write finished works in one of the field's formats."""
    settings = config.load(config_file)
    from pipeline import export as exports

    written = exports.export(out, to, folder, settings)
    _say(f"{folder}: {len(written)} files of kind {to}")


@app.command()
def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(help="Folders with NAME.en.txt, NAME.ru.txt, NAME.gold.json.")
    ],
    methods: Annotated[
        Path | None,
        typer.Option(help="Also write a methods appendix, ready to attach to a paper.", metavar="FILE.md"),
    ] = None,
    config_file: ConfigOption = None,
) -> None:
    """Score against gold: precision, recall, F1 by layer and language, reliability, calibration; JSON on standard output."""
    settings = config.load(config_file)
    import msgspec

    from pipeline import evaluate as evaluation
    from pipeline import run as batch
    from pipeline.document import digest
    from pipeline.ingest import WorkFiles

    last: list[Any] = []

    def annotated_pair(id: str, en: Path, ru: Path) -> Any:
        work = batch.annotate(WorkFiles(id=id, paths=(("en", en), ("ru", ru))), settings)
        last[:] = [work.run]
        return work

    report = evaluation.gold(gold, annotated_pair)
    if methods:
        hashes = {path.name: digest(path.read_bytes()) for path in evaluation.gold_files(gold)}
        methods.write_text(evaluation.methods(report, last[0], hashes), encoding="utf-8")
    _emit(msgspec.json.format(msgspec.json.encode(report, order="sorted"), indent=1) + b"\n")


@app.command()
def estimate(
    out: Annotated[Path, typer.Argument(help="The folder that diptych run wrote.")],
    coded: Annotated[
        Path | None,
        typer.Option(help="Hand-coded sample: CSV with the columns work, passage, category.", metavar="CSV"),
    ] = None,
    by: Annotated[str | None, typer.Option(help="country, year, outlet or work")] = None,
    lang: LangOption = None,
) -> None:
    """Shares of categories with intervals, corrected by a hand-coded sample; JSON on standard output."""
    import msgspec

    from pipeline import estimate as estimates

    if by is not None and by not in estimates.BY:
        raise ConfigError(f'--by: unknown "{by}"; {suggest(by, tuple(estimates.BY))}')
    units = estimates.population(out, _lang(lang))
    answers = estimates.read_coded(coded, units) if coded else ()
    if not answers:
        _say(
            "no hand-coded sample, so no estimates: the column predicted is the model's opinion; "
            "diptych plan says how many passages to code"
        )
    _emit(msgspec.json.format(msgspec.json.encode(estimates.shares(units, answers, by)), indent=1) + b"\n")


@app.command()
def plan(
    out: Annotated[Path, typer.Argument(help="The folder that diptych run wrote.")],
    width: Annotated[float, typer.Option(help="Wanted width of the 95 % interval, such as 0.1.")] = 0.1,
    coded: Annotated[
        Path | None, typer.Option(help="A pilot sample that is coded already.", metavar="CSV")
    ] = None,
    sample: Annotated[
        Path | None, typer.Option(help="Also draw that many passages at random to code.", metavar="CSV")
    ] = None,
    lang: LangOption = None,
) -> None:
    """How many passages to code by hand for an interval of the wanted width; JSON on standard output."""
    import msgspec

    from pipeline import estimate as estimates
    from pipeline.estimate.coded import write_sample

    if not 0 < width < 1:
        raise ConfigError(
            f"--width: {width} is no width of a share; give a number between 0 and 1, such as 0.1"
        )
    units = estimates.population(out, _lang(lang))
    plans = estimates.plan(units, width, estimates.read_coded(coded, units) if coded else ())
    if sample:
        drawn, probability = estimates.draw(units, max(p.needed for p in plans))
        write_sample(drawn, probability, sample)
        _say(f"{sample}: {len(drawn)} passages to code; fill in the column category")
    _emit(msgspec.json.format(msgspec.json.encode(plans), indent=1) + b"\n")


@app.command()
def train(
    corpus: Annotated[Path, typer.Argument(help="Folder with labelled passages (*.jsonl).")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the model.")],
    config_file: ConfigOption = None,
) -> None:
    """Train the passage classifier on labelled passages; prints its cross-validated evaluation."""
    settings = config.load(config_file)
    from pipeline.classify import training

    _emit(training.train(corpus, out, settings))


@app.command()
def verify(
    works: Annotated[list[Path], typer.Argument(help="Annotated works, OUT/works/*.json.")],
    config_file: ConfigOption = None,
) -> None:
    """Re-derive every span, number and hash from the sources; exit 1 on any mismatch."""
    settings = config.load(config_file)
    from pipeline.export import annotated
    from pipeline.verify import verify as problems_of

    found = 0
    for path in works:
        problems = problems_of(annotated.read(path), settings)
        found += bool(problems)
        for problem in problems:
            _say(problem)
        _say(f"{path}: {'verified' if not problems else f'{len(problems)} problems'}")
    raise typer.Exit(1 if found else 0)


@codebook_app.command("check")
def codebook_check(file: Path) -> None:
    """Lint a codebook; exit 1 when it has errors."""
    from pipeline import codebook

    problems = codebook.check(file)
    for problem in problems:
        _say(f"{file}: {problem}")
    _say(f"{file}: {'no problems' if not problems else f'{len(problems)} problems'}")
    raise typer.Exit(1 if problems else 0)


@codebook_app.command("diff")
def codebook_diff(old: Path, new: Path) -> None:
    """What changed between two versions of a codebook, and which annotations go stale."""
    from pipeline import codebook

    _emit(
        "".join(f"{change}\n" for change in codebook.diff(codebook.load(str(old)), codebook.load(str(new))))
    )


RunFolder = Annotated[Path, typer.Argument(help="The folder that diptych run wrote.", metavar="OUT")]


@review_app.command("export")
def review_export(
    out: RunFolder,
    folder: Annotated[Path, typer.Option("--output", "-o", help="Folder for the queue.")],
    to: Annotated[str, typer.Option("--to", help="labelstudio or inception")] = "labelstudio",
    number: Annotated[int, typer.Option(help="Items of each layer, the most doubtful first.", min=1)] = 50,
    layer: Annotated[list[str] | None, typer.Option(help="passages, statements, differences; all.")] = None,
    config_file: ConfigOption = None,
) -> None:
    """Write a queue of the least certain passages, statements and differences."""
    settings = config.load(config_file)
    from pipeline.review import command

    written = command.export(out, folder, to, number, layer or [], settings)
    _say(f"{folder}: {len(written)} files for {to}")


@review_app.command("import")
def review_import(
    out: RunFolder,
    files: Annotated[list[Path], typer.Argument(help="Label Studio's JSON or INCEpTION's XMI.")],
    reviewer: Annotated[str, typer.Option(help="Who answered; needed for XMI.")] = "",
) -> None:
    """Keep reviewers' answers in OUT/reviews.jsonl, apart from what the machine found; the report shows both."""
    from pipeline import report
    from pipeline.review import command

    number, path = command.take_in(out, files, reviewer)
    pages = report.write_reviewed(out)
    _say(f"{path}: {number} answers taken in; {len(pages)} pages of the report show them")


@review_app.command("agreement")
def review_agreement(out: RunFolder) -> None:
    """Krippendorff's alpha between reviewers and with the machine; JSON on standard output."""
    from pipeline.review import command

    _emit(command.agreement(out))


@review_app.command("labelled")
def review_labelled(
    out: RunFolder, file: Annotated[Path, typer.Option("--output", "-o", help="A .jsonl file.")]
) -> None:
    """Write the reviewed passages as labelled ones, for diptych train."""
    from pipeline.review import command

    _say(f"{file}: {command.training_data(out, file)} labelled passages")


@app.command()
def schema() -> None:
    """Print the JSON Schema (2020-12) of annotated works."""
    from pipeline.schema import encoded

    _emit(encoded())


@app.command()
def doctor(config_file: ConfigOption = None) -> None:
    """Which models and back ends are installed, and how to get the missing ones; exit 1 when a chosen one is missing."""
    settings = config.load(config_file)
    from pipeline import doctor as examination

    lines, healthy = examination.report(settings)
    _emit("".join(f"{line}\n" for line in lines))
    raise typer.Exit(0 if healthy else 1)
