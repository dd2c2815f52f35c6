// Undo and redo over everything, told in a sentence.
import { app, report } from '../../app.svelte';
import { t, word } from '../../i18n/index.svelte';
import * as ipc from '../../ipc';
import { evidenceLabel, findingLabel, taskLabel } from '../../lib/format';
import { toasts } from '../../lib/toasts.svelte';
import type { Round } from '../../round.svelte';
import type { Answer, Step, Update } from '../../types';

type Before = { answers: Map<string, Answer> };

/** `XC3-05 结论 符合 → 部分符合`, or the rows that came and went. */
export function describe(before: Before, update: Update): string {
  const parts: string[] = [];
  for (const now of update.answers) {
    const was = before.answers.get(now.item);
    if ((was?.verdict ?? null) !== now.verdict) {
      parts.push(
        `${now.item} ${t('assess.verdict')} ${word('verdict', was?.verdict ?? 'none')} → ${word('verdict', now.verdict ?? 'none')}`,
      );
    } else if ((was?.note ?? '') !== now.note) parts.push(`${now.item} ${t('assess.note')}`);
    else if ((was?.reason ?? '') !== now.reason) parts.push(`${now.item} ${t('assess.reason')}`);
    else parts.push(now.item);
  }
  for (const row of update.evidence) parts.push(evidenceLabel(row));
  for (const row of update.findings) parts.push(findingLabel(row));
  for (const row of update.tasks) parts.push(taskLabel(row));
  if (update.assessment) parts.push(t('action.edit_round'));
  if (parts.length === 0 && update.links.length > 0) parts.push([...new Set(update.links.map((l) => l.item))].join(' '));
  const shown = parts.slice(0, 2).join(t('list.separator'));
  return parts.length > 2 ? t('undo.more', { first: shown, count: parts.length }) : shown;
}

/** What the next undo would take back, for the button. */
export function stepName(step: Step | null): string {
  if (!step) return '';
  const items = step.items.length > 2 ? t('undo.items', { first: step.items[0] ?? '', count: step.items.length }) : step.items.join(' ');
  return `${word('action', step.action)} ${items}`.trim();
}

async function travel(
  round: Round,
  verb: () => Promise<Update | null>,
  done: 'undo.done' | 'redo.done',
  none: 'undo.none' | 'redo.none',
): Promise<void> {
  try {
    await round.flush();
    await round.settled();
    const before = { answers: new Map(round.answers) };
    const update = await round.write(verb);
    if (!update) {
      toasts.show({ kind: 'info', text: t(none) });
      return;
    }
    toasts.show({ kind: 'done', text: t(done, { what: describe(before, update) }), keys: done === 'undo.done' ? 'mod+z' : 'mod+y' });
    // The eye follows what changed.
    const only = update.answers.length === 1 ? update.answers[0] : undefined;
    if (only && app.screen === 'assess') app.view?.reveal(only.item);
  } catch (error) {
    report(error);
  }
}

export function undoStep(): void {
  if (app.round && !app.round.readOnly) void travel(app.round, ipc.undo, 'undo.done', 'undo.none');
}

export function redoStep(): void {
  if (app.round && !app.round.readOnly) void travel(app.round, ipc.redo, 'redo.done', 'redo.none');
}
