import { describe, expect, it } from 'vitest';
import { readFileSync } from '../../testing/disk.js';
import { cellsAsHtml, cellsAsText, FORMULA_STARTS } from './cells';
import { fitting, type Column } from './table';

describe('cells for a spreadsheet', () => {
  it.each(FORMULA_STARTS)('text that begins with %j stays text', (sign) => {
    expect(cellsAsText([['头'], [`${sign}1+1`]]).split('\r\n')[1]).toMatch(/^"?'/);
    // What a cell of the HTML says is text by its format, and is not changed.
    expect(cellsAsHtml([['头'], [`${sign}1+1`]])).toContain(`style="mso-number-format:'\\@';`);
  });
  it('are defused as the core defuses them', () => {
    const plan = readFileSync('../src-tauri/crates/exchange/src/plan.rs', 'utf8');
    const arms = /matches!\(c, ([^)]*)\)/u.exec(plan)![1]!;
    const signs = [...arms.matchAll(/'(\\?.)'/gu)].map(([, sign]) => JSON.parse(`"${sign!.replace('\\0', '\\u0000')}"`) as string);
    expect(signs).toEqual(FORMULA_STARTS);
  });
  it('are quoted as Excel quotes them', () => {
    expect(cellsAsText([['a\tb', 'say "so"', '两\n行', '平常']])).toBe('"a\tb"\t"say ""so"""\t"两\n行"\t平常');
  });
});

it('columns that were chosen and have no room go, the last first; the others stay', () => {
  const column = (id: string, width: string, extra = true): Column<string> => ({ id, label: id, width, extra });
  const columns = [column('code', '4rem', false), column('title', 'minmax(8rem, 1fr)', false), column('a', '6rem'), column('b', '6rem')];
  const ids = (rem: number) => fitting(columns, rem, 0.75).map(({ id }) => id);
  expect(ids(0)).toEqual(['code', 'title', 'a', 'b']);
  expect(ids(40)).toEqual(['code', 'title', 'a', 'b']);
  expect(ids(24)).toEqual(['code', 'title', 'a']);
  expect(ids(5)).toEqual(['code', 'title']);
});
