import { describe, expect, it } from 'vitest';
import { textsIn } from '../../testing/disk.js';
import { core as coreEn } from './core.en';
import { core as coreZh } from './core.zh';
import { chooseLanguage, local, localLines, t } from './index.svelte';
import { en } from './en';
import { zh } from './zh';

const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]/u;
const texts = import.meta.glob<string>('../**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true });
const sources = Object.entries(texts).filter(([file]) => !/\/testing\/|\.test\.ts$|bindings\.ts$|^\.\/(zh|en|core|index)/.test(file));
const withoutComments = (text: string) => text.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|(?<=^|[\s;])\/\/.*$/gm, '');

describe('the two dictionaries', () => {
  it('hold the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });
  it('call things what the core calls them', () => {
    expect(zh).toMatchObject(coreZh);
    expect(en).toMatchObject(coreEn);
  });
  it('leave nothing empty and no Chinese in the English one', () => {
    for (const [key, text] of Object.entries(en)) {
      expect(text.trim(), key).not.toBe('');
      expect(CHINESE.test(text), `${key}: ${text}`).toBe(false);
    }
    for (const [key, text] of Object.entries(zh)) expect(text.trim(), key).not.toBe('');
  });
  it('fill in the same values', () => {
    const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1]).sort();
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(holes(en[key]), key).toEqual(holes(zh[key]));
  });
  it('double no full-width punctuation', () => {
    for (const [key, text] of Object.entries(zh)) expect(/[，。；：、]{2}/u.test(text), key).toBe(false);
  });
  it('never promise a certificate', () => {
    for (const [key, text] of Object.entries(zh)) expect(/通过认证|国标|标准要求/u.test(text), key).toBe(false);
  });
});

describe('the components', () => {
  it('hold no Chinese outside the dictionaries', () => {
    const found = sources.flatMap(([file, text]) => {
      const line = withoutComments(text)
        .split('\n')
        .find((each) => CHINESE.test(each));
      return line ? [`${file}: ${line.trim()}`] : [];
    });
    expect(found).toEqual([]);
  });
  it('never write HTML from text', () => {
    for (const [file, text] of sources)
      expect(/\{@html|innerHTML|outerHTML|insertAdjacentHTML/.test(withoutComments(text)), file).toBe(false);
  });
  it('ask only for keys that exist', () => {
    for (const [file, text] of sources) {
      for (const [, key] of text.matchAll(/\bt\('([\w.-]+)'/g)) expect(Object.keys(zh), `${file} ${key}`).toContain(key);
    }
  });
  it('use every key', () => {
    const all = sources.map(([, text]) => text).join('\n');
    expect(sources.length).toBeGreaterThan(60);
    const core = textsIn('../src-tauri', (file) => file.endsWith('.rs') && !file.includes('tests'));
    const named = new Set([...`${all}\n${texts['../bindings.ts']}\n${core}`.matchAll(/(['"`])([\w.-]+)\1/g)].map((hit) => hit[2]!));
    // Keys that are put together: `verdict.${v}`, word('field', name), word('finding', `filter_${f}`). What is filled in is named somewhere.
    const made = [...all.matchAll(/`([\w.-]+)\$\{[^`]*?\}([\w.-]*)`/g)].map((hit) => [hit[1]!, hit[2]!] as const);
    const words = [...all.matchAll(/word\('(\w+)'/g)].map((hit) => [`${hit[1]}.`, ''] as const);
    const fits = (text: string, [before, after]: readonly [string, string]) =>
      text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after);
    const isNamed = (text: string): boolean =>
      named.has(text) || made.some((each) => !each[0].includes('.') && fits(text, each) && named.has(filled(text, each)));
    const filled = (text: string, [before, after]: readonly [string, string]) => text.slice(before.length, text.length - after.length);
    const isUsed = (key: string) =>
      all.includes(`'${key}'`) || [...made, ...words].some((each) => fits(key, each) && isNamed(filled(key, each)));
    const unused = Object.keys(zh).filter((key) => !isUsed(key));
    expect(unused).toEqual([]);
  });
});

it('English is written in ASCII quotes: Chinese fonts draw the curly ones as wide as a character', () => {
  const curly = Object.entries(en).filter(([, text]) => /[\u2018-\u201f]/u.test(text));
  expect(curly).toEqual([]);
});

describe('a text', () => {
  it('follows the language and fills in values', async () => {
    await chooseLanguage('zh');
    expect(t('save.saved', { at: '12:03:22' })).toBe('已保存 12:03:22');
    expect(document.documentElement.lang).toBe('zh-CN');
    await chooseLanguage('en');
    expect(t('save.saved', { at: '12:03:22' })).toBe('Saved 12:03:22');
  });
  it('goes with the number in English', async () => {
    await chooseLanguage('en');
    expect([t('evidence.used_by', { n: 1 }), t('evidence.used_by', { n: 9 }), t('evidence.used_by', { n: 0 })]).toEqual([
      'Used by 1 item',
      'Used by 9 items',
      'Used by 0 items',
    ]);
    expect(t('backup.holds', { answers: '1', changes: '480' })).toBe('1 verdict, 480 changes');
    // A form goes with a number that is filled in, and says something in both cases.
    for (const [key, text] of Object.entries(en)) {
      for (const [hole, name, one, several] of text.matchAll(/\{(\w+)\|([^|}]*)\|([^|}]*)\}/g)) {
        expect(text.includes(`{${name}}`) && one !== '' && several !== '', `${key}: ${hole}`).toBe(true);
      }
      expect(text.replace(/\{\w+(\|[^|}]+\|[^|}]+)?\}/g, ''), key).not.toMatch(/[{|}]/);
    }
    await chooseLanguage('zh');
  });
  it('is in the language that was chosen last, whichever came first', async () => {
    const slow = chooseLanguage('en');
    await chooseLanguage('zh');
    await slow;
    expect(t('verdict.conform')).toBe('符合');
    expect(document.documentElement.lang).toBe('zh-CN');
  });
  it('falls back to Chinese where the criteria have no English', async () => {
    await chooseLanguage('en');
    expect(local({ title: '排班', title_en: 'Scheduling' }, 'title')).toBe('Scheduling');
    expect(local({ title: '排班', title_en: '' }, 'title')).toBe('排班');
  });
  it('shows a list in English only when it is whole, so that no line stands beside another one', async () => {
    await chooseLanguage('en');
    const evidence = ['班表公布通知', '各期生效班表'];
    expect(localLines({ evidence, evidence_en: ['Roster notice', 'Rosters in effect'] }, 'evidence')).toEqual([
      'Roster notice',
      'Rosters in effect',
    ]);
    expect(localLines({ evidence, evidence_en: ['Roster notice'] }, 'evidence')).toEqual(evidence);
    expect(localLines({ evidence }, 'evidence')).toEqual(evidence);
    await chooseLanguage('zh');
    expect(localLines({ evidence, evidence_en: ['Roster notice', 'Rosters in effect'] }, 'evidence')).toEqual(evidence);
  });
});
