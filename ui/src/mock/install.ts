// Puts the mock backend where Tauri's `invoke` looks, before the app starts.
import { mockConvertFileSrc, mockIPC, mockWindows } from '@tauri-apps/api/mocks';
import type { CriteriaPack, Snapshot } from '../types';
import { MockBackend } from './backend';
import pack from './pack.json';

export function installMock(options: { today?: string; empty?: boolean; snapshot?: Snapshot } = {}): MockBackend {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const backend = new MockBackend(pack as unknown as CriteriaPack, today, options.empty);
  if (options.snapshot && !options.empty) backend.show(options.snapshot);
  mockWindows('main');
  mockConvertFileSrc('linux');
  mockIPC((command, args) => backend.invoke(command, args as never), { shouldMockEvents: true });
  backend.emit = (event, payload) => void import('@tauri-apps/api/event').then((api) => api.emit(event, payload));
  return backend;
}
