"""WeasyPrint: PDF/A-3a with its own tags and the snapshot attached. Does not link between sections.

usage: weasyprint_report.py assessment.json FONTS OUT
"""

import sys

from page import html
from weasyprint import HTML, Attachment

json, fonts, out = sys.argv[1:]
HTML(string=html(json, fonts)).write_pdf(
    out, pdf_variant="pdf/a-3a", attachments=[Attachment(filename=json, relationship="Source")]
)
