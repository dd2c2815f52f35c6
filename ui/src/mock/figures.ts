// A stand-in for the core's scoring, readiness and gate: same shapes and the same sums, for screens and component tests only.
import { blankAnswer } from '../overlay';
import type { CriteriaPack, Defect, DomainScore, FileState, Figures, Profile, Readiness, RuleOutcome, Score, Snapshot, Tally, Verdict } from '../types';

const milli = (points: string) => Math.round(Number(points) * 1000);
const ratio = (part: number, whole: number) => (whole > 0 ? Math.floor((part * 20_000 + whole) / (whole * 2)) : null);
const lowest = (rates: (number | null)[]) => rates.reduce((low, rate) => (low === null || (rate !== null && rate < low) ? rate : low), null);
const domains = new Map<string, string>();
// Remembered: the page's speed is measured over this stand-in, which shares its thread.
function domainOf(code: string): string {
  let domain = domains.get(code);
  if (domain === undefined) domains.set(code, (domain = code.split('-')[0]!.replace(/\d+$/, '')));
  return domain;
}

export function profileOf(pack: CriteriaPack, id: string): Profile {
  return pack.profiles.find((p) => p.id === id) ?? pack.profiles.find((p) => p.default) ?? pack.profiles[0]!;
}

export function score(pack: CriteriaPack, snapshot: Snapshot): Score {
  const profile = profileOf(pack, snapshot.assessment.profile);
  const verdicts = new Map(snapshot.answers.map((a) => [a.item, a.verdict]));
  const tally = (codes: string[]): Tally => {
    const sum: Tally = { items: 0, conform: 0, partial: 0, nonconform: 0, na: 0, unassessed: 0, milli_points: 0, milli_applicable: 0, milli_open: 0 };
    for (const code of codes) {
      const verdict: Verdict | null = verdicts.get(code) ?? null;
      const weight = profile.weights[code] ?? 1;
      sum.items += 1;
      sum[verdict ?? 'unassessed'] += 1;
      if (verdict !== 'na') sum.milli_applicable += weight * 1000;
      if (verdict === null) sum.milli_open += weight * 1000;
      else if (verdict !== 'na') sum.milli_points += weight * milli(profile.points[verdict]);
    }
    return sum;
  };
  const rates = (t: Tally) => ({ rate: ratio(t.milli_points, t.milli_applicable), upper: ratio(t.milli_points + t.milli_open, t.milli_applicable) });
  const codes = pack.items.map((i) => i.code);
  const domains: DomainScore[] = pack.domains.map((domain) => {
    const whole = tally(codes.filter((c) => domainOf(c) === domain.code));
    const sections = pack.sections
      .filter((s) => s.domain === domain.code)
      .map((s) => {
        const part = tally(codes.filter((c) => c.startsWith(`${s.code}-`)));
        return { code: s.code, tally: part, ...rates(part) };
      });
    return { code: domain.code, tally: whole, ...rates(whole), sections };
  });
  const overall = tally(codes);
  return { profile: profile.id, overall, ...rates(overall), coverage: ratio(overall.items - overall.unassessed, overall.items) ?? 0, domains };
}

