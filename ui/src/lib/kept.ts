// What must outlive a reload of the page but not the window: text that is not saved yet. The web view forgets it when the window
// is closed, so nothing the user wrote lies about outside the workspace.

export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Without storage a reload loses the pause that was not saved yet, nothing more.
  }
}

export function forget(name: string): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // See above.
  }
}

export function kept<V>(name: string): V | null {
  try {
    const text = sessionStorage.getItem(name);
    return text === null ? null : (JSON.parse(text) as V);
  } catch {
    return null;
  }
}
