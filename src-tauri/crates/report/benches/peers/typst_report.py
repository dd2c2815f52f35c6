"""Typst: PDF/A-3a with its own tags, contents, bookmarks, links and the snapshot attached.

usage: typst_report.py FOLDER FONTS OUT

FOLDER holds document.json (see prepare.py) and assessment.json. Prints how long the compilation took, fonts included.
"""

import sys
import tempfile
import time
from pathlib import Path
from shutil import copy

import typst

SOURCE = """
#let made = json("document.json")
#set document(title: made.title, date: datetime(year: 2026, month: 11, day: 22))
#set text(font: "Noto Sans SC", lang: "zh", region: "cn", size: 8.2pt)
#set page(
  paper: "a4", margin: (x: 18mm, top: 23mm, bottom: 22mm),
  header: context if counter(page).get().first() > 1 { text(7.2pt, made.organization); h(1fr); text(7.2pt, made.confidentiality) },
  footer: context {
    text(7.2pt)[#made.foot #h(1fr) 第 #counter(page).display() 页 / 共 #counter(page).final().first() 页]
    linebreak()
    text(5.8pt, made.root)
  })
#show heading.where(level: 1): it => { pagebreak(); text(18pt, it) }
#show heading.where(level: 2): set text(12.5pt, fill: rgb("#0f5e63"))
#set table(stroke: (bottom: 0.5pt + rgb("#cfd8db")), inset: 4pt, align: left)
#pdf.attach("assessment.json", relationship: "source", mime-type: "application/json", description: "snapshot")
#let soft = rgb("#55636b")
#let styles = (
  plain: words => words,
  bold: words => strong(words),
  title: words => text(8.8pt, words),
  soft: words => text(7.6pt, fill: soft, words),
  strong: words => text(7.6pt, fill: soft, strong(words)),
  hash: words => text(6.6pt, fill: soft, words),
  mark: words => text(7.6pt, fill: rgb("#15803d"), strong(words)),
)
#let piece((style, words, to)) = { let body = styles.at(style)(words); if to == "" { body } else { link(label(to), body) } }
#let cell(paragraphs) = paragraphs.map(pieces => pieces.map(piece).join()).join(linebreak())
#let row((name, cells), columns) = if cells.len() == 1 { (table.cell(colspan: columns, cell(cells.first())),) } else {
  ([#metadata(name)#label(name)#cell(cells.first())], ..cells.slice(1).map(cell))
}
#text(30pt, weight: "bold", made.title)
#par(made.organization)
#table(columns: (30%, 70%), ..made.cover.flatten())
#for block in made.blocks {
  let kind = block.first()
  if kind == "heading" { heading(level: block.at(1), block.at(2)) }
  else if kind == "para" { par(text(9.5pt, block.at(1))) }
  else if kind == "contents" { pagebreak(); outline(title: "目录", depth: 2) }
  else {
    let (_, widths, head, rows) = block
    table(columns: widths.map(width => width * 1%), table.header(..head.map(strong)), ..rows.map(it => row(it, widths.len())).flatten())
  }
}
"""

source, fonts, out = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    for name in ("document.json", "assessment.json"):
        copy(Path(source) / name, folder)
    (Path(folder) / "report.typ").write_text(SOURCE, encoding="utf-8")
    start = time.perf_counter()
    typst.compile(
        f"{folder}/report.typ", output=out, root=folder, font_paths=[fonts], ignore_system_fonts=True, pdf_standards=["a-3a"]
    )
    print(time.perf_counter() - start)
