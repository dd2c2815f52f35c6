// One row's texts and verdict into several rows, in one step, and what that would replace.
import { toasts } from '../../lib/toasts.svelte';
import { TEXT_FIELDS, type Round } from '../../round.svelte';
import type { AnswerPatch } from '../../types';

export type Spread = {
  items: string[];
  patch: AnswerPatch;
  /** The item in whose field it was typed: what stood there was typed over. */
  own?: string;
  /** What is said when so many rows took it. */
  done: (n: number) => string;
  /** Nothing is to be done: puts back what was typed. */
  back?: () => void;
};

/** The texts of an item that would become others. */
function lost(round: Round, item: string, { own, patch }: Spread) {
  const held = round.answer(item);
  return TEXT_FIELDS.filter(
    (field) => item !== own && typeof patch[field] === 'string' && held[field].trim() !== '' && held[field] !== patch[field],
  );
}

/** The items that would lose a text. */
export function replaced(round: Round, wanted: Spread): string[] {
  return wanted.items.filter((item) => lost(round, item, wanted).length > 0);
}

/** Writes it; texts that stand there stay when `keeps`. */
export async function spread(round: Round, wanted: Spread, keeps = false): Promise<void> {
  const { items, patch, done } = wanted;
  const without = (item: string): AnswerPatch => {
    const texts = lost(round, item, wanted);
    return Object.fromEntries(Object.entries(patch).filter(([field]) => !texts.some((text) => text === field)));
  };
  const patches = items
    .map((item) => ({ item, patch: keeps ? without(item) : patch }))
    .filter((each) => Object.keys(each.patch).length > 0);
  if (await round.markEach(patches)) toasts.show({ kind: 'done', text: done(patches.length), keys: 'mod+z' });
}
