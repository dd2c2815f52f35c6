// The language that the window speaks. English is fetched by those who ask for it.
import { zh } from './zh';

export type Lang = 'zh' | 'en';
export type Key = keyof typeof zh;
export type Params = { [name: string]: string | number };

type Dictionary = Record<Key, string>;

/** Names of the languages in themselves; never translated. */
export const LANGUAGES: { id: Lang; name: string }[] = [
  { id: 'zh', name: '简体中文' },
  { id: 'en', name: 'English' },
];

class Language {
  words = $state.raw<Dictionary>(zh);
  get current(): Lang {
    return this.words === zh ? 'zh' : 'en';
  }
}
export const language = new Language();
let chosen: Lang = 'zh';

/** Chinese, and at once, unless English is asked for: what the system speaks is the shell's to find out. */
export async function chooseLanguage(wanted: string): Promise<void> {
  const lang = (chosen = wanted === 'en' ? 'en' : 'zh');
  const words = lang === 'zh' ? zh : (await import('./en')).en;
  // Another one may have been chosen while the words were on their way.
  if (lang !== chosen) return;
  language.words = words;
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.title = words['app.title'];
}

/** The text of a key in the current language; `{name}` is filled in, of `{name|one|several}` what goes with the number. */
export function t(key: Key, params?: Params): string {
  const text = language.words[key];
  if (!params) return text;
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (whole, name: string, one?: string, several?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (one === undefined || several === undefined) return String(value);
    return Number(value) === 1 ? one : several;
  });
}

/** For keys built from data (`verdict.${v}`): the text, or the raw word when the dictionary does not know it. */
export function word(group: string, value: string): string {
  const dictionary: Record<string, string> = language.words;
  return dictionary[`${group}.${value}`] ?? value;
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
