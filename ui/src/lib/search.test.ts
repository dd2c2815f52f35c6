import { describe, expect, it } from 'vitest';
import table from './search.cases.json?raw';
import { exactFirst, excerpt, fold, hit, holds, pieces, searched, searchWords } from './search';

describe('a search', () => {
  const cases = JSON.parse(table) as { query: string; text: string; hit: string | null }[];
  it.each(cases)('for $query in $text is what the command line says: $hit', ({ query, text, hit: wanted }) => {
    expect(hit(text, query)).toBe(wanted);
    expect(holds(text, searchWords(query))).toBe(wanted !== null);
  });

  it('puts what was typed before what is taken for the same', () => {
    const titles = ['ＩＶＲ菜单', 'ivr 测试', 'IVR 日志', 'ivr 菜单'];
    expect(exactFirst(titles, (title) => title, 'IVR')).toEqual(['IVR 日志', 'ＩＶＲ菜单', 'ivr 测试', 'ivr 菜单']);
    expect(exactFirst(titles, (title) => title, 'ivr')).toEqual(['ivr 测试', 'ivr 菜单', 'ＩＶＲ菜单', 'IVR 日志']);
  });

  it('compares what is folded already as it stands', () => {
    for (const { text } of cases) expect(fold(fold(text))).toBe(fold(text));
  });
});

describe('search hits', () => {
  /** The text with its hits in brackets. */
  const marked = (text: string, query: string) =>
    pieces(text, searchWords(query))
      .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
      .join('');

  it.each([
    ['投诉处理与投诉回访', '投诉 诉处', '[投诉处]理与[投诉]回访'],
    ['GH1-01', 'gh1', '[GH1]-01'],
    ['条目ＧＨ１－０１', 'gh1-01', '条目[ＧＨ１－０１]'],
    ['全长', '全长', '[全长]'],
    ['没有', '别的', '没有'],
    // Folding makes these longer or shorter; what follows is marked all the same.
    ['㎡㎡门禁', '门禁', '㎡㎡[门禁]'],
    ['4㎡以上', 'm2', '4[㎡]以上'],
    ['4㎡以上', '2以', '4[㎡以]上'],
    ['İİ 门禁', '门禁', 'İİ [门禁]'],
    ['ﾊﾞｯｸ与门禁', '门禁', 'ﾊﾞｯｸ与[门禁]'],
    ['ﾊﾞｯｸ与门禁', 'バッ', '[ﾊﾞｯ]ｸ与门禁'],
    ['cafe\u0301门禁', 'café', '[cafe\u0301]门禁'],
    ['😀😀门禁', '门禁', '😀😀[门禁]'],
  ])('of %s for %s are cut out whole', (text, query, wanted) => expect(marked(text, query)).toBe(wanted));

  it('are shown within their line as it was written', () => {
    const text = searched('第一行（试行）\n㎡，第二行（ＩＶＲ菜单）未更新\n第三行');
    expect(excerpt(text, 'ivr')).toBe('㎡，第二行（ＩＶＲ菜单）未更新');
    expect(excerpt(searched(`${'前'.repeat(20)}门禁${'后'.repeat(60)}`), '门禁')).toBe(`${'前'.repeat(12)}门禁${'后'.repeat(38)}`);
    expect(excerpt(text, '没有')).toBe('');
  });
});
