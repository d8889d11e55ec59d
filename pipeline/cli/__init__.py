"""The command line: arguments to Config to the verbs of the package. Only this package prints and exits.

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
from pipeline.cli import codebook, review
from pipeline.cli.terminal import ConfigOption, emit, say
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
app.add_typer(codebook.app, name="codebook")
app.add_typer(review.app, name="review")

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
        say(error)
        raise SystemExit(2) from None
    except DiptychError as error:
        say(error)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        say("interrupted; what is done is kept, the same command goes on with the rest")
        raise SystemExit(130) from None
    except OSError as error:
        say(
            f"{error.filename or 'output'}: {error.strerror}; check the path, its permissions and the free space"
        )
        raise SystemExit(1) from None


def _lang(lang: str | None) -> Any:
    if lang not in (None, "en", "ru"):
        raise ConfigError(f'--lang: unknown language "{lang}"; {suggest(str(lang), ("en", "ru"))}')
    return lang


@app.callback(invoke_without_command=True)
def _options(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        emit(f"diptych {__version__}\n")
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
        say(f"{failure.work}: {failure.stage}: {failure.reason}")
    for line in summary.notes:
        say(line)
    left = f", {summary.left} left alone" if summary.left else ""
    say(
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
        yield lambda outcome, total: pace.tell(outcome, total, say)
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

    emit(annotated.encode(batch.annotate(WorkFiles(id=file.stem, paths=((_lang(lang), file),)), settings)))


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
    emit(data)


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

    emit(
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
    say(f"{folder}: {len(written)} files of kind {to}")


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
    emit(msgspec.json.format(msgspec.json.encode(report, order="sorted"), indent=1) + b"\n")


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
        say(
            "no hand-coded sample, so no estimates: the column predicted is the model's opinion; "
            "diptych plan says how many passages to code"
        )
    emit(msgspec.json.format(msgspec.json.encode(estimates.shares(units, answers, by)), indent=1) + b"\n")


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
        say(f"{sample}: {len(drawn)} passages to code; fill in the column category")
    emit(msgspec.json.format(msgspec.json.encode(plans), indent=1) + b"\n")


@app.command()
def train(
    corpus: Annotated[Path, typer.Argument(help="Folder with labelled passages (*.jsonl).")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the model.")],
    config_file: ConfigOption = None,
) -> None:
    """Train the passage classifier on labelled passages; prints its cross-validated evaluation."""
    settings = config.load(config_file)
    from pipeline.classify import training

    emit(training.train(corpus, out, settings))


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
            say(problem)
        say(f"{path}: {'verified' if not problems else f'{len(problems)} problems'}")
    raise typer.Exit(1 if found else 0)


@app.command()
def schema() -> None:
    """Print the JSON Schema (2020-12) of annotated works."""
    from pipeline.schema import encoded

    emit(encoded())


@app.command()
def doctor(config_file: ConfigOption = None) -> None:
    """Which models and back ends are installed, and how to get the missing ones; exit 1 when a chosen one is missing."""
    settings = config.load(config_file)
    from pipeline import doctor as examination

    lines, healthy = examination.report(settings)
    emit("".join(f"{line}\n" for line in lines))
    raise typer.Exit(0 if healthy else 1)
