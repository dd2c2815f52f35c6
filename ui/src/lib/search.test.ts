import { describe, expect, it } from 'vitest';
import { excerpt, fold, holds, pieces, searched, searchWords } from './search';

describe('a search', () => {
  it.each([
    ['ＧＨ1－01', 'GH1-01'],
    ['gh1-01', 'ＧＨ１－０１'],
    ['ａｂｃ', 'ABC'],
    ['门禁　夜班', '夜班门禁记录'],
    ['１００％', '占比 100%'],
    ['(试行)', '管理办法（试行）'],
    ['m2', '座席面积 4㎡'],
    ['バックアップ', 'ﾊﾞｯｸｱｯﾌﾟ'],
    ['  ', '什么都算'],
  ])('for %s finds %s', (query, text) => expect(holds(text, searchWords(query))).toBe(true));

  it.each([
    ['GH1-02', 'GH1-01'],
    ['门禁 日班', '夜班门禁记录'],
    ['%', '占比'],
    ['錄音', '录音'],
  ])('for %s does not find %s', (query, text) => expect(holds(text, searchWords(query))).toBe(false));

  it('compares what is folded already as it stands', () => {
    for (const text of ['ＧＨ1－01', '㎡', 'ABC', '（试行）']) expect(fold(fold(text))).toBe(fold(text));
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
