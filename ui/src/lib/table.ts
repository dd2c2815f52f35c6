/** A column of a [`Table`]. */
export type Column<T> = {
  id: string;
  label: string;
  /** Track of the grid, e.g. `6rem` or `minmax(9rem, 1fr)`. */
  width: string;
  /** Sorts by this when the head is pressed. */
  order?: (a: T, b: T) => number;
  /** Figures stand at the end. */
  num?: boolean;
  /** Shown only where the table is at least that wide, in rem. */
  from?: number;
};
