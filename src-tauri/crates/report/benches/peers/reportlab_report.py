"""ReportLab platypus: tables, contents, bookmarks and links. Does not do tags, PDF/A, an attachment or Chinese line breaking
beyond wordWrap=CJK.

usage: reportlab_report.py FOLDER FONTS OUT
"""

import json
import sys
from html import escape
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, PageBreak, PageTemplate, Paragraph
from reportlab.platypus.tableofcontents import TableOfContents

source, fonts, out = sys.argv[1:]
for name, file in (("Sans", "NotoSansSC-Regular"), ("Sans-Bold", "NotoSansSC-Bold")):
    pdfmetrics.registerFont(TTFont(name, f"{fonts}/{file}.ttf"))
pdfmetrics.registerFontFamily("Sans", normal="Sans", bold="Sans-Bold", italic="Sans", boldItalic="Sans-Bold")
CELL = ParagraphStyle("cell", fontName="Sans", fontSize=8.2, leading=11.6, wordWrap="CJK")
BOLD = ParagraphStyle("bold", CELL, fontName="Sans-Bold")
HEADS = {
    1: ParagraphStyle("h1", BOLD, fontSize=18, leading=26, spaceAfter=16),
    2: ParagraphStyle("h2", BOLD, fontSize=12.5, leading=18, spaceBefore=14, spaceAfter=6, keepWithNext=1),
}
LOOK = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor("#cfd8db")),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8f0f0")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
MARKUP = {
    "plain": "%s", "bold": "<b>%s</b>", "title": '<font size="8.8">%s</font>', "soft": '<font size="7.6" color="#55636b">%s</font>',
    "strong": '<font size="7.6" color="#55636b"><b>%s</b></font>', "hash": '<font size="6.6" color="#55636b">%s</font>',
    "mark": '<font size="7.6" color="#15803d"><b>%s</b></font>',
}


class Report(BaseDocTemplate):
    total = 0

    def afterFlowable(self, flowable):
        level = {"h1": 0, "h2": 1}.get(getattr(flowable, "style", CELL).name)
        if level is not None and hasattr(flowable, "anchor"):
            self.canv.bookmarkPage(flowable.anchor)
            self.canv.addOutlineEntry(flowable.getPlainText(), flowable.anchor, level)
            self.notify("TOCEntry", (level, flowable.getPlainText(), self.page, flowable.anchor))


def piece(style, words, to):
    body = MARKUP[style] % escape(words)
    return f'<a href="#{to}">{body}</a>' if to else body


def cell(paragraphs, name=""):
    made_cell = [Paragraph("".join(piece(*p) for p in pieces), CELL) for pieces in paragraphs]
    if name:
        made_cell[0] = Paragraph(f'<a name="{name}"/>' + "".join(piece(*p) for p in paragraphs[0]), CELL)
    return made_cell


def table(widths, head, rows):
    cells = [[Paragraph(h, BOLD) for h in head]]
    look = list(LOOK)
    for name, columns in rows:
        if len(columns) == 1:
            look.append(("SPAN", (0, len(cells)), (-1, len(cells))))
            cells.append([cell(columns[0])] + [""] * (len(widths) - 1))
        else:
            cells.append([cell(c, name if i == 0 else "") for i, c in enumerate(columns)])
    return LongTable(cells, colWidths=[w * 4.9 for w in widths], repeatRows=1, splitByRow=1, style=look)


def furniture(canvas, document):
    canvas.setFont("Sans", 7.2)
    canvas.drawString(51, 801, made["organization"])
    canvas.drawRightString(544, 801, made["confidentiality"])
    canvas.drawString(51, 38, made["foot"])
    canvas.drawRightString(544, 38, f"第 {document.page} 页 / 共 {document.total} 页")
    canvas.setFont("Sans", 5.8)
    canvas.drawString(51, 28, made["root"])
    document.total = max(document.total, document.page)


made = json.loads((Path(source) / "document.json").read_text(encoding="utf-8"))
story = [Paragraph(escape(made["title"]), HEADS[1]), Paragraph(escape(made["organization"]), CELL)]
story += [Paragraph(f"{escape(a)}　{escape(b)}", CELL) for a, b in made["cover"]]
for place, block in enumerate(made["blocks"]):
    match block:
        case ["heading", level, text]:
            head = Paragraph(escape(text), HEADS[level])
            head.anchor = f"head-{place}"
            story += [PageBreak(), head] if level == 1 else [head]
        case ["para", text]:
            story.append(Paragraph(escape(text), CELL))
        case ["contents"]:
            story += [PageBreak(), Paragraph("目录", HEADS[1]), TableOfContents(levelStyles=[BOLD, CELL])]
        case ["table", widths, head, rows]:
            story.append(table(widths, head, rows))
report = Report(out, pagesize=A4)
report.addPageTemplates(PageTemplate(frames=[Frame(51, 57, 493, 728, 0, 0, 0, 0)], onPage=furniture))
report.multiBuild(story)
