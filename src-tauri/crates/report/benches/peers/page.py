"""The same document as HTML, for the two peers that print HTML."""

import json
from html import escape
from pathlib import Path

STYLE = """
@font-face { font-family: Sans; src: url("%s/NotoSansSC-Regular.ttf"); }
@font-face { font-family: Sans; font-weight: bold; src: url("%s/NotoSansSC-Bold.ttf"); }
@page { size: A4; margin: 23mm 18mm 22mm; @top-left { content: "%s"; font-size: 7.2pt } @top-right { content: "%s"; font-size: 7.2pt }
@bottom-left { content: "%s\\a %s"; white-space: pre; font-size: 5.8pt }
@bottom-right { content: "第 " counter(page) " 页 / 共 " counter(pages) " 页"; font-size: 7.2pt } }
body { font: 8.2pt/1.42 Sans; } h1 { font-size: 18pt; break-before: page } .cover h1 { break-before: auto; font-size: 30pt }
h2 { font-size: 12.5pt; color: #0f5e63; break-after: avoid } p { margin: 0 } a { color: #0f5e63; text-decoration: none }
table { border-collapse: collapse; table-layout: fixed; width: 100%%; } td, th { border-bottom: 0.5pt solid #cfd8db; padding: 4pt;
text-align: left; vertical-align: top; overflow-wrap: anywhere; font-weight: normal } thead th { background: #e8f0f0; color: #0f5e63 }
tr { break-inside: auto; orphans: 2; widows: 2 } .soft, .strong, .hash { font-size: 7.6pt; color: #55636b } .hash { font-size: 6.6pt }
.bold, .strong, .mark { font-weight: bold } .mark { font-size: 7.6pt; color: #15803d } .title { font-size: 8.8pt }
.contents a::after { content: leader(" ") target-counter(attr(href), page) }
"""


def piece(style, words, to):
    body = f'<span class="{style}">{escape(words)}</span>'
    return f'<a href="#{to}">{body}</a>' if to else body


def cell(paragraphs):
    return "".join(f"<p>{''.join(piece(*p) for p in pieces)}</p>" for pieces in paragraphs)


def row(name, cells, columns):
    if len(cells) == 1:
        return f'<tr><td colspan="{columns}">{cell(cells[0])}</td></tr>'
    rest = "".join(f"<td>{cell(c)}</td>" for c in cells[1:])
    return f'<tr id="{name}"><th scope="row">{cell(cells[0])}</th>{rest}</tr>'


def table(widths, head, rows):
    columns = "".join(f'<col style="width:{w}%">' for w in widths)
    heads = "".join(f'<th scope="col"><b>{escape(h)}</b></th>' for h in head)
    body = "".join(row(*r, len(widths)) for r in rows)
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def html(folder, fonts):
    made = json.loads((Path(folder) / "document.json").read_text(encoding="utf-8"))
    heads = [(f"head-{i}", block) for i, block in enumerate(made["blocks"]) if block[0] == "heading"]
    contents = "".join(f'<p><a href="#{name}">{escape(block[2])}</a></p>' for name, block in heads)
    parts = []
    for i, block in enumerate(made["blocks"]):
        match block:
            case ["heading", level, text]:
                parts.append(f'<h{level} id="head-{i}">{escape(text)}</h{level}>')
            case ["para", text]:
                parts.append(f"<p>{escape(text)}</p>")
            case ["contents"]:
                parts.append(f'<h1>目录</h1><div class="contents">{contents}</div>')
            case ["table", widths, head, rows]:
                parts.append(table(widths, head, rows))
    files = (Path(fonts).absolute().as_uri(),) * 2
    style = STYLE % (*files, made["organization"], made["confidentiality"], made["foot"], made["root"])
    cover = "".join(f"<tr><th scope=\"row\">{escape(a)}</th><td>{escape(b)}</td></tr>" for a, b in made["cover"])
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(made["title"])}</title><style>{style}</style>'
        f'<div class="cover"><h1>{escape(made["title"])}</h1><p>{escape(made["organization"])}</p><table>{cover}</table></div>'
        f'{"".join(parts)}</html>'
    )
