"""Command line of the training: `fit`, then `package`, then `tune`; `predict` and `rank` write what scorers read."""

from __future__ import annotations

import argparse
import logging
from dataclasses import fields
from pathlib import Path

from workbench.extract.train import steps
from workbench.extract.train.fit import Plan


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m workbench.extract.train", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="train and write a checkpoint")
    fit.add_argument("--polnear", type=Path, required=True, help="folder with train/ and dev/")
    fit.add_argument("--sentences", type=Path, required=True, help="ct24_train.jsonl.gz")
    fit.add_argument("--out", type=Path, required=True)
    fit.add_argument("--hold-out", action="store_true", help="keep a tenth of train and a fold of sentences unseen")
    fit.add_argument("--start", type=Path, help="go on from this checkpoint instead of the base model")
    fit.add_argument("--threads", type=int, default=2)
    for setting in fields(Plan):
        default = getattr(Plan(), setting.name)
        fit.add_argument(f"--{setting.name.replace('_', '-')}", type=type(default), default=default)
    average = commands.add_parser("average", help="mean of several checkpoints")
    average.add_argument("checkpoints", type=Path, nargs="+")
    average.add_argument("--out", type=Path, required=True)
    package = commands.add_parser("package", help="checkpoint -> model folder")
    package.add_argument("checkpoint", type=Path)
    package.add_argument("folder", type=Path)
    package.add_argument("--version", required=True)
    package.add_argument("--date", required=True)
    package.add_argument("--settings-from", type=Path, help="a tuned model folder")
    tune = commands.add_parser("tune", help="tune decoding on held-out articles")
    tune.add_argument("folder", type=Path)
    tune.add_argument("--polnear", type=Path, required=True)
    predict = commands.add_parser("predict", help="attributions of a split, for the scorer")
    predict.add_argument("folder", type=Path)
    predict.add_argument("--polnear", type=Path, required=True)
    predict.add_argument("--split", default="dev")
    predict.add_argument("--out", type=Path, required=True)
    rank = commands.add_parser("rank", help="check-worthiness of sentences, for the scorer")
    rank.add_argument("folder", type=Path)
    rank.add_argument("--sentences", type=Path, required=True)
    rank.add_argument("--held-out", action="store_true")
    rank.add_argument("--out", type=Path, required=True)
    golden = commands.add_parser("golden", help="rewrite the reference outputs of the tests")
    golden.add_argument("folder", type=Path)
    golden.add_argument("--cases", type=Path, default=Path("tests/golden/attribution.json"))
    return parser


def _fit(arguments: argparse.Namespace) -> None:
    plan = Plan(**{setting.name: getattr(arguments, setting.name) for setting in fields(Plan)})
    sources = steps.Sources(arguments.polnear, arguments.sentences, arguments.start, arguments.hold_out)
    steps.fit(sources, arguments.out, plan, arguments.threads)


def _run(arguments: argparse.Namespace) -> None:
    match arguments.command:
        case "fit":
            _fit(arguments)
        case "average":
            steps.average(arguments.checkpoints, arguments.out)
        case "package":
            steps.package(
                arguments.checkpoint, arguments.folder, arguments.version, arguments.date, arguments.settings_from
            )
        case "tune":
            steps.tune_folder(arguments.polnear, arguments.folder)
        case "predict":
            steps.predict(arguments.polnear, arguments.folder, arguments.split, arguments.out)
        case "rank":
            steps.rank(arguments.sentences, arguments.folder, arguments.out, arguments.held_out)
        case "golden":
            steps.golden(arguments.folder, arguments.cases)


def main() -> None:
    """Run one step."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _run(_parser().parse_args())


if __name__ == "__main__":
    main()
