import { expect, it, onTestFinished, vi } from 'vitest';
import { openShell } from './testing/shell';

it('takes what the shell asked for ahead, once, and its refusal as any other', async () => {
  const { calls, session } = await openShell();
  const settings = await session.call('settings');
  const refused = Promise.reject({ code: 'locked', detail: '王工' });
  refused.catch(() => null);
  vi.stubGlobal('ahead', { settings: Promise.resolve({ ...settings, actor: '周敏' }), current: refused });
  vi.resetModules();
  onTestFinished(() => void vi.unstubAllGlobals());
  const ipc = await import('./ipc');
  expect(await ipc.settings()).toMatchObject({ actor: '周敏' });
  await expect(ipc.current()).rejects.toMatchObject({ code: 'locked', detail: '王工' });
  expect(calls).toHaveLength(0);
  // From then on the page asks itself.
  expect(await ipc.settings()).toEqual(settings);
  expect(calls.map((call) => call.command)).toEqual(['settings']);
});
