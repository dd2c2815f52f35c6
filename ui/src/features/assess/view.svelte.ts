// The list of items: what is shown, what is selected, where the cursor is. It lives as long as the round is open, so that the
// screen comes back as it was left.
import { untrack } from 'svelte';
import { Arranged } from '../../lib/arranged.svelte';
import { domainOf, sectionOf } from '../../lib/format';
import { type Searched, searched, searchWords } from '../../lib/search';
import { admits, type Counted, counted, type Filters } from '../../lib/table';
import type { Round } from '../../round.svelte';
import type { Answer, Item, Verdict } from '../../types';
import { itemColumns } from './itemColumns';

export type VerdictFilter = Verdict | 'none';
export const FLAGS = ['key', 'defect', 'no_evidence', 'finding', 'changed', 'returned', 'proposed', 'to_confirm'] as const;
export type Flag = (typeof FLAGS)[number];
type Wanted = { scope: string; verdicts: VerdictFilter[]; flags: Flag[]; words: string[]; columns: Filters };

export class AssessView {
  readonly round: Round;
  /** Domain or section code; empty = all. */
  scope = $state('');
  verdicts = $state.raw<VerdictFilter[]>([]);
  flags = $state.raw<Flag[]>([]);
  query = $state('');
  /** The order of the rows, and what is wanted of the columns. */
  readonly arranged = new Arranged<Item>();
  columns = $derived.by(() => itemColumns(this.round));
  /** The item in the detail. */
  current = $state('');
  /** Further selected items; always holds `current` when not empty. */
  selected = $state.raw<Set<string>>(new Set());
  #anchor = '';

