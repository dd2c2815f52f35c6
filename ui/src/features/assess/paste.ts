// Reading a column copied from Excel: verdicts and notes, with or without item codes.
import { en } from '../../i18n/en';
import { zh } from '../../i18n/zh';
import type { AnswerPatch, ItemPatch, Verdict } from '../../types';

const LETTERS: Record<string, Verdict> = {
  y: 'conform', yes: 'conform', '1': 'conform', '\u221a': 'conform', '\u2713': 'conform', '\u2714': 'conform',
  p: 'partial', '2': 'partial', '0.5': 'partial', '\u25b3': 'partial',
  n: 'nonconform', no: 'nonconform', '3': 'nonconform', '\u00d7': 'nonconform', x: 'nonconform', '\u2717': 'nonconform',
  na: 'na', 'n/a': 'na', '4': 'na', '/': 'na', '-': 'na',
};

/** A verdict as people write it; `null` when the cell holds something else. */
export function readVerdict(cell: string): Verdict | null {
  const text = cell.trim().toLowerCase();
  if (text in LETTERS) return LETTERS[text]!;
  for (const verdict of ['conform', 'partial', 'nonconform', 'na'] as const) {
    if (text === verdict || [zh, en].some((words) => words[`verdict.${verdict}`].toLowerCase() === text)) return verdict;
  }
  return null;
}

/** Rows and cells of what a spreadsheet puts on the clipboard: tabs, line breaks, quotes around cells that hold either. */
export function readTable(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]!;
    if (quoted) {
      if (sign === '"' && source[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === '\t') {
      row.push(cell);
      cell = '';
    } else if (sign === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += sign;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

export type PastedRow = { code: string; verdict: Verdict | null; note: string | null; reason: string | null; problem: '' | 'unknown' | 'reason' | 'empty' | 'beyond' };

/**
 * Lays a pasted table over items. Rows that begin with an item code go to that item; otherwise the rows go down the list from
 * `targets[0]`. In a row the first cell that reads as a verdict is the verdict; the first other cell is the note. 不适用 takes the
 * note as its reason when the item has none.
 */
export function layOver(table: string[][], targets: string[], known: (code: string) => boolean, reasonOf: (code: string) => string): PastedRow[] {
  const withCodes = table.some((cells) => known((cells[0] ?? '').trim().toUpperCase()));
  let next = 0;
  const rows: PastedRow[] = [];
  for (const cells of table) {
    const rest = [...cells];
    let code: string;
    if (withCodes) {
      code = (rest.shift() ?? '').trim().toUpperCase();
      // A heading row above the codes is no mistake.
      if (!known(code) && rows.length === 0 && !/\d/.test(code)) continue;
    } else {
      code = targets[next++] ?? '';
    }
    const verdictAt = rest.findIndex((cell) => readVerdict(cell) !== null);
    const verdict = verdictAt >= 0 ? readVerdict(rest[verdictAt]!) : null;
    const text = rest.find((cell, at) => at !== verdictAt && cell.trim() !== '')?.trim() ?? null;
    const asReason = verdict === 'na' && text !== null && reasonOf(code).trim() === '';
    const row: PastedRow = { code, verdict, note: asReason ? null : text, reason: asReason ? text : null, problem: '' };
    if (!code) row.problem = 'beyond';
    else if (!known(code)) row.problem = 'unknown';
    else if (verdict === null && text === null) row.problem = 'empty';
    else if (verdict === 'na' && !row.reason && reasonOf(code).trim() === '') row.problem = 'reason';
    rows.push(row);
  }
  return rows;
}

/** What to send for the rows without a problem. */
export function toPatches(rows: PastedRow[]): ItemPatch[] {
  return rows
    .filter((row) => row.problem === '')
    .map((row) => {
      const patch: AnswerPatch = {};
      if (row.verdict) patch.verdict = row.verdict;
      if (row.note !== null) patch.note = row.note;
      if (row.reason !== null) patch.reason = row.reason;
      return { item: row.code, patch };
    });
}
