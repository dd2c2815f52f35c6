// The draft behind a dialog: what was typed, whether it differs from what is recorded, and why saving it failed. A draft that is left
// unsaved is there again when the same dialog is opened, also after a reload.
import { SvelteSet } from 'svelte/reactivity';
import { inWords } from '../app.svelte';
import { forget, keep, kept } from './kept';

/** Names of the drafts that hold unsaved text. */
export const unsaved = new SvelteSet<string>();

export class Form<D extends object> {
  draft: D;
  failed = $state('');
  busy = $state(false);
  /** Whether the draft is one that was left unsaved. */
  restored = $state(false);
  readonly #name: string;
  readonly #clean: string;

  constructor(name: string, initial: D) {
    this.#name = `form/${name}`;
    this.#clean = JSON.stringify(initial);
    const left = kept<D>(this.#name);
    this.restored = left !== null;
    this.draft = $state({ ...initial, ...left });
  }

  get dirty(): boolean {
    return JSON.stringify(this.draft) !== this.#clean;
  }

  /** Keeps the draft for the next time; called when it changes. */
  keep(): void {
    if (!this.dirty) return this.#forget();
    keep(this.#name, $state.snapshot(this.draft));
    unsaved.add(this.#name);
  }

  discard(): void {
    Object.assign(this.draft, JSON.parse(this.#clean));
    this.restored = false;
    this.#forget();
  }

  /** Sends what was typed; false when it was refused (the reason stands in `failed`). */
  async send(verb: (draft: D) => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.failed = '';
    this.busy = true;
    try {
      await verb($state.snapshot(this.draft) as D);
      this.#forget();
      return true;
    } catch (error) {
      const { text, detail } = inWords(error);
      this.failed = detail ? `${text} · ${detail}` : text;
      return false;
    } finally {
      this.busy = false;
    }
  }

  #forget(): void {
    forget(this.#name);
    unsaved.delete(this.#name);
  }
}
