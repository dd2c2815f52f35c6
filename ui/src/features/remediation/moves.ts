import { report } from '../../app.svelte';
import { t, word } from '../../i18n/index.svelte';
import * as ipc from '../../ipc';
import { taskLabel } from '../../lib/format';
import { toasts } from '../../lib/toasts.svelte';
import type { Round } from '../../round.svelte';
import type { Closure, Task, TaskState } from '../../types';

/** Where a task may go; the core checks the same. */
export const NEXT: Record<TaskState, TaskState[]> = {
  todo: ['doing', 'to-verify'],
  doing: ['todo', 'to-verify'],
  'to-verify': ['doing', 'closed'],
  closed: ['doing'],
};
export const STATES: TaskState[] = ['todo', 'doing', 'to-verify', 'closed'];
/** The one step that usually comes next; the others are in the task itself. */
export const STEP = { todo: 'doing', doing: 'to-verify', 'to-verify': 'closed', closed: 'doing' } as const;

/** What the button of a task says that takes it one step on. */
export function nextName(task: Task): string {
  if (task.state === 'closed') return t('task.reopen');
  return task.state === 'to-verify' ? t('task.close') : t('task.move', { state: word('task_state', STEP[task.state]) });
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
