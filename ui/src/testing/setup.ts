// What jsdom lacks and the components need. Each test starts from Chinese and an empty page.
import { cleanup, configure } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';
import { chooseLanguage } from '../i18n/index.svelte';
import { toasts } from '../lib/toasts.svelte';

// A condition is awaited until it holds; the limit only ends a hopeless wait, so it may be long: machines are noisy.
configure({ asyncUtilTimeout: 110_000 });

// The virtual list asks for its height; jsdom lays nothing out.
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { get: () => 720 });
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { get: () => 1280 });
// Charts draw on a canvas that swallows everything: their options and life cycle run for real.
const nothing: object = new Proxy(() => nothing, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 0 : nothing),
  set: () => true,
  apply: () => nothing,
});
const context = new Proxy({}, { get: (_, name) => (name === 'measureText' ? () => ({ width: 10 }) : () => nothing), set: () => true });
HTMLCanvasElement.prototype.getContext = (() => context) as never;

class StillObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal('ResizeObserver', StillObserver);
// Everything is in sight.
vi.stubGlobal(
  'IntersectionObserver',
  class extends StillObserver {
    constructor(private readonly tell: (entries: { isIntersecting: boolean }[]) => void) {
      super();
    }
    override observe() {
      this.tell([{ isIntersecting: true }]);
    }
  },
);
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
Element.prototype.scrollTo = function () {} as never;
Element.prototype.scrollIntoView = function () {} as never;
Element.prototype.setPointerCapture = function () {} as never;
Element.prototype.hasPointerCapture = function () {
  return false;
} as never;

beforeEach(async () => {
  await chooseLanguage('zh');
  toasts.list = [];
  sessionStorage.clear();
  localStorage.clear();
});
afterEach(() => cleanup());
