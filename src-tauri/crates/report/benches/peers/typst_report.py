"""Typst: PDF/A-3a with its own tags and the snapshot attached. Does not link between sections.

usage: typst_report.py assessment.json FONTS OUT
"""

import json
import sys
import tempfile
from pathlib import Path
from shutil import copy

import typst
from contents import HEADS, Contents

SOURCE = """
#let made = json("contents.json")
#set document(title: made.title, date: datetime(year: 2026, month: 11, day: 22))
#set text(font: "Noto Sans SC", lang: "zh", region: "cn", size: 8.2pt)
#set page(paper: "a4", margin: (x: 18mm, y: 20mm), footer: context align(right, text(7pt)[
  第 #counter(page).display() 页 / 共 #counter(page).final().first() 页]))
#show heading: set text(18pt)
#set table(stroke: (bottom: 0.5pt + rgb("#cfd8db")), inset: 4pt, align: left)
#pdf.attach("assessment.json", relationship: "source", mime-type: "application/json", description: "snapshot")
#text(30pt, weight: "bold", made.title)
#for line in made.lines [ #par(line) ]
#let part(title, name, columns, rows) = {
  pagebreak()
  heading(title)
  table(columns: columns, table.header(..made.heads.at(name).map(strong)), ..rows.flatten())
}
#part("逐项结果", "items", (12%, 12%, 50%, 26%), made.items)
#part("证据清单", "evidence", (12%, 72%, 16%), made.evidence.map(e => (
  e.at(0), [*#e.at(1)* #linebreak() #e.at(2) #linebreak() #text(6.6pt, e.at(3)) #linebreak() 使用条目：#e.at(5)], e.at(4))))
#part("整改任务", "tasks", (9%, 11%, 44%, 14%, 12%, 10%), made.tasks)
"""

path, fonts, out = sys.argv[1:]
made = Contents(path)
with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    lines = [made.organization, made.scope, *made.lines]
    made = {**vars(made), "lines": lines, "heads": HEADS}
    (folder / "contents.json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    (folder / "report.typ").write_text(SOURCE, encoding="utf-8")
    copy(path, folder / "assessment.json")
    typst.compile(
        str(folder / "report.typ"), output=out, root=str(folder), font_paths=[fonts], ignore_system_fonts=True,
        pdf_standards=["a-3a"],
    )