  /** Codes that match, taken when filter or order changed: marking an item never makes its row vanish or move under the pointer. */
  list = $derived.by(() => {
    const wanted = this.#filter();
    const { by, down } = this.arranged;
    void [this.#taken, by, down];
    return untrack(() => {
      const found = this.round.pack.items.filter((item) => this.#matches(item, wanted));
      return this.arranged.sorted(found, this.columns).map((item) => item.code);
    });
  });
  #taken = $state(0);

  /** How many shown items no longer match. */
  stale = $derived.by(() => {
    const wanted = this.#filter();
    if (wanted.verdicts.length === 0 && wanted.flags.length === 0 && !this.arranged.isFiltered) return 0;
    return this.list.filter((code) => !this.#matches(this.round.items.get(code)!, wanted)).length;
  });

  isFiltered = $derived(
    this.scope !== '' || this.verdicts.length > 0 || this.flags.length > 0 || this.query.trim() !== '' || this.arranged.isFiltered,
  );

  constructor(round: Round) {
    this.round = round;
    const first = round.pack.items.find((item) => !round.verdict(item.code)) ?? round.pack.items[0];
    this.current = first?.code ?? '';
  }

  #filter(): Wanted {
    const { scope, verdicts, flags, query, arranged } = this;
    return { scope, verdicts, flags, words: searchWords(query), columns: arranged.filters };
  }

  #matches(item: Item, wanted: Wanted, without = ''): boolean {
    const { code } = item;
    if (wanted.scope && domainOf(code) !== wanted.scope && sectionOf(code) !== wanted.scope) return false;
    if (wanted.verdicts.length > 0 && !wanted.verdicts.includes(this.round.verdict(code) ?? 'none')) return false;
    if (!wanted.flags.every((flag) => this.#hasFlag(item, flag))) return false;
    if (!admits(this.columns, wanted.columns, item, without)) return false;
    return isFound(this.round, item, wanted.words);
  }

  #hasFlag(item: Item, flag: Flag): boolean {
    const { round } = this;
    switch (flag) {
      case 'key':
        return item.key;
      case 'defect':
        return round.defectsByItem.has(item.code);
      case 'no_evidence':
        return round.evidenceOf(item.code).length === 0;
      case 'finding':
        return round.findingsByItem.has(item.code);
      case 'changed':
        return round.predecessor !== null && (round.predecessor.verdicts[item.code] ?? null) !== round.verdict(item.code);
      case 'returned':
        return round.answer(item.code).review === 'returned';
      case 'proposed':
        return isProposal(round.answer(item.code));
      case 'to_confirm':
        return awaitsConfirmation(round.answer(item.code));
    }
  }

  /** The values of a column among the rows that would be there if it were not filtered. */
  valuesOf(id: string): Counted[] {
    const column = this.columns.find((each) => each.id === id);
    const wanted = this.#filter();
    return column
      ? counted(
          column,
          this.round.pack.items.filter((item) => this.#matches(item, wanted, id)),
        )
      : [];
  }

  /** Takes the filter anew over what is recorded now. */
  refresh(): void {
    this.#taken += 1;
  }

  clear(): void {
    this.scope = '';
    this.verdicts = [];
    this.flags = [];
    this.query = '';
    this.arranged.clear();
    this.refresh();
  }

  /** Shows only these; used by links from the overview. */
  only(filter: { scope?: string; verdicts?: VerdictFilter[]; flags?: Flag[] }): void {
    this.clear();
    this.scope = filter.scope ?? '';
    this.verdicts = filter.verdicts ?? [];
    this.flags = filter.flags ?? [];
    const first = this.list[0];
    if (first) this.select(first);
  }

  toggleVerdict(verdict: VerdictFilter): void {
    this.verdicts = this.verdicts.includes(verdict) ? this.verdicts.filter((v) => v !== verdict) : [...this.verdicts, verdict];
    this.refresh();
  }

  toggleFlag(flag: Flag): void {
    this.flags = this.flags.includes(flag) ? this.flags.filter((f) => f !== flag) : [...this.flags, flag];
    this.refresh();
  }

  select(code: string): void {
    if (code !== this.current) void this.round.flush();
    this.current = code;
    this.#anchor = code;
    if (this.selected.size > 0) this.selected = new Set();
  }

  /** Selects an item even when the filter hides it: the filter goes then. */
  reveal(code: string): void {
    if (!this.list.includes(code)) this.clear();
    this.select(code);
  }

  toggle(code: string): void {
    const next = new Set(this.selected.size > 0 ? this.selected : [this.current]);
    if (next.has(code) && next.size > 1) next.delete(code);
    else next.add(code);
    void this.round.flush();
    this.current = next.has(code) ? code : ([...next][0] ?? code);
    this.#anchor = code;
    this.selected = next.size > 1 ? next : new Set();
  }

  extendTo(code: string): void {
    const from = this.list.indexOf(this.#anchor || this.current);
    const to = this.list.indexOf(code);
    if (from < 0 || to < 0) return this.select(code);
    void this.round.flush();
    const anchor = this.list[from]!;
    this.selected = new Set(this.list.slice(Math.min(from, to), Math.max(from, to) + 1));
    this.current = code;
    this.#anchor = anchor;
  }

  selectAll(): void {
    if (this.list.length > 1) this.selected = new Set(this.list);
  }

  /** Selected codes as they stand in the list, those it hides left out; the current one when nothing else is selected. */
  chosen = $derived.by(() => {
    const chosen = this.selected.size > 1 ? this.list.filter((code) => this.selected.has(code)) : [];
    return chosen.length > 0 ? chosen : [this.current].filter(Boolean);
  });

  step(by: number, extend = false): void {
    const at = this.list.indexOf(this.current);
    const to = at < 0 ? 0 : Math.min(this.list.length - 1, Math.max(0, at + by));
    const code = this.list[to];
    if (!code) return;
    if (extend) this.extendTo(code);
    else this.select(code);
  }

  /** After a verdict: the next unassessed item behind the current one, from the top again if need be; else the next row. */
  advance(wasUnassessed: boolean): void {
    const at = this.list.indexOf(this.current);
    const after = [...this.list.slice(at + 1), ...this.list.slice(0, Math.max(0, at))];
    const open = wasUnassessed ? after.find((code) => !this.round.verdict(code)) : undefined;
    if (open) this.select(open);
    else this.step(1);
  }
}

/** Whether the core proposed this 不适用 because of what does not apply, and nobody has looked at it. */
export function isProposal(answer: Answer): boolean {
  return answer.proposed === true;
}

/** Whether the verdict was given for another text of the item, and nobody has confirmed it. */
export function awaitsConfirmation(answer: Answer): boolean {
  return Boolean(answer.given_for);
}

/** Everything about an item that a search looks at; the criteria first, line by line. */
export function searchTexts(round: Round, item: Item): Searched[] {
  const answer = round.answers.get(item.code);
  const texts = [wordsOfCriteria(item)];
  const add = (...own: string[]) => own.forEach((text) => text && texts.push(searched(text)));
  if (answer) add(answer.note, answer.reason, answer.review_note);
  for (const { evidence } of round.evidenceOf(item.code)) add(evidence.title, evidence.file_name);
  for (const finding of round.findingsByItem.get(item.code) ?? []) add(finding.fact, finding.cause, finding.department);
  for (const task of round.tasksByItem.get(item.code) ?? []) add(task.title, task.owner);
  return texts;
}

/** The criteria stay what they are while a search is typed: half a megabyte, put together once. */
const criteriaWords = new WeakMap<Item, Searched>();
function wordsOfCriteria(item: Item): Searched {
  let words = criteriaWords.get(item);
  if (words === undefined) {
    words = searched(
      [
        item.code,
        item.title,
        item.title_en,
        item.requirement,
        item.requirement_en,
        ...item.check_points,
        ...item.evidence,
        ...(item.check_points_en ?? []),
        ...(item.evidence_en ?? []),
      ].join('\n'),
    );
    criteriaWords.set(item, words);
  }
  return words;
}

/** Whether the item holds all these words, each anywhere. */
export function isFound(round: Round, item: Item, words: string[]): boolean {
  if (words.length === 0) return true;
  const texts = searchTexts(round, item);
  return words.every((word) => texts.some(({ folded }) => folded.includes(word)));
}

/** Looks through everything once, so that the words of the criteria are put together before the first letter is typed. */
export function readyToSearch(round: Round): void {
  for (const item of round.pack.items) searchTexts(round, item);
}
