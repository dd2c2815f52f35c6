// Short messages at the lower edge. They go after six seconds; errors stay until they are closed.

export type Toast = {
  id: number;
  kind: 'done' | 'info' | 'error';
  text: string;
  detail?: string;
  keys?: string;
  action?: { label: string; run: () => void };
};

const SHOWN_MS = 6000;

class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  show(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++;
    // Errors stay, but of good news only the latest: a pile would hide the list behind it.
    this.list = [...this.list.filter((held) => held.kind === 'error').slice(-2), { ...toast, id }];
    if (toast.kind !== 'error') setTimeout(() => this.close(id), SHOWN_MS);
    return id;
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
