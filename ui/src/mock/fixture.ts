// A made-up round over the real criteria, the same every time.
import { blankAnswer } from '../overlay';
import type { Answer, Assessment, CriteriaPack, Evidence, EvidenceKind, FileState, Finding, Grade, Link, Snapshot, Task, TaskState, Verdict } from '../types';

export const ROUND = '0193a5b2-0000-7000-8000-000000000001';
const id = (kind: number, n: number) => `0193a5b2-000${kind}-7000-8000-${String(n).padStart(12, '0')}`;

/** A small generator with a fixed seed: the same figures on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

const NOTES: Record<Verdict, string[]> = {
  conform: ['抽近三个月记录各 2 份，签批齐全、日期连续，与系统导出一致。', '调阅现行文件 V3.2，审批页完整；现场访谈班组长 2 人，口径一致。', '现场演示通过，随机抽 10 笔工单均能追溯到责任人和处理时间。'],
  partial: ['制度已发布，但 10 月有两次调班未见通知记录；班组长称已口头告知。', '抽样 12 份，9 份记录完整，3 份缺复核签字，已要求 11 月底前补齐流程。', '报表按月出具，缺少原因分析与改进跟踪。'],
  nonconform: ['现场未能提供近半年任何一份记录，责任岗位空缺两个月，属未执行。', '抽查 5 名座席均不知晓该要求，系统中也未找到对应配置。'],
  na: [''],
};
const FACTS = [
  '2026-11-05 现场抽查 8 月至 10 月班表，10 月第 2 周班表在执行前 1 天才公布，无通知记录。',
  '2026-11-06 抽查录音调阅日志，3 次调阅未登记申请人和用途。',
  '2026-11-07 查阅客户投诉台账，5 件超过承诺时限未回访，且无延期说明。',
  '2026-11-08 访谈新员工 6 人，4 人未参加信息安全上岗培训，培训签到表缺失。',
  '2026-11-09 比对外呼名单与拒访名单，2 个号码在登记拒访后 5 日内仍被拨打。',
];
const CAUSES = ['排班师离职后无备岗，公布时限未写入岗位职责。', '系统未强制填写调阅用途，事后也没有抽查。', '', '新员工批次并班，培训计划未按批次重排。', '拒访名单每周同步一次，未与外呼平台实时对接。'];
const ACTIONS = ['把班表公布时限写入排班规程并在系统中设提醒', '录音调阅改为工单审批，用途必填', '补做逾期投诉回访并每周通报', '补训并考核上岗，培训签到电子化', '拒访名单改为实时接口同步'];
const OWNERS = ['排班主管', '质检主管', '投诉处理主管', '培训主管', '信息安全专员', ''];
const FILES: [string, string, number][] = [
  ['方针签批页.pdf', 'application/pdf', 482_113],
  ['10月班表公布通知.png', 'image/png', 318_220],
  ['质检校准会记录.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 86_021],
  ['录音调阅日志2026Q3.csv', 'text/csv', 24_870],
  ['服务水平月报.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 132_406],
  ['投诉回访录音-EX1042.wav', 'audio/wav', 3_211_264],
];

export function assessment(pack: CriteriaPack, today: string): Assessment {
  return {
    id: ROUND,
    title: '2026 年度准备度自评',
    organization: '示例：云岭客户联络中心',
    kind: 'self-assessment',
    scope: '呼入客服、投诉处理、外呼回访；电话与在线渠道。',
    exclusions: '',
    objectives: '申请认证前摸清差距',
    sampling: '记录抽近三个月，每类不少于 5 份。',
    dissent: '',
    sites: ['一号职场', '二号职场'],
    period_from: shift(today, -180),
    period_to: today,
    team: [
      { role: '评估组长', name: '' },
      { role: '质检主管', name: '' },
    ],
    auditees: [],
    conditions: ['outbound', 'outsourced', 'online', 'bot', 'multi-site'],
    profile: 'internal',
    pack_sha256: pack.sha256,
    predecessor: id(9, 1),
    confidentiality: '内部',
    revision: 1,
    reopened_because: '',
    frozen: false,
    created_at: `${shift(today, -12)}T01:00:00.000Z`,
    withdrawn: false,
  };
}

export function sample(pack: CriteriaPack, today: string): { snapshot: Snapshot; files: { [id: string]: FileState } } {
  const roll = random(20261122);
  const pick = <V>(list: V[]): V => list[Math.floor(roll() * list.length)]!;
  const answers: Answer[] = [];
  const verdicts: { [item: string]: Verdict } = {};
  pack.items.forEach((item, at) => {
    const r = roll();
    const last = roll();
    verdicts[item.code] = last < 0.5 ? 'conform' : last < 0.78 ? 'partial' : last < 0.95 ? 'nonconform' : 'na';
    if (at % 11 === 10) return;
    const verdict: Verdict = r < 0.68 ? 'conform' : r < 0.86 ? 'partial' : r < 0.95 ? 'nonconform' : 'na';
    answers.push({
      ...blankAnswer(ROUND, item.code),
      verdict,
      note: pick(NOTES[verdict]),
      reason: verdict === 'na' ? '评估范围内没有该类业务，合同与组织架构可证明。' : '',
      ticks: item.evidence.slice(0, verdict === 'conform' ? item.evidence.length : 1),
      assessor: '质检主管',
      assessed_at: `${shift(today, -(at % 9))}T0${at % 9}:12:22.000Z`,
    });
  });
  const evidence: Evidence[] = [];
  const links: Link[] = [];
  const files: { [id: string]: FileState } = {};
  const kinds: EvidenceKind[] = ['file', 'file', 'file', 'file', 'file', 'record', 'link', 'interview', 'observation'];
  for (let n = 1; n <= 60; n++) {
    const kind = kinds[n % kinds.length]!;
    const [name, type, bytes] = FILES[n % FILES.length]!;
    const file = kind === 'file';
    const row: Evidence = {
      id: id(2, n),
      assessment: ROUND,
      number: n,
      kind,
      title: file ? name.replace(/\.\w+$/, '') : { link: '服务承诺公告页', record: '主管例会纪要（纸质，档案柜 3-2）', interview: '班组长访谈', observation: '现场走访', file: '' }[kind],
      file_name: file ? name : '',
      media_type: file ? type : '',
      size_bytes: file ? String(bytes + n * 1013) : '',
      sha256: file ? `${n.toString(16).padStart(4, '0')}c9a1${'7f3be2d8'.repeat(7)}` : '',
      location: kind === 'link' ? 'https://example.invalid/promise' : kind === 'record' ? '档案柜 3-2' : '',
      text: kind === 'interview' ? '访谈两名班组长：班表一般提前三天公布，节假日前会提前一周。' : kind === 'observation' ? '现场看板显示当日接通率与排队数，数据 5 分钟刷新一次。' : '',
      effective: shift(today, -(n * 3)),
      expires: n % 14 === 3 ? shift(today, -5) : n % 9 === 2 ? shift(today, 300) : null,
      added_by: '质检主管',
      added_at: `${shift(today, -8)}T02:30:00.000Z`,
      withdrawn: false,
    };
    evidence.push(row);
    if (file) files[row.id] = n === 19 ? 'missing' : n === 31 ? 'changed' : 'present';
  }
  answers
    .filter((a) => a.verdict !== 'na')
    .forEach((answer, at) => {
      if (at % 17 === 16) return;
      for (let k = 0; k <= at % 3; k++) {
        const proof = evidence[(at * 3 + k) % evidence.length]!;
        links.push({ evidence: proof.id, assessment: ROUND, item: answer.item, locator: k === 1 ? '第 3 页' : '', withdrawn: false });
      }
    });
  const findings: Finding[] = [];
  const tasks: Task[] = [];
  const gaps = answers.filter((a) => a.verdict === 'nonconform' || a.verdict === 'partial');
  const grades: Grade[] = ['minor', 'minor', 'major', 'observation', 'minor', 'opportunity', 'minor', 'good'];
  const states: TaskState[] = ['doing', 'todo', 'closed', 'to-verify', 'closed', 'doing'];
  gaps.slice(0, 26).forEach((gap, at) => {
    const n = at + 1;
    const grade = grades[at % grades.length]!;
    findings.push({
      id: id(3, n),
      assessment: ROUND,
      number: n,
      item: gap.item,
      grade,
      fact: FACTS[at % FACTS.length]!,
      criterion: pack.items.find((i) => i.code === gap.item)!.requirement,
      cause: CAUSES[at % CAUSES.length]!,
      department: ['运营部', '质检部', '培训部'][at % 3]!,
      found_by: '质检主管',
      found_on: shift(today, -(at % 12)),
      withdrawn: false,
    });
    if (at % 7 === 6) return;
    const state = states[at % states.length]!;
    const closed = state === 'closed';
    const due = at % 8 === 1 ? null : shift(today, at * 4 - 24);
    tasks.push({
      id: id(4, n),
      assessment: ROUND,
      number: tasks.length + 1,
      finding: id(3, n),
      item: gap.item,
      kind: at % 3 === 0 ? 'correction' : 'corrective',
      title: ACTIONS[at % ACTIONS.length]!,
      detail: '由责任部门提交佐证，评估组抽样复核。',
      owner: OWNERS[at % OWNERS.length]!,
      due,
      agreed_due: due,
      priority: (['high', 'medium', 'low'] as const)[at % 3]!,
      state,
      result: closed ? '已按计划完成，抽查 10 份记录全部齐全。' : '',
      verifier: closed ? '评估组长' : '',
      closed_at: closed ? `${shift(today, -2)}T03:00:00.000Z` : null,
      proof: [],
      reopened: at === 8 ? 1 : 0,
      withdrawn: false,
    });
  });
  return {
    files,
    snapshot: {
      format: 1,
      pack: { standard: pack.pack.standard, version: pack.pack.version, sha256: pack.sha256 },
      assessment: assessment(pack, today),
      answers,
      evidence,
      links,
      findings,
      tasks,
      predecessor: { id: id(9, 1), title: '2025 年度准备度自评', root: 'b'.repeat(64), verdicts, notes: { 'GH1-01': '上年：战略方针为 2021 年版本，尚未修订。' }, open_tasks: [] },
    },
  };
}
