import { clearMocks } from '@tauri-apps/api/mocks';
import { expect, it, onTestFinished, vi } from 'vitest';
import { installMock } from './mock/install';

it('takes what the shell asked for ahead, once, and its refusal as any other', async () => {
  const backend = installMock({ empty: true });
  const refused = Promise.reject({ code: 'locked', detail: '王工' });
  refused.catch(() => null);
  vi.stubGlobal('ahead', { settings: Promise.resolve({ ...backend.settings, actor: '周敏' }), current: refused });
  vi.resetModules();
  onTestFinished(() => {
    vi.unstubAllGlobals();
    clearMocks();
  });
  const ipc = await import('./ipc');
  expect(await ipc.settings()).toMatchObject({ actor: '周敏' });
  await expect(ipc.current()).rejects.toMatchObject({ code: 'locked', detail: '王工' });
  expect(backend.calls).toHaveLength(0);
  // From then on the page asks itself.
  expect(await ipc.settings()).toEqual(backend.settings);
  expect(backend.calls.map((call) => call.command)).toEqual(['settings']);
});
