#!/usr/bin/env bash
# How the files beside this one were made: by the command line of 0.2.0, in an empty folder. It is a record; they are never made again.
#   made.sh BEISHEN_CLI
set -euo pipefail
cli=$1
w=云岭
as() { local who=$1; shift; "$cli" --as "$who" "$@" > /dev/null; }
evidence() {
  printf '周一至周日，早晚两班\n第 %s 次\n' "$1" > 值班表.txt
  printf '姓名,日期\n张三,%s-03-02\n' "$1" > 培训签到.csv
  : > 门禁记录.csv
}
# Twelve marks, each a step of its own, and the rest of two domains as one step; evidence, one file of it empty; findings and tasks.
round() {
  local year=$1 n=0 item
  evidence "$year"
  for item in GH1-01 GH1-02 GH1-03 GH1-04 GH2-01 GH2-02 GH2-03 GH2-04 GH3-01 GH3-02 RY1-01 RY1-02; do
    local verdicts=(conform conform partial nonconform conform)
    as 周敏 mark $w $item "${verdicts[n % 5]}" --note "${year} 年抽查记录三份，见${item}"
    n=$((n + 1))
  done
  printf '[{"item":"XC1-01","patch":{"verdict":"conform","note":"现场查看两个班次"}},{"item":"XC1-02","patch":{"verdict":"partial"}}]' |
    as 周敏 mark-each $w
  as 周敏 evidence add $w --item GH1-02,GH2-01 --effective "$year-06-30" --locator '第 1 行' 值班表.txt 培训签到.csv
  as 周敏 evidence add $w --item GH1-04 门禁记录.csv
  as 周敏 evidence add-record $w --item RY1-01 --kind interview --title 班组长访谈 --text '访谈三名班组长，均能说明排班规则'
  as 周敏 finding add $w --item GH1-04 --grade major --fact "$year-01-11 抽查，战略方针三年未评审" --cause 职责未明确 --department 运营部
  as 周敏 task add $w --finding NC-01 --title 补做评审并修订办法 --owner 王芳 --due "$((year + 1))-03-31" --priority high
  as 周敏 finding add $w --item GH1-03 --grade minor --fact "$year-02-11 抽查，会议纪要缺两次" --department 运营部
  as 周敏 task add $w --finding NC-02 --title 补齐会议纪要 --owner 李岚 --due "$((year + 1))-02-28"
  as 周敏 task move $w T-002 doing
  as 周敏 task move $w T-002 to-verify
  as 周敏 task move $w T-002 closed --result 已补齐 --verifier 何建国 --proof EV-0001
  as 周敏 finding add $w --item GH2-02 --grade observation --fact '里程碑未写责任人'
  as 周敏 finding add $w --item GH2-04 --grade good --fact '同行标杆每季更新'
  as 李岚 review $w GH1-01,GH1-02 accepted
  as 李岚 review $w GH1-03 returned --note '请补会议纪要编号'
}

as 周敏 new $w --organization 云岭客服中心 --title 2025年内部自评 --scope '热线与外呼；两个职场' --site 主职场 --site 二职场 \
  --member 评估组长=周敏 --from 2025-01-01 --to 2025-12-31 --conditions outbound,multi-site
round 2025
as 周敏 backup $w
as 周敏 sign $w prepared
as 李岚 sign $w reviewed
as 何建国 sign $w approved
mkdir reports
as 周敏 report $w -o reports/signed-certification-zh.pdf --distribution 运营部
as 周敏 report $w -o reports/signed-management-en.pdf --layout management --lang en
as 周敏 pack $w -o pack --layout gap
as 周敏 round start $w --title 2026年内部自评 --from 2026-01-01 --to 2026-12-31
round 2026
as 周敏 undo $w
as 周敏 evidence withdraw $w EV-0004
as 周敏 sign $w prepared
as 周敏 mark $w GH1-01 keep --note '签署后补充：再查两份'
as 周敏 report $w -o reports/open-gap-zh.pdf --layout gap --draft
as 周敏 backup $w
