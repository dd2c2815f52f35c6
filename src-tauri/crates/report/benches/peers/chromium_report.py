"""Chromium print-to-pdf: tagged, with bookmarks and links. Does not do page numbers in the contents, PDF/A or the attachment.

usage: chromium_report.py FOLDER FONTS OUT
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from page import html

source, fonts, out = sys.argv[1:]
browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if browser is None:
    sys.exit("no chromium on this machine")
with tempfile.TemporaryDirectory() as folder:
    page = Path(folder) / "page.html"
    page.write_text(html(source, fonts), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline"]
    options += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={Path(out).absolute()}"]
    subprocess.run([browser, *options, page.as_uri()], check=True, stderr=subprocess.DEVNULL)
