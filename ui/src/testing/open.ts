import { clearMocks } from '@tauri-apps/api/mocks';
import { onTestFinished, vi } from 'vitest';
import { app, type Screen } from '../app.svelte';
import { acts } from '../features/assess/acts.svelte';
import * as ipc from '../ipc';
import { onKeydown } from '../lib/keymap';
import type { MockBackend } from '../mock/backend';
import { installMock } from '../mock/install';
import type { Round } from '../round.svelte';

/** Opens the sample (or an empty round) over the mock backend, the way the window does. */
export async function openRound(options: { empty?: boolean; screen?: Screen; readOnly?: boolean } = {}): Promise<{ backend: MockBackend; round: Round }> {
  const backend = installMock({ empty: options.empty ?? false });
  backend.readOnly = options.readOnly ?? false;
  app.settings = backend.settings;
  app.adopt(await ipc.openSample(), options.screen ?? 'assess');
  Object.assign(acts, { finding: null, task: null, pasted: '', bulkNa: null });
  backend.calls.length = 0;
  addEventListener('keydown', onKeydown);
  onTestFinished(async () => {
    // What the page was still fetching when the test ended wants to say that it is no longer needed.
    await vi.dynamicImportSettled();
    removeEventListener('keydown', onKeydown);
    app.round = null;
    app.view = null;
    clearMocks();
  });
  return { backend, round: app.round! };
}

/** Waits until every write that was asked for has been answered. */
export async function settle(round: Round): Promise<void> {
  await round.settled();
  await new Promise((resolve) => setTimeout(resolve, 0));
}
