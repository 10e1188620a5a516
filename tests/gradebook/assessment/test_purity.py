"""The rules import no Django and nothing else outside the standard library."""

import subprocess
import sys

IMPORT_ALL = """
import importlib, pkgutil, sys
import gradebook.assessment as package
for module in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"{package.__name__}.{module.name}")
foreign = {
    name.partition(".")[0] for name in sys.modules
} - set(sys.stdlib_module_names) - set(sys.builtin_module_names) - {"gradebook", "__main__"}
print(*sorted(foreign))
"""


def test_the_package_needs_only_the_standard_library():
    run = subprocess.run([sys.executable, "-S", "-c", IMPORT_ALL], capture_output=True, text=True, check=True)
    loaded = run.stdout.split()
    assert "django" not in loaded
    assert [name for name in loaded if not name.startswith("_")] == []
