import { language } from '../i18n/index.svelte';

const pad = (value: number) => String(value).padStart(2, '0');

/** `8746` → `87.46`. */
export function percent(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${pad(hundredths % 100)}`;
}

/** `8746` → `87.46%`; a dash when there is no rate. */
export function rate(hundredths: number | null | undefined): string {
  return hundredths === null || hundredths === undefined ? '—' : `${percent(hundredths)}%`;
}

/** `2026-11-22` in local time. */
export function day(instant: string | Date | null): string {
  if (!instant) return '';
  if (typeof instant === 'string' && /^\d{4}-\d\d-\d\d$/.test(instant)) return instant;
  const date = new Date(instant);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** `12:03:22` in local time. */
export function clock(instant: string | Date): string {
  const date = new Date(instant);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** `2026-11-22 12:03`. */
export function moment(instant: string | null): string {
  return instant ? `${day(instant)} ${clock(instant).slice(0, 5)}` : '';
}

export const today = (): string => day(new Date());

/** Whole days from `from` to `to`; both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** `1.4 MB`; sizes come as decimal strings. */
export function size(bytes: string | number): string {
  let value = Number(bytes);
  if (bytes === '' || Number.isNaN(value)) return '';
  for (const unit of ['B', 'kB', 'MB', 'GB']) {
    if (value < 1000 || unit === 'GB') return `${value < 10 && unit !== 'B' ? value.toFixed(1) : Math.round(value)}\u00a0${unit}`;
    value /= 1000;
  }
  return '';
}

/** A name proposed for a file, without its ending: `云岭客服中心-整改计划`. */
export const fileName = (...parts: (string | undefined)[]): string =>
  parts
    .filter(Boolean)
    .join('-')
    .replace(/[\\/:*?"<>|\s]+/g, '-');

export const evidenceLabel = (e: { number: number }): string => `EV-${String(e.number).padStart(4, '0')}`;
export const findingLabel = (f: { number: number }): string => `NC-${pad(f.number)}`;
export const taskLabel = (x: { number: number }): string => `T-${String(x.number).padStart(3, '0')}`;
export const reportLabel = (r: { number: number }): string => `R-${pad(r.number)}`;

export const sectionOf = (code: string): string => code.split('-')[0] ?? '';
export const domainOf = (code: string): string => sectionOf(code).replace(/\d+$/, '');

/** Made once: `localeCompare` with a language makes one for every comparison. */
const collators: Record<string, Intl.Collator> = {};

/** Sorts text the way the current language does. */
export function compare(a: string, b: string): number {
  const locale = language.current === 'zh' ? 'zh-CN' : 'en';
  return (collators[locale] ??= new Intl.Collator(locale)).compare(a, b);
}

/** Name of a file, without its folders. */
export const fileOf = (path: string) => path.split(/[\\/]/).pop() ?? path;
