"""Makes the document that every peer prints: the same words as in our report with the sections items, evidence and tasks.

It is made once, before anything is measured; a peer only reads and prints it. A document is a list of blocks:
["heading", level, text], ["para", text] and ["table", widths in percent, head, rows]; a row is a name that links lead to,
and cells; a cell is a list of paragraphs; a paragraph is a list of [style, text, link or ""]. A row with one cell spans.

usage: prepare.py assessment.json criteria.toml OUT
"""

import hashlib
import json
import sys
import tomllib
from datetime import date

TODAY = date(2026, 11, 22)
VERDICTS = {"conform": "符合", "partial": "部分符合", "nonconform": "不符合", "na": "不适用", None: "未评估"}
REVIEWS = {"accepted": "  已复核", "returned": "  复核退回"}
GRADES = {"major": "严重不符合", "minor": "一般不符合", "observation": "观察项", "opportunity": "改进机会", "good": "良好实践"}
STATES = {"todo": "待整改", "doing": "整改中", "to-verify": "待验证", "closed": "已关闭"}
KINDS = {"file": "文件", "record": "记录", "interview": "访谈", "link": "链接", "note": "备忘"}
TASKS = {"correction": "纠正", "corrective": "纠正措施", "improvement": "改进"}
PRIORITIES = {"high": "高", "medium": "中", "low": "低"}
HASHES = {7: "文件缺失", 19: "内容已变"}

source, criteria, out = sys.argv[1:]
raw = open(source, "rb").read()
data, pack = json.loads(raw), tomllib.load(open(criteria, "rb"))
about, root = data["assessment"], hashlib.sha256(raw).hexdigest()
label = {e["id"]: f"EV-{e['number']:04}" for e in data["evidence"]}
finding = {f["id"]: f"NC-{f['number']:02}" for f in data["findings"]}
answers = {a["item"]: a for a in data["answers"]}


def group(rows, key):
    found = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


proofs, uses = group(data["links"], "item"), group(data["links"], "evidence")
found, tasks_of = group(data["findings"], "item"), group(data["tasks"], "item")
proves = {}
for task in data["tasks"]:
    for proof in task["proof"]:
        proves.setdefault(proof, []).append(task)
number = lambda task: f"T-{task['number']:03}"
day = lambda moment: (moment or "")[:10]


def paragraph(*spans):
    return [[*span, ""][:3] for span in spans]


def item(row):
    answer = answers.get(row["code"], {})
    verdict = answer.get("verdict")
    points = {"conform": "  1/1 分", "partial": "  0.5/1 分", "nonconform": "  0/1 分"}.get(verdict, "")
    left = [paragraph(["bold", ("◆ " if row["key"] else "") + row["code"]]), paragraph(["mark", VERDICTS[verdict]], ["soft", points])]
    when = day(answer.get("assessed_at")) + REVIEWS.get(answer.get("review"), "")
    left += [paragraph(["soft", text]) for text in (answer.get("assessor"), when) if text]
    middle = [paragraph(["title", row["title"]]), paragraph(["soft", row["requirement"]])]
    for name, key in (("记录：", "note"), ("不适用理由：", "reason"), ("复核意见：", "review_note")):
        if answer.get(key):
            middle.append(paragraph(["bold", name], ["plain", answer[key]]))
    right = [paragraph(["plain", label[p["evidence"]], label[p["evidence"]]], ["soft", "  " + p["locator"]])
             for p in proofs.get(row["code"], [])]
    if verdict not in (None, "na"):
        right.append(paragraph(["soft", f"应有证据已备 {len(answer['ticks'])}/{len(row['evidence'])}"]))
    right += [paragraph(["plain", finding[f["id"]], ""], ["soft", "  " + GRADES[f["grade"]]]) for f in found.get(row["code"], [])]
    right += [paragraph(["plain", number(t), number(t)], ["soft", "  " + STATES[t["state"]]]) for t in tasks_of.get(row["code"], [])]
    return [row["code"], [left, middle, right or [paragraph(["soft", "—"])]]]


def size(count):
    count = int(count)
    return f"{count} B" if count < 10_000 else f"{count / 1e3:.1f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"


def evidence(row):
    what = [paragraph(["title", row["title"]])]
    if row["kind"] == "file":
        what += [paragraph(["soft", f"{row['file_name']} · {size(row['size_bytes'])}"]), paragraph(["hash", row["sha256"]])]
    what += [paragraph(["soft", row[key]]) for key in ("location", "text") if row[key]]
    what.append(paragraph(["soft", f"{row['added_by']} 登记于 {day(row['added_at'])}"]))
    line = [["strong", "使用条目："]]
    for place, use in enumerate(uses.get(row["id"], [])):
        line += [["soft", "、" if place else ""], ["soft", use["item"], use["item"]]]
        line += [["soft", f"（{use['locator']}）"]] if use["locator"] else []
    line += [] if row["id"] in uses else [["mark", "未被条目使用"]]
    for place, task in enumerate(proves.get(row["id"], [])):
        line += [["strong", "、" if place else "   证明任务："], ["soft", number(task), number(task)]]
    when = [paragraph(["plain", row["effective"]])] if row["effective"] else []
    when += [paragraph(["plain", "有效至 " + row["expires"]])] if row["expires"] else []
    if row["kind"] == "file":
        when.append(paragraph(["mark", HASHES.get(row["number"], "文件已核对")]))
    if row["expires"] and date.fromisoformat(row["expires"]) < TODAY:
        when.append(paragraph(["mark", "已过期"]))
    if row["effective"] and row["effective"] < about["period_from"]:
        when.append(paragraph(["mark", "不在期间内"]))
    left = [paragraph(["bold", label[row["id"]]]), paragraph(["soft", KINDS[row["kind"]]])]
    return [label[row["id"]], [left, [*what, paragraph(*line)], when]]


