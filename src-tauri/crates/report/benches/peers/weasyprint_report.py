"""WeasyPrint: PDF/A-3a with its own tags, contents, bookmarks, links and the snapshot attached.

usage: weasyprint_report.py FOLDER FONTS OUT
"""

import sys

from page import html
from weasyprint import HTML, Attachment

source, fonts, out = sys.argv[1:]
HTML(string=html(source, fonts)).write_pdf(
    out, pdf_variant="pdf/a-3a", attachments=[Attachment(filename=f"{source}/assessment.json", relationship="Source")]
)
