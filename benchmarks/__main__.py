"""Runs every benchmark beside this file, or those named: `python -m benchmarks redlines`."""

import sys
from importlib import import_module
from pkgutil import iter_modules

from rich.console import Console
from rich.table import Table

import benchmarks


def main(wanted: list[str]) -> int:
    found = {
        info.name: import_module(f"benchmarks.{info.name}")
        for info in iter_modules(benchmarks.__path__)
        if info.name != "__main__"
    }
    runnable = {name: module for name, module in found.items() if hasattr(module, "measure")}
    unknown = [name for name in wanted if name not in runnable]
    if unknown:
        print(
            f"There is no benchmark {', '.join(unknown)}; there are {', '.join(runnable)}.",
            file=sys.stderr,
        )
        return 2
    table = Table("step", "ms", "reference", "ms", "times", "answer")
    for name, module in runnable.items():
        if not wanted or name in wanted:
            for one in module.measure():
                times = (
                    f"{one.seconds * 1000:.1f}",
                    one.reference,
                    f"{one.reference_seconds * 1000:.1f}",
                    f"{one.ratio:.2f}",
                )
                table.add_row(one.name, *times, one.quality)
    Console(width=160).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