def overdue(task):
    return task["state"] != "closed" and task["due"] and date.fromisoformat(task["due"]) < TODAY


def task(row):
    links = [["soft", finding[row["finding"]]], ["soft", " · "]] if row["finding"] else []
    action = [paragraph(["title", row["title"]]), paragraph(["plain", row["detail"]])]
    kind = f"{TASKS.get(row['kind'], row['kind'])} · 优先级{PRIORITIES[row['priority']]} · "
    action.append(paragraph(["soft", kind], *links, ["soft", row["item"], row["item"]]))
    if row["result"]:
        action.append(paragraph(["strong", "结果："], ["soft", row["result"]]))
    if row["verifier"] or row["closed_at"]:
        line = [["soft", f"验证人：{row['verifier'] or '未填写'}　关闭日期：{day(row['closed_at']) or '—'}"]]
        action.append(paragraph(*line, *(["soft", "  " + label[p], label[p]] for p in row["proof"])))
    due = [paragraph(["mark" if overdue(row) else "plain", row["due"] or "未填写"])]
    if overdue(row):
        due.append(paragraph(["mark", f"逾期 {(TODAY - date.fromisoformat(row['due'])).days} 天"]))
    if row["agreed_due"] and row["agreed_due"] != row["due"]:
        due.append(paragraph(["soft", f"原定 {row['agreed_due']}"]))
        late = row["due"] and (date.fromisoformat(row["due"]) - date.fromisoformat(row["agreed_due"])).days
        due += [paragraph(["mark", f"推迟 {late} 天"])] if late and late > 0 else []
    state = [paragraph(["bold", STATES[row["state"]]])]
    state += [paragraph(["soft", f"重新打开 {row['reopened']} 次"])] if row["reopened"] else []
    return [number(row), [[paragraph(["bold", number(row)])], action, [paragraph(["plain", row["owner"] or "未填写"])], due, state]]


order = sorted(data["tasks"], key=lambda t: (t["due"] is None, t["due"] or "", t["number"]))
late = [t for t in order if overdue(t)]
done = [t for t in order if t["state"] == "closed"]
rest = [t for t in order if t not in late and t not in done]
plan = ["编号", "措施", "责任人", "期限", "状态"]
blocks = [
    ["heading", 1, "文件控制"],
    ["para", "本报告是组织对自身认证准备情况的自评记录，不是认证证书，也不代表任何认证机构的结论；是否予以认证，由依法批准的认证机构独立决定。"],
    ["para", pack["pack"]["notice"]],
    ["para", pack["pack"]["kpi_notice"]],
    ["para", f"密级：{about['confidentiality']}。本报告含受评组织的内部信息，仅供分发范围内的人员使用；未经受评组织书面同意，不得复制、转发或公开。"],
    ["contents"],
    ["heading", 1, "1 整改计划"],
    ["para", f"整改任务共 {len(order)} 项：逾期 {len(late)} 项，其他未关闭 {len(rest)} 项，已关闭 {len(done)} 项（截至 {TODAY}）。"],
]
for place, (title, rows) in enumerate((("逾期", late), ("未关闭", rest), ("已关闭", done))):
    blocks += [["heading", 2, f"1.{place + 1} {title}"], ["table", [9, 50, 13, 16, 12], plan, [task(t) for t in rows]]]
blocks += [["heading", 1, "2 逐项结果"],
           ["para", "每个条目列出一次。条目编号与文字为本工具自编（「本工具编号」），不是标准条款号；◆ 为关键条目。"]]
for place, domain in enumerate(pack["domains"]):
    rows = []
    for section in pack["sections"]:
        if section["code"].startswith(domain["code"]):
            rows.append(["", [[paragraph(["bold", f"{section['code']}  {section['title']}"])]]])
            rows += [item(i) for i in pack["items"] if i["code"].split("-")[0] == section["code"]]
    blocks += [["heading", 2, f"2.{place + 1} {domain['title']}"],
               ["table", [19, 57, 24], ["条目与结论", "要求与评估记录", "证据 · 发现 · 任务"], rows]]
files = sum(e["kind"] == "file" for e in data["evidence"])
blocks += [["heading", 1, "3 证据清单"], ["para", f"共 {len(data['evidence'])} 项证据，其中文件 {files} 个。"],
           ["table", [12, 69, 19], ["编号", "名称 · 文件 · SHA-256", "日期与状态"], [evidence(e) for e in data["evidence"]]]]
cover = [["对照标准", f"{pack['pack']['standard']} {pack['pack']['title']}"], ["准则 SHA-256", data["pack"]["sha256"]],
         ["评估期间", f"{about['period_from']} 至 {about['period_to']}"], ["报告编号", "R-03"], ["报告时间", "2026-11-22 12:34 +08:00"]]
document = {
    "title": about["title"], "organization": about["organization"], "confidentiality": about["confidentiality"],
    "cover": cover, "foot": f"R-03 · {pack['pack']['standard']}", "root": f"快照根值 SHA-256 {root}", "blocks": blocks,
}
with open(out, "w", encoding="utf-8") as file:
    json.dump(document, file, ensure_ascii=False)
