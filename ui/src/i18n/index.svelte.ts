import { en } from './en';
import { zh } from './zh';

export type Lang = 'zh' | 'en';
export type Key = keyof typeof zh;
export type Params = { [name: string]: string | number };

const dictionaries: Record<Lang, Record<Key, string>> = { zh, en };

/** Names of the languages in themselves; never translated. */
export const LANGUAGES: { id: Lang; name: string }[] = [
  { id: 'zh', name: '简体中文' },
  { id: 'en', name: 'English' },
];

class Language {
  current = $state<Lang>('zh');
}
export const language = new Language();

/** Chinese unless English is asked for: what the system speaks is the shell's to find out. */
export function chooseLanguage(wanted: string): void {
  language.current = wanted === 'en' ? 'en' : 'zh';
  document.documentElement.lang = language.current === 'zh' ? 'zh-CN' : 'en';
  document.title = dictionaries[language.current]['app.title'];
}

/** The text of a key in the current language; `{name}` is filled in. */
export function t(key: Key, params?: Params): string {
  const text = dictionaries[language.current][key];
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** For keys built from data (`verdict.${v}`): the text, or the raw word when the dictionary does not know it. */
export function word(group: string, value: string): string {
  const dictionary: Record<string, string> = dictionaries[language.current];
  return dictionary[`${group}.${value}`] ?? value;
}

/** The text of a key in every language, for reading what people paste. */
export function everyLanguage(key: Key): string[] {
  return Object.values(dictionaries).map((dictionary) => dictionary[key]);
}

/** Picks `field` or `field_en` of something from the criteria; the Chinese text when no English one was written. */
export function local<F extends string>(thing: { [K in F | `${F}_en`]?: string }, field: F): string {
  const english = language.current === 'en' ? thing[`${field}_en` as const] : '';
  return english || (thing[field] ?? '');
}

/** The same for a list whose lines stand in the same order in both languages. */
export function localLines<F extends string>(thing: { [K in F | `${F}_en`]?: string[] }, field: F): string[] {
  const own = thing[field] ?? [];
  const english = language.current === 'en' ? (thing[`${field}_en` as const] ?? []) : [];
  return english.length === own.length ? english : own;
}
