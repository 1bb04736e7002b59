"""The house: who may import whom, and what the first keypress may cost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("textual", "sqlmodel", "sqlalchemy", "alembic", "rapidfuzz", "onnxruntime", "trafilatura", "jinja2", "numpy")


def _modules_after(code: str) -> set[str]:
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.partition(".")[0] for name in done.stderr.split()}


def test_import_directions_are_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.returncode == 0, done.stdout


def test_a_forbidden_import_would_be_found(tmp_path: Path) -> None:
    package = tmp_path / "workbench"
    for room in ("tui", "services"):
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").write_text("")
    (package / "__init__.py").write_text("")
    (package / "services" / "__init__.py").write_text("import workbench.tui\n")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = workbench\n[importlinter:contract:1]\nname = down\ntype = layers\n"
        "layers =\n    workbench.tui\n    workbench.services\n"
    )
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", ".importlinter"]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, check=False, env={"PYTHONPATH": str(tmp_path)}
    )

    assert done.returncode == 1
    assert "workbench.services -> workbench.tui" in done.stdout


def test_help_loads_no_heavy_library() -> None:
    loaded = _modules_after("sys.argv = ['workbench', '--help']; from workbench.__main__ import main; main()")

    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_lists_and_cards_load_no_heavy_library() -> None:
    loaded = _modules_after("import workbench.services.lists, workbench.services.show")

    assert loaded.isdisjoint(HEAVY)


# Rooms and modules of ours that the desk's first frame needs: another one makes it late for everybody.
BEFORE_THE_FIRST_FRAME = (
    *("actions", "cli.groups", "cli.main", "cli.messages", "cli.output", "cli.settings"),
    *("config", "errors", "text", "tui.app", "tui.key_order", "tui.keys", "tui.leaving", "tui.lines"),
    *("tui.reading", "tui.safety", "tui.saying", "tui.screens.claim_actions", "tui.screens.claim_dialogs"),
    *(
        "tui.screens.desk_screen",
        "tui.screens.explaining",
        "tui.screens.filtering",
        "tui.screens.queue",
        "tui.screens.registry",
    ),
    *("tui.screens.selecting", "tui.selection", "tui.state", "tui.tasks", "tui.themes"),
    *("tui.widgets.claim_list", "tui.widgets.hint_bar", "tui.widgets.ink", "tui.widgets.line_pane"),
    *("tui.widgets.paged_list", "tui.wrapping"),
)


def test_the_first_frame_of_the_desk_imports_only_what_it_shows() -> None:
    script = "import sys, workbench.cli.main, workbench.tui.app\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    rooms = {"workbench", "workbench.cli", "workbench.tui", "workbench.tui.screens", "workbench.tui.widgets"}
    loaded = {name for name in done.stdout.split() if name.startswith("workbench")} - rooms

    assert set() == loaded - {f"workbench.{name}" for name in BEFORE_THE_FIRST_FRAME}
