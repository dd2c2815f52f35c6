"""What every peer prints, read from the snapshot that our report attaches: cover, items, evidence, tasks.

It is less than our report prints: no charts, no findings' sheets, no criteria texts (the snapshot has none), no
bookmarks below the sections, no links between items, evidence and tasks.
"""

import json

VERDICTS = {"conform": "符合", "partial": "部分符合", "nonconform": "不符合", "not-applicable": "不适用", None: "未评估"}


class Contents:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        about = data["assessment"]
        self.title, self.organization, self.scope = about["title"], about["organization"], about["scope"]
        self.lines = [data["pack"]["standard"], f"{about['period_from']} – {about['period_to']}", about["confidentiality"]]
        label = {e["id"]: f"EV-{e['number']:04}" for e in data["evidence"]}
        proofs, uses = {}, {}
        for link in data["links"]:
            place = f"（{link['locator']}）" if link["locator"] else ""
            proofs.setdefault(link["item"], []).append(label[link["evidence"]] + place)
            uses.setdefault(link["evidence"], []).append(link["item"] + place)
        self.items = [
            (a["item"], VERDICTS.get(a["verdict"], a["verdict"]), a["note"], "、".join(proofs.get(a["item"], ["—"])))
            for a in data["answers"]
        ]
        self.evidence = [
            (label[e["id"]], e["title"], e["file_name"] or e["location"] or e["text"], e["sha256"],
             e["effective"] or "", "、".join(uses.get(e["id"], ["—"])))
            for e in data["evidence"]
        ]
        self.tasks = [
            (f"T-{t['number']:03}", t["item"], t["title"] + "：" + t["detail"], t["owner"], t["due"] or "", t["state"])
            for t in data["tasks"]
        ]


HEADS = {
    "items": ("条目", "结论", "记录", "证据"),
    "evidence": ("编号", "名称、文件、SHA-256、使用条目", "生效"),
    "tasks": ("编号", "条目", "措施", "责任人", "期限", "状态"),
}
