import { describe, expect, it } from 'vitest';
import { layOver, readTable, readVerdict, toPatches } from './paste';

const known = (code: string) => /^(GH|RY)1-0[1-5]$/.test(code);
const noReason = () => '';

describe('a verdict in a cell', () => {
  it.each([
    ['符合', 'conform'], ['部分符合', 'partial'], ['不符合', 'nonconform'], ['不适用', 'na'],
    [' Y ', 'conform'], ['p', 'partial'], ['N', 'nonconform'], ['n/a', 'na'], ['NA', 'na'], ['Partial', 'partial'], ['√', 'conform'],
  ] as const)('%s reads as %s', (cell, verdict) => expect(readVerdict(cell)).toBe(verdict));
  it('is not guessed from longer text', () => {
    expect(readVerdict('基本符合要求')).toBeNull();
    expect(readVerdict('')).toBeNull();
  });
});

describe('a table from a spreadsheet', () => {
  it('keeps line breaks and quotes inside quoted cells', () => {
    expect(readTable('符合\t"第一行\r\n第二行"\r\n不符合\t"他说""没有"""\r\n')).toEqual([
      ['符合', '第一行\n第二行'],
      ['不符合', '他说"没有"'],
    ]);
  });
  it('goes down the list row by row', () => {
    const rows = layOver(readTable('符合\n部分符合\t缺签字\n\n不符合'), ['GH1-01', 'GH1-02', 'GH1-03'], known, noReason);
    expect(rows.map((row) => [row.code, row.verdict, row.note, row.problem])).toEqual([
      ['GH1-01', 'conform', null, ''],
      ['GH1-02', 'partial', '缺签字', ''],
      ['GH1-03', null, null, 'empty'],
      ['', 'nonconform', null, 'beyond'],
    ]);
    expect(toPatches(rows)).toEqual([
      { item: 'GH1-01', patch: { verdict: 'conform' } },
      { item: 'GH1-02', patch: { verdict: 'partial', note: '缺签字' } },
    ]);
  });
  it('goes by code when the first column holds codes, skipping a heading', () => {
    const rows = layOver(readTable('条目\t结论\t说明\nRY1-02\t符合\t已抽样\nry1-04\tn\t\nRY9-99\t符合\t'), ['GH1-01'], known, noReason);
    expect(rows.map((row) => [row.code, row.verdict, row.problem])).toEqual([
      ['RY1-02', 'conform', ''],
      ['RY1-04', 'nonconform', ''],
      ['RY9-99', 'conform', 'unknown'],
    ]);
  });
  it('takes the text beside 不适用 as the reason, and refuses it without one', () => {
    const rows = layOver(readTable('不适用\t没有外呼业务\n不适用'), ['GH1-01', 'GH1-02'], known, noReason);
    expect(rows[0]).toMatchObject({ reason: '没有外呼业务', note: null, problem: '' });
    expect(rows[1]).toMatchObject({ problem: 'reason' });
    expect(layOver([['不适用']], ['GH1-01'], known, () => '无外呼')[0]).toMatchObject({ problem: '' });
  });
});
