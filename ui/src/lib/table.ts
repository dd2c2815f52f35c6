// Lists with columns: which columns are shown, in what order the rows stand, and which of them.
import type { Component } from 'svelte';
import { t } from '../i18n/index.svelte';

export type Column<T> = {
  id: string;
  label: string;
  /** Shown in the head where the label has no room. */
  icon?: Component<{ size?: string | number }>;
  /** Track of the grid, e.g. `6rem` or `minmax(9rem, 1fr)`. */
  width: string;
  /** Sorts by this when the head is pressed. */
  order?: (a: T, b: T) => number;
  /** What a row says in this column, for spreadsheets. */
  text?: (row: T) => string;
  /** What of a row the column can be filtered by: a row has one, several, or none. */
  values?: (row: T) => string[];
  /** How such a value is called, where it is not its own name. */
  name?: (value: string) => string;
  /** Figures stand at the end. */
  num?: boolean;
  /** Shown only where the table is at least that wide, in rem. */
  from?: number;
  /** Nobody needs it at first: it is there when it is chosen. */
  extra?: boolean;
  /** Without it nobody knows what a row is about. */
  fixed?: boolean;
};

/** Values that are wanted, by the column's id; columns that are not named take any. */
export type Filters = Record<string, string[]>;

/** The same without one of its names. */
export const without = <V>(record: Record<string, V>, name: string): Record<string, V> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));

/** What stands for a row that has no value in a column. */
const NONE = '';
const valuesOf = <T>(column: Column<T>, row: T): string[] => {
  const values = column.values?.(row) ?? [];
  return values.length > 0 ? values : [NONE];
};

/** Whether a row has one of the wanted values in every column that is filtered, but for the one that is left out. */
export function admits<T>(columns: Column<T>[], filters: Filters, row: T, without = ''): boolean {
  return Object.entries(filters).every(([id, wanted]) => {
    const column = columns.find((each) => each.id === id);
    return !column || id === without || valuesOf(column, row).some((value) => wanted.includes(value));
  });
}

/** A value as it is called. */
export const valueName = <T>(column: Column<T>, value: string): string =>
  value === NONE ? t('filter.blank') : (column.name?.(value) ?? value);

export type Counted = { value: string; n: number };

/** The values of a column, each with the number of rows that have it, in the column's own order; rows without any come last. */
export function counted<T>(column: Column<T>, rows: T[]): Counted[] {
  const counts = new Map<string, number>();
  const ordered = column.order ? [...rows].sort(column.order) : rows;
  for (const row of ordered) for (const value of valuesOf(column, row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const all = [...counts].map(([value, n]) => ({ value, n }));
  return [...all.filter(({ value }) => value !== NONE), ...all.filter(({ value }) => value === NONE)];
}

/** The columns that were chosen, in the table's own order; those it begins with where nothing was. */
export function chosenOf<T>(columns: Column<T>[], ids: string[] | undefined): Column<T>[] {
  return columns.filter((column) => column.fixed || (ids ? ids.includes(column.id) : !column.extra));
}

/** Least width of a track, in rem. */
const least = (column: { width: string }) => parseFloat(column.width.replace('minmax(', ''));

/** Those that have room: what the table can do without goes, the last first. All where the width is not known yet. In rem. */
export function fitting<T>(columns: Column<T>[], width: number, gap: number): Column<T>[] {
  if (width === 0) return columns;
  const shown = columns.filter((column) => !column.from || width >= column.from);
  const needed = () => shown.reduce((sum, column) => sum + least(column) + gap, EDGES);
  while (needed() > width) {
    const last = shown.findLastIndex((column) => column.extra);
    if (last < 0) break;
    shown.splice(last, 1);
  }
  return shown;
}
/** Before the first and after the last column, in rem. */
const EDGES = 1.25;
