// What jsdom lacks and the components need. Each test starts from Chinese and an empty page.
import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';
import { chooseLanguage } from '../i18n/index.svelte';
import { toasts } from '../lib/toasts.svelte';

class StillObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal('ResizeObserver', StillObserver);
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
Element.prototype.scrollTo = function () {} as never;
Element.prototype.scrollIntoView = function () {} as never;
Element.prototype.setPointerCapture = function () {} as never;
Element.prototype.hasPointerCapture = function () { return false; } as never;

beforeEach(() => {
  chooseLanguage('zh');
  toasts.list = [];
});
afterEach(() => cleanup());
