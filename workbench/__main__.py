"""The console script: starts fast and dispatches; a command's module is imported only when it is chosen."""

from __future__ import annotations


def main() -> None:
    """Run the command line; the exit status is the process's."""
    try:
        from workbench.cli.main import run

        status = run()
    except KeyboardInterrupt:  # before the command line could take it
        status = 130
    raise SystemExit(status)


if __name__ == "__main__":
    main()
