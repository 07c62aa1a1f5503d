"""The known facts of the samples, written anew: read the difference, for each row is a claim.

python -m tests.bench.samples
"""

from __future__ import annotations

import json
from pathlib import Path

from collectors.analyzers import ANALYZERS, SELF_PROVING
from collectors.process.worker import encode
from quality.catalogue.recipes import load_recipe, recipe_ids
from quality.model.facts import Blob

SAMPLES = Path("collectors/process/samples")


def main() -> None:
    """Measure each sample with every analyzer that proves itself on it."""
    recipe = load_recipe(recipe_ids()[-1])
    parts = list[str]()
    for analyzer in sorted(ANALYZERS.keys() - SELF_PROVING.keys()):
        lines = list[str]()
        for sample in sorted(SAMPLES.glob("*.txt")):
            if recipe.part(analyzer).reads(sample.stem):
                blob = Blob("", sample.stem, sample.read_bytes())
                (facts,) = ANALYZERS[analyzer].measure([blob], recipe)
                if facts.reason:
                    raise SystemExit(f"{sample}: {analyzer}: {facts.reason}")
                rows = json.loads(encode(facts))[4]
                lines.append(f'  "{sample.stem}": {json.dumps(rows)}')
        parts.append(f' "{analyzer}": {{\n' + ",\n".join(lines) + "\n }")
    (SAMPLES / "facts.json").write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
