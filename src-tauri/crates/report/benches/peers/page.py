"""The same document as HTML, for the two peers that print HTML."""

from html import escape
from pathlib import Path

from contents import HEADS, Contents

STYLE = """
@font-face { font-family: Sans; src: url("%s/NotoSansSC-Regular.ttf"); }
@font-face { font-family: Sans; font-weight: bold; src: url("%s/NotoSansSC-Bold.ttf"); }
@page { size: A4; margin: 20mm 18mm; @bottom-right { content: "第 " counter(page) " 页 / 共 " counter(pages) " 页"; font-size: 7pt } }
body { font: 8.2pt/1.42 Sans; } h1 { font-size: 18pt; break-before: page } .cover h1 { break-before: auto; font-size: 30pt }
table { border-collapse: collapse; table-layout: fixed; width: 100%%; } td, th { border-bottom: 0.5pt solid #cfd8db; padding: 4pt;
text-align: left; vertical-align: top; overflow-wrap: anywhere } thead th { background: #e8f0f0; color: #0f5e63 }
tr { break-inside: auto; orphans: 2; widows: 2 } small { font-size: 6.6pt; color: #556 }
"""


def table(name, widths, rows):
    columns = "".join(f'<col style="width:{w}%">' for w in widths)
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in HEADS[name])
    body = "".join(f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{c}</td>" for c in row[1:]) + "</tr>" for row in rows)
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html(json, fonts):
    made = Contents(json)
    style = STYLE % ((Path(fonts).absolute().as_uri(),) * 2)
    lines = "".join(f"<p>{escape(line)}</p>" for line in [made.organization, made.scope, *made.lines])
    cells = [[escape(c) for c in row] for row in made.items]
    proofs = [
        [n, f"<b>{escape(t)}</b><br><small>{escape(f)}<br>{h}<br>使用条目：{escape(u)}</small>", d]
        for n, t, f, h, d, u in made.evidence
    ]
    tasks = [[escape(c) for c in row] for row in made.tasks]
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(made.title)}</title><style>{style}</style>'
        f'<div class="cover"><h1>{escape(made.title)}</h1>{lines}</div>'
        f"<h1>逐项结果</h1>{table('items', (12, 12, 50, 26), cells)}"
        f"<h1>证据清单</h1>{table('evidence', (12, 72, 16), proofs)}"
        f"<h1>整改任务</h1>{table('tasks', (9, 11, 44, 14, 12, 10), tasks)}</html>"
    )
