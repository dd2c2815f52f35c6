#!/usr/bin/env python3
"""Draws the icons of this folder. Run by hand when the drawing changes: `python3 draw.py` (needs Pillow)."""
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

HERE = Path(__file__).parent
SIDE = 1024  # the design grid; everything below is in its units
OVER = 2  # supersampling


def scaled(*values):
    return [v * OVER for v in values]


def ground():
    """A deep teal square with round corners, a little lighter at the top."""
    side = SIDE * OVER
    fade = Image.new("RGB", (1, side))
    top, bottom = (17, 122, 118), (8, 74, 80)
    for y in range(side):
        t = y / (side - 1)
        fade.putpixel((0, y), tuple(round(a + (b - a) * t) for a, b in zip(top, bottom)))
    mask = Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).rounded_rectangle(scaled(48, 48, 976, 976), radius=216 * OVER, fill=255)
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    image.paste(fade.resize((side, side)), (0, 0), mask)
    return image


def sheet(image):
    """A white sheet with a folded corner, its soft shadow and three ruled lines."""
    side = SIDE * OVER
    shadow = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    ImageDraw.Draw(shadow).rounded_rectangle(scaled(292, 226, 752, 846), radius=44 * OVER, fill=(0, 32, 36, 110))
    image.alpha_composite(shadow.filter(ImageFilter.GaussianBlur(22 * OVER)))
    paper = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(paper)
    draw.rounded_rectangle(scaled(280, 186, 744, 838), radius=48 * OVER, fill=(255, 255, 255, 255))
    # Cut the corner, then lay the fold over it.
    draw.polygon([tuple(scaled(*p)) for p in [(604, 180), (750, 180), (750, 326)]], fill=(0, 0, 0, 0))
    draw.polygon([tuple(scaled(*p)) for p in [(604, 186), (604, 326), (744, 326)]], fill=(178, 216, 213, 255))
    for y, right in [(330, 530), (414, 640)]:
        draw.rounded_rectangle(scaled(352, y, right, y + 30), radius=15 * OVER, fill=(196, 222, 221, 255))
    image.alpha_composite(paper)


def check(image):
    """The tick: one stroke with round ends, in the green of 符合."""
    draw = ImageDraw.Draw(image)
    points = [(372, 636), (478, 738), (664, 520)]
    width = 76
    draw.line([tuple(scaled(*p)) for p in points], fill=(13, 126, 112, 255), width=width * OVER, joint="curve")
    for x, y in (points[0], points[-1]):
        r = width / 2
        draw.ellipse(scaled(x - r, y - r, x + r, y + r), fill=(13, 126, 112, 255))


image = ground()
sheet(image)
check(image)
for name, side in [("icon.png", 512), ("128x128@2x.png", 256), ("128x128.png", 128), ("64x64.png", 64), ("32x32.png", 32)]:
    image.resize((side, side), Image.LANCZOS).save(HERE / name, optimize=True)
image.resize((256, 256), Image.LANCZOS).save(
    HERE / "icon.ico", sizes=[(s, s) for s in (16, 24, 32, 48, 64, 128, 256)]
)
