"""Makes the screenshots small enough to keep: 96 colours each, dialogs in one size only. Needs Pillow.

python3 screens/smaller.py FROM TO   (FROM = `--out` of shoot.mjs, TO = tests/screenshots)
"""

import sys
from pathlib import Path

from PIL import Image

ONE_SIZE = {"wizard", "palette", "finding-dialog", "task-dialog", "assess-selected"}
source, target = Path(sys.argv[1]), Path(sys.argv[2])
target.mkdir(parents=True, exist_ok=True)
for shot in sorted(source.glob("*.png")):
    scene, _theme, size = shot.stem.rsplit("-", 2)
    if scene in ONE_SIZE and size != "1440x900":
        continue
    image = Image.open(shot).convert("RGB")
    # The method that keeps rare hues: there are few red pixels on a screen, and they matter.
    image = image.quantize(96, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    image.save(target / shot.name, optimize=True)
