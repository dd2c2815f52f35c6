// What the keys and buttons of 逐项评估 do.
import { t } from '../../i18n/index.svelte';
import { toasts } from '../../lib/toasts.svelte';
import type { Round, TextField } from '../../round.svelte';
import type { Answer, AnswerPatch, Clipboard, Finding, Task, Verdict } from '../../types';
import { replaced, type Spread, spread } from './spread';
import { awaitsConfirmation, isProposal, type AssessView } from './view.svelte';

/** A proposal is confirmed by looking at it; a verdict by giving it once more. */
function confirmed(answer: Answer): AnswerPatch {
  return isProposal(answer) ? { review: 'accepted' } : { verdict: answer.verdict };
}

class Acts {
  finding = $state.raw<{ item: string; finding?: Finding } | null>(null);
  task = $state.raw<{ item: string; task?: Task; finding?: Finding } | null>(null);
  /** What is on the clipboard and waits to be laid over the list. */
  pasted = $state.raw<Required<Clipboard> | null>(null);
  /** What is to go into several items and would replace texts that stand there: to be asked. */
  spreading = $state.raw<Spread | null>(null);
  /** Items that were called 不适用 together and wait for one reason. */
  bulkNa = $state.raw<string[] | null>(null);

  verdict(round: Round, view: AssessView, verdict: Verdict, advance: boolean): void {
    const items = view.chosen;
    const first = items[0];
    if (round.locked || !first) return;
    if (verdict === 'na') {
      const without = items.filter((item) => round.text(item, 'reason').trim() === '');
      if (without.length > 0) {
        if (items.length > 1) this.bulkNa = items;
        else this.#askReason(round, first);
        return;
      }
    }
    round.naWithoutReason = '';
    const wasUnassessed = round.verdict(first) === null;
    void round.mark(items, { verdict });
    if (items.length === 1 && advance) view.advance(wasUnassessed);
    else if (items.length > 1)
      toasts.show({ kind: 'done', text: t('assess.marked', { n: items.length, verdict: t(`verdict.${verdict}`) }), keys: 'mod+z' });
  }

  #askReason(round: Round, item: string): void {
    round.naWithoutReason = item;
    // The field appears with the next frame.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid="reason"]')?.focus());
  }

  /** Takes over what was proposed as 不适用, and verdicts that were given for another text; goes on to the next one. */
  confirm(round: Round, view: AssessView): void {
    const waits = (item: string) => isProposal(round.answer(item)) || awaitsConfirmation(round.answer(item));
    const items = view.chosen.filter(waits);
    if (items.length === 0) return;
    void round.markEach(items.map((item) => ({ item, patch: confirmed(round.answer(item)) })));
    const next = view.list.slice(view.list.indexOf(view.current) + 1).find(waits);
    if (next && items.length === 1) view.select(next);
    else toasts.show({ kind: 'done', text: t('assess.confirmed', { n: items.length }), keys: 'mod+z' });
  }

  clear(round: Round, view: AssessView): void {
    round.naWithoutReason = '';
    const items = view.chosen.filter((item) => round.verdict(item) !== null);
    if (items.length > 0) void round.mark(items, { clear: true });
  }

  /** Ctrl+D: what the first selected row holds goes into the others. */
  async fill(round: Round, view: AssessView, what: 'verdict' | 'note' | 'both'): Promise<void> {
    const [first, ...rest] = view.chosen;
    if (!first || rest.length === 0) {
      toasts.show({ kind: 'info', text: t('assess.fill_hint') });
      return;
    }
    await round.flush();
    const source = round.answer(first);
    const patch: AnswerPatch = {};
    if (what !== 'note') {
      if (source.verdict === null) patch.clear = true;
      else patch.verdict = source.verdict;
      if (source.verdict === 'na') patch.reason = source.reason;
    }
    if (what !== 'verdict') patch.note = source.note;
    await this.#spread(round, { items: rest, patch, done: (n) => t('assess.filled', { item: first, n }) });
  }

  /** Ctrl+Enter in a text of several items: what was typed goes into all of them, in one step. False where it goes into one. */
  enter(round: Round, view: AssessView, field: TextField): boolean {
    const { current } = view;
    const text = round.text(current, field);
    // Only what does not apply has a reason.
    const items = field === 'reason' ? view.chosen.filter((item) => round.verdict(item) === 'na') : view.chosen;
    if (round.locked || items.length < 2 || !items.includes(current)) return false;
    // Taken out of the field, so that leaving it saves nothing by itself.
    round.dropDraft(current, field);
    const back = () => round.type(current, field, text, true);
    void this.#spread(round, { items, patch: { [field]: text }, own: current, done: (n) => t('assess.entered', { n }), back });
    return true;
  }

  /** Asks where texts would be replaced. */
  async #spread(round: Round, wanted: Spread): Promise<void> {
    if (replaced(round, wanted).length > 0) this.spreading = wanted;
    else await spread(round, wanted);
  }
}

export const acts = new Acts();
