// What the overview derives from the round: the last round's rates, the worst gaps.
import type { Round } from '../round.svelte';
import type { Finding, Item, Verdict } from '../types';
import { domainOf } from './format';

/**
 * Rates of the last round by domain, in hundredths of a percent. The core scores only the open round, so this repeats its
 * formula (points ÷ applicable points, weights of the profile) over the verdicts that the snapshot keeps of the last one.
 */
export function lastRates(round: Round): Map<string, number> | null {
  const before = round.predecessor;
  if (!before) return null;
  const profile = round.pack.profiles.find((each) => each.id === round.figures.score.profile) ?? round.pack.profiles[0];
  if (!profile) return null;
  const sums = new Map<string, { points: number; whole: number }>();
  for (const item of round.pack.items) {
    const verdict = before.verdicts[item.code] ?? null;
    if (verdict === 'na') continue;
    const domain = domainOf(item.code);
    const sum = sums.get(domain) ?? { points: 0, whole: 0 };
    const weight = profile.weights[item.code] ?? 1;
    sum.whole += weight;
    if (verdict) sum.points += weight * Number(profile.points[verdict]);
    sums.set(domain, sum);
  }
  return new Map([...sums].filter(([, sum]) => sum.whole > 0).map(([domain, sum]) => [domain, Math.round((sum.points / sum.whole) * 10_000)]));
}

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
  const rank = (gap: Gap) => (gap.item.key ? 0 : 100) + (gap.verdict === 'nonconform' ? 0 : 10) + (gap.finding ? grades.indexOf(gap.finding.grade) : 5);
  return gaps.sort((a, b) => rank(a) - rank(b)).slice(0, most);
}
