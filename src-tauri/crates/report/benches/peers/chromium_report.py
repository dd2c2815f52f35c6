"""Chromium print-to-pdf: tagged, with an outline. Does not do PDF/A, attach the snapshot or name the language in XMP.

usage: chromium_report.py assessment.json FONTS OUT
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from page import html

json, fonts, out = sys.argv[1:]
browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if browser is None:
    sys.exit("no chromium on this machine")
with tempfile.TemporaryDirectory() as folder:
    page = Path(folder) / "page.html"
    page.write_text(html(json, fonts), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline"]
    options += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={Path(out).absolute()}"]
    subprocess.run([browser, *options, page.as_uri()], check=True, stderr=subprocess.DEVNULL)
