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
