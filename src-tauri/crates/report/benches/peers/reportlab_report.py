"""ReportLab platypus: plain tables. Does not do tags, PDF/A, an attachment or Chinese line breaking beyond wordWrap=CJK.

usage: reportlab_report.py assessment.json FONTS OUT
"""

import sys
from html import escape

from contents import HEADS, Contents
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate

json, fonts, out = sys.argv[1:]
for name, file in (("Sans", "NotoSansSC-Regular"), ("Sans-Bold", "NotoSansSC-Bold")):
    pdfmetrics.registerFont(TTFont(name, f"{fonts}/{file}.ttf"))
pdfmetrics.registerFontFamily("Sans", normal="Sans", bold="Sans-Bold", italic="Sans", boldItalic="Sans-Bold")
CELL = ParagraphStyle("cell", fontName="Sans", fontSize=8.2, leading=11.6, wordWrap="CJK")
HEAD = ParagraphStyle("head", CELL, fontName="Sans-Bold")
TITLE = ParagraphStyle("title", CELL, fontName="Sans-Bold", fontSize=18, leading=26, spaceAfter=16)
LOOK = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor("#cfd8db")),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8f0f0")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def table(name, widths, rows):
    cells = [[Paragraph(h, HEAD) for h in HEADS[name]]]
    cells += [[Paragraph(c, CELL) for c in row] for row in rows]
    return LongTable(cells, colWidths=[w * 4.9 for w in widths], repeatRows=1, splitByRow=1, style=LOOK)


def foot(canvas, document):
    canvas.setFont("Sans", 7)
    canvas.drawRightString(544, 38, f"第 {document.page} 页")


made = Contents(json)
story = [Paragraph(escape(made.title), TITLE)]
story += [Paragraph(escape(line), CELL) for line in [made.organization, made.scope, *made.lines]]
for title, part in (
    ("逐项结果", table("items", (12, 12, 50, 26), [[escape(c) for c in row] for row in made.items])),
    ("证据清单", table("evidence", (12, 72, 16), [
        (n, f"<b>{escape(t)}</b><br/>{escape(f)}<br/>{h}<br/>使用条目：{escape(u)}", d) for n, t, f, h, d, u in made.evidence
    ])),
    ("整改任务", table("tasks", (9, 11, 44, 14, 12, 10), [[escape(c) for c in row] for row in made.tasks])),
):
    story += [PageBreak(), Paragraph(title, TITLE), part]
SimpleDocTemplate(out, pagesize=A4, leftMargin=51, rightMargin=51, topMargin=57, bottomMargin=57).build(
    story, onFirstPage=foot, onLaterPages=foot
)
