import { type CalendarDate, getLocalTimeZone, parseDate, today } from '@internationalized/date';

/** Reads a date as people type it: 2026-11-22, 2026/11/22, 20261122, 11-22 (this year), +7 (in seven days). `null` when it is none. */
export function readDate(typed: string, now: CalendarDate = today(getLocalTimeZone())): string | null {
  const text = typed.trim();
  const ahead = /^\+(\d{1,3})$/.exec(text);
  if (ahead) return now.add({ days: Number(ahead[1]) }).toString();
  const full = /^(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?$/u.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const short = /^(\d{1,2})[-/.\u6708](\d{1,2})\u65e5?$/u.exec(text);
  const parts = full ? [full[1], full[2], full[3]] : short ? [String(now.year), short[1], short[2]] : null;
  if (!parts) return null;
  const [year = '', month = '', day = ''] = parts as string[];
  try {
    return parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).toString();
  } catch {
    return null;
  }
}
