// How a list is arranged: by which column, and what of each column is wanted.
import { admits, type Column, type Filters, without } from './table';

export class Arranged<T> {
  /** Id of the column the rows are sorted by; empty = the order they come in. */
  by = $state('');
  down = $state(false);
  filters = $state.raw<Filters>({});

  isFiltered = $derived(Object.keys(this.filters).length > 0);

  /** Up, down, and back to the order the rows came in. */
  sort(id: string): void {
    const isUp = this.by === id && !this.down;
    const isDown = this.by === id && this.down;
    this.by = isDown ? '' : id;
    this.down = isUp;
  }

  /** Takes a value of a column to what is wanted, or away from it. */
  toggle(id: string, value: string): void {
    const held = this.filters[id] ?? [];
    const wanted = held.includes(value) ? held.filter((each) => each !== value) : [...held, value];
    if (wanted.length > 0) this.filters = { ...this.filters, [id]: wanted };
    else this.drop(id);
  }

  /** Whatever the column holds is wanted again. */
  drop(id: string): void {
    this.filters = without(this.filters, id);
  }

  clear(): void {
    this.filters = {};
  }

  /** The rows in order. */
  sorted(rows: T[], columns: Column<T>[]): T[] {
    const order = columns.find((column) => column.id === this.by)?.order;
    if (!order) return rows;
    const list = [...rows].sort(order);
    return this.down ? list.reverse() : list;
  }

  /** The rows that are wanted. */
  filtered(rows: T[], columns: Column<T>[]): T[] {
    return this.isFiltered ? rows.filter((row) => admits(columns, this.filters, row)) : rows;
  }
}
