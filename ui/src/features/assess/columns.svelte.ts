// Widths of the columns in rem, remembered on this machine; losing them costs nothing, so they are no setting.

function read(name: string, fallback: number): number {
  try {
    return Number(localStorage.getItem(name)) || fallback;
  } catch {
    return fallback;
  }
}

function keep(name: string, value: number): void {
  try {
    localStorage.setItem(name, String(value));
  } catch {
    // A page without storage keeps them for this run only.
  }
}

class Columns {
  tree = $state(read('column.tree', 14));
  detail = $state(read('column.detail', 31));

  setTree(rem: number): void {
    this.tree = rem;
    keep('column.tree', rem);
  }
  setDetail(rem: number): void {
    this.detail = rem;
    keep('column.detail', rem);
  }
}
export const columns = new Columns();
