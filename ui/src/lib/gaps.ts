// The items that fall short, worst first.
import type { Round } from '../round.svelte';
import type { Finding, Item, Verdict } from '../types';

export type Gap = { item: Item; verdict: Verdict; finding: Finding | undefined };

/** Items that fall short, worst first: key items, then 不符合 before 部分符合, then by grade of the finding. */
export function topGaps(round: Round, most: number): Gap[] {
  const grades = ['major', 'minor', 'observation', 'opportunity', 'good'];
  const gaps: Gap[] = [];
  for (const item of round.pack.items) {
    const verdict = round.verdict(item.code);
    if (verdict !== 'nonconform' && verdict !== 'partial') continue;
    const findings = [...(round.findingsByItem.get(item.code) ?? [])].sort((a, b) => grades.indexOf(a.grade) - grades.indexOf(b.grade));
    gaps.push({ item, verdict, finding: findings[0] });
  }
  const rank = (gap: Gap) =>
    (gap.item.key ? 0 : 100) + (gap.verdict === 'nonconform' ? 0 : 10) + (gap.finding ? grades.indexOf(gap.finding.grade) : 5);
  return gaps.sort((a, b) => rank(a) - rank(b)).slice(0, most);
}
