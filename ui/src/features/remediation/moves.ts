import { report } from '../../app.svelte';
import { taskMoves } from '../../bindings';
import { t, word } from '../../i18n/index.svelte';
import * as ipc from '../../ipc';
import { taskLabel } from '../../lib/format';
import { toasts } from '../../lib/toasts.svelte';
import type { Round } from '../../round.svelte';
import type { Closure, Task, TaskState } from '../../types';

/** States in the order of the board. */
export const STATES: TaskState[] = taskMoves.map(([state]) => state);
/** Where a task may go from each. */
export const NEXT = Object.fromEntries(taskMoves) as Record<TaskState, readonly TaskState[]>;

/** The one step that usually comes next, one further on the board or back from its end; the others are in the task itself. */
export function stepFrom(state: TaskState): TaskState {
  const further = STATES[STATES.indexOf(state) + 1];
  return further && NEXT[state].includes(further) ? further : NEXT[state][0]!;
}

/** What the button of a task says that takes it one step on. */
export function nextName(task: Task): string {
  if (task.state === 'closed') return t('task.reopen');
  const next = stepFrom(task.state);
  return next === 'closed' ? t('task.close') : t('task.move', { state: word('task_state', next) });
}

export async function moveTask(
  round: Round,
  task: Task,
  state: TaskState,
  closure: Closure = { result: '', verifier: '', proof: [] },
): Promise<void> {
  try {
    await round.write(() => ipc.moveTask(task.id, state, closure));
    toasts.show({ kind: 'done', text: t('task.moved', { label: taskLabel(task), state: word('task_state', state) }), keys: 'mod+z' });
  } catch (error) {
    report(error);
  }
}