export function readiness(pack: CriteriaPack, snapshot: Snapshot, today: string): Readiness {
  const profile = profileOf(pack, snapshot.assessment.profile);
  const s = score(pack, snapshot);
  const verdicts = new Map(snapshot.answers.map((a) => [a.item, a.verdict]));
  const linked = new Set(snapshot.links.map((l) => l.item));
  const isOpen = (id: string) => {
    const tasks = snapshot.tasks.filter((t) => t.finding === id);
    return tasks.length === 0 || tasks.some((t) => t.state !== 'closed');
  };
  const open = (grade: string) => snapshot.findings.filter((f) => f.grade === grade && isOpen(f.id)).map((f) => `NC-${String(f.number).padStart(2, '0')}`);
  const rules: RuleOutcome[] = profile.rules.map((rule) => {
    const percent = rule.threshold * 100;
    let measured: number | null = 0;
    let threshold = rule.threshold;
    let because: string[] = [];
    let holds = true;
    switch (rule.kind) {
      case 'rate_at_least':
        [measured, threshold] = [s.rate, percent];
        holds = (measured ?? -1) >= percent;
        break;
      case 'domain_rate_at_least':
        [measured, threshold] = [lowest(s.domains.map((d) => d.rate)), percent];
        because = s.domains.filter((d) => d.rate !== null && d.rate < percent).map((d) => d.code);
        holds = (measured ?? -1) >= percent;
        break;
      case 'coverage_at_least':
        [measured, threshold] = [s.coverage, percent];
        because = pack.items.filter((i) => !verdicts.get(i.code)).map((i) => i.code);
        holds = s.coverage >= percent;
        break;
      case 'key_items_conform':
        because = pack.items.filter((i) => i.key && !['conform', 'na'].includes(verdicts.get(i.code) ?? '')).map((i) => i.code);
        measured = because.length;
        holds = measured === 0;
        break;
      case 'na_share_at_most':
        [measured, threshold] = [ratio(s.overall.na, s.overall.items) ?? 0, percent];
        holds = measured <= percent;
        break;
      case 'evidence_coverage_at_least':
        because = pack.items.filter((i) => verdicts.get(i.code) === 'conform' && !linked.has(i.code)).map((i) => i.code);
        [measured, threshold] = [ratio(s.overall.conform - because.length, s.overall.conform), percent];
        holds = (measured ?? -1) >= percent;
        break;
      default:
        because = rule.kind.includes('major')
          ? open('major')
          : rule.kind.includes('minor')
            ? open('minor')
            : snapshot.tasks.filter((t) => t.state !== 'closed' && t.due && t.due < today).map((t) => `T-${String(t.number).padStart(3, '0')}`);
        measured = because.length;
        holds = measured <= rule.threshold;
    }
    return { id: rule.id, holds, effect: rule.effect, measured, threshold, because: holds ? [] : because, text: rule.text, text_en: rule.text_en, why: rule.why, why_en: rule.why_en };
  });
  const broken = (effect: string) => rules.some((r) => !r.holds && r.effect === effect);
  const level = s.coverage < 10_000 ? 'incomplete' : s.rate === null || broken('block') ? 'not_ready' : broken('caution') ? 'ready_with_reservations' : 'ready';
  const band = s.rate === null ? null : (profile.bands.find((b) => s.rate! >= b.at_least * 100)?.id ?? null);
  return { level, band, rules };
}

type Words = [string, string, string, string];
const WORDS: Record<string, Words> = {
  unassessed: ['{} 尚未评估', '{} has not been assessed', '对照核查要点给出结论', 'Give a verdict against the check points'],
  conform_without_evidence: ['{} 判为符合，但没有任何证据', '{} is marked conforming without any evidence', '关联至少一份证据，或修改结论', 'Link at least one piece of evidence, or change the verdict'],
  gap_without_finding: ['{} 未完全符合，但没有登记发现', '{} falls short without a recorded finding', '登记不符合项或观察项，写清事实', 'Record a finding with the facts'],
  finding_without_cause: ['不符合项 {} 没有原因分析', 'Nonconformity {} has no root cause', '补充原因分析（人、制度、系统、数据）', 'Add the root cause'],
  finding_without_task: ['不符合项 {} 没有整改任务', 'Nonconformity {} has no remediation task', '从该不符合项建立整改任务', 'Create a task from this finding'],
  task_without_owner: ['整改任务 {} 没有责任人', 'Task {} has no owner', '指定责任人', 'Name an owner'],
  task_without_due: ['整改任务 {} 没有完成期限', 'Task {} has no due date', '约定完成期限', 'Agree on a due date'],
  task_overdue: ['整改任务 {} 已逾期', 'Task {} is overdue', '完成整改并提交验证，或重新约定期限并说明原因', 'Finish it and hand it over for verification, or agree on a new date'],
  evidence_expired: ['证据 {} 已过有效期', 'Evidence {} has expired', '换成现行有效的版本', 'Replace it with the current version'],
  evidence_missing: ['证据 {} 的文件在工作区中找不到', 'The file of evidence {} is missing from the workspace', '从备份找回，或重新添加该文件', 'Restore it from a backup, or add the file again'],
  evidence_changed: ['证据 {} 的文件内容与登记时不一致', 'The file of evidence {} is not what was added', '从备份找回原文件，或撤回后重新添加', 'Restore the original, or withdraw it and add it anew'],
  nothing_applicable: ['全部条目判为不适用，没有可以评分的条目', 'Every item is marked not applicable; there is nothing to rate', '逐条复核不适用的理由，对适用的条目给出结论', 'Review each reason and give a verdict to what does apply'],
  key_item_not_conform: ['关键条目 {} 未符合', 'Key item {} is not conforming', '优先整改并补充证据：关键条目未符合时不得判为就绪', 'Remedy this first: no ready label while a key item fails'],
};

