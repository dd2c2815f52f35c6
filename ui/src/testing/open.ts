import { onTestFinished } from 'vitest';
import { app, type Screen } from '../app.svelte';
import { acts } from '../features/assess/acts.svelte';
import * as ipc from '../ipc';
import { onKeydown } from '../lib/keymap';
import type { Round } from '../round.svelte';
import { openShell, type Session, type Shell } from './shell';

type Options = {
  /** A round without a mark instead of the sample. */
  empty?: boolean;
  screen?: Screen;
  /** What happened before the page came. */
  before?: (session: Session) => Promise<void>;
};

/** Opens a round the way the window does. */
export async function openRound(options: Options = {}): Promise<{ shell: Shell; round: Round }> {
  const shell = await openShell(options.empty ? 'empty' : 'sample');
  await shell.session.call('save_settings', { settings: { lang: 'zh', theme: 'light', text_scale: 100, actor: '质检主管', recent: [] } });
  await options.before?.(shell.session);
  app.settings = await ipc.settings();
  app.adopt((await ipc.current())!, options.screen ?? 'assess');
  Object.assign(acts, { finding: null, task: null, pasted: null, spreading: null, bulkNa: null });
  shell.calls.length = 0;
  addEventListener('keydown', onKeydown);
  onTestFinished(() => {
    removeEventListener('keydown', onKeydown);
    app.round = null;
    app.view = null;
  });
  return { shell, round: app.round! };
}

/** Waits until every write that was asked for has been answered. */
export async function settle(round: Round): Promise<void> {
  await round.settled();
  await new Promise((resolve) => setTimeout(resolve, 0));
}
