// How many items of each verdict there are, as shown on screen.
import { domainOf, sectionOf } from './lib/format';
import type { Item, Verdict } from './types';

export type Count = { items: number; assessed: number; conform: number; partial: number; nonconform: number; na: number };

const none = (): Count => ({ items: 0, assessed: 0, conform: 0, partial: 0, nonconform: 0, na: 0 });

export function countBySection(items: Item[], verdictOf: (code: string) => Verdict | null): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { code } of items) {
    const section = sectionOf(code);
    let count = counts.get(section);
    if (!count) counts.set(section, (count = none()));
    const verdict = verdictOf(code);
    count.items += 1;
    if (verdict) {
      count.assessed += 1;
      count[verdict] += 1;
    }
  }
  return counts;
}

/** The sum over the sections a scope holds: a section, a domain, or all for the empty scope. */
export function countOf(sections: Map<string, Count>, scope: string): Count {
  const sum = none();
  for (const [section, count] of sections) {
    if (scope !== '' && section !== scope && domainOf(section) !== scope) continue;
    for (const key of Object.keys(sum) as (keyof Count)[]) sum[key] += count[key];
  }
  return sum;
}
