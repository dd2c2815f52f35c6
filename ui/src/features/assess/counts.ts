import type { Round } from '../../round.svelte';

export type Count = { items: number; assessed: number; conform: number; partial: number; nonconform: number; na: number };

/** Verdicts per group, from what is on screen: progress must not wait for the disk. Rates come from the core. */
export function countBy(round: Round, group: (code: string) => string): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { code } of round.pack.items) {
    const key = group(code);
    let count = counts.get(key);
    if (!count) counts.set(key, (count = { items: 0, assessed: 0, conform: 0, partial: 0, nonconform: 0, na: 0 }));
    const verdict = round.verdict(code);
    count.items += 1;
    if (verdict) {
      count.assessed += 1;
      count[verdict] += 1;
    }
  }
  return counts;
}
