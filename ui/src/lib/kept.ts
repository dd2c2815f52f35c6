// What must outlive a reload of the page: text that is not saved yet. As a rule the web view forgets it when the window is closed, so
// that nothing the user wrote lies about outside the workspace. What the core did not take has no other place than this, so it
// outlives a restart too; it goes when it is saved or given up.

export type Until = 'close' | 'restart';
const place = (until: Until) => (until === 'restart' ? localStorage : sessionStorage);

export function keep(name: string, value: unknown, until: Until = 'close'): void {
  try {
    place(until).setItem(name, JSON.stringify(value));
  } catch {
    // Without storage a reload loses the pause that was not saved yet, nothing more.
  }
}

export function forget(name: string, until: Until = 'close'): void {
  try {
    place(until).removeItem(name);
  } catch {
    // See above.
  }
}

export function kept<V>(name: string, until: Until = 'close'): V | null {
  try {
    const text = place(until).getItem(name);
    return text === null ? null : (JSON.parse(text) as V);
  } catch {
    return null;
  }
}