export function gate(pack: CriteriaPack, snapshot: Snapshot, files: { [id: string]: FileState }, today: string): Defect[] {
  const defects: Defect[] = [];
  const add = (rule: Defect['rule'], item: string, subject = '') => {
    const [message = '', message_en = '', remedy = '', remedy_en = ''] = (WORDS[rule] ?? []).map((text) => text.replace('{}', subject || item));
    defects.push({ rule, item, subject, message, message_en, remedy, remedy_en });
  };
  const answers = new Map(snapshot.answers.map((a) => [a.item, a]));
  if (pack.items.every((i) => answers.get(i.code)?.verdict === 'na')) add('nothing_applicable', pack.items[0]!.code);
  const linked = new Set(snapshot.links.map((l) => l.item));
  for (const item of pack.items) {
    const verdict = answers.get(item.code)?.verdict ?? null;
    if (!verdict) add('unassessed', item.code);
    else if (verdict === 'conform' && !linked.has(item.code)) add('conform_without_evidence', item.code);
    else if ((verdict === 'nonconform' || verdict === 'partial') && !snapshot.findings.some((f) => f.item === item.code)) add('gap_without_finding', item.code);
    if (item.key && verdict !== 'conform' && verdict !== 'na') add('key_item_not_conform', item.code);
  }
  for (const finding of snapshot.findings) {
    if (finding.grade !== 'major' && finding.grade !== 'minor') continue;
    const label = `NC-${String(finding.number).padStart(2, '0')}`;
    if (!finding.cause) add('finding_without_cause', finding.item, label);
    if (!snapshot.tasks.some((t) => t.finding === finding.id)) add('finding_without_task', finding.item, label);
  }
  for (const task of snapshot.tasks) {
    const label = `T-${String(task.number).padStart(3, '0')}`;
    if (!task.owner) add('task_without_owner', task.item, label);
    if (!task.due) add('task_without_due', task.item, label);
    if (task.state !== 'closed' && task.due && task.due < today) add('task_overdue', task.item, label);
  }
  for (const evidence of snapshot.evidence) {
    const label = `EV-${String(evidence.number).padStart(4, '0')}`;
    const item = snapshot.links.find((l) => l.evidence === evidence.id)?.item ?? '';
    if (evidence.expires && evidence.expires < today) add('evidence_expired', item, label);
    if (files[evidence.id] === 'missing') add('evidence_missing', item, label);
    if (files[evidence.id] === 'changed') add('evidence_changed', item, label);
  }
  const position = new Map(pack.items.map((item, at) => [item.code, at]));
  return defects.sort((a, b) => (position.get(a.item) ?? 999) - (position.get(b.item) ?? 999));
}

export function figures(pack: CriteriaPack, snapshot: Snapshot, files: { [id: string]: FileState }, today: string): Omit<Figures, 'version' | 'undo' | 'redo'> {
  const answers = Object.entries(snapshot.predecessor?.verdicts ?? {}).map(([item, verdict]) => ({ ...blankAnswer(snapshot.assessment.id, item), verdict }));
  const before = snapshot.predecessor ? score(pack, { ...snapshot, answers }) : null;
  return { score: score(pack, snapshot), before, readiness: readiness(pack, snapshot, today), defects: gate(pack, snapshot, files, today), files };
}
