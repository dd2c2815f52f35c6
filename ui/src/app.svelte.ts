// What the window as a whole knows: settings, the open round, the screen, and the verbs that change them.
import { AssessView } from './features/assess/view.svelte';
import { chooseLanguage, local, t, word } from './i18n/index.svelte';
import * as ipc from './ipc';
import { IpcError } from './ipc';
import { measureRoom } from './lib/room';
import { toasts } from './lib/toasts.svelte';
import { Round } from './round.svelte';
import type { Opened, Recent, Settings } from './types';

export const SCREENS = ['overview', 'assess', 'evidence', 'findings', 'remediation', 'report', 'records', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

/** What a screen should show when another one leads to it. */
export type Target = { item?: string; evidence?: string; finding?: string; task?: string; filter?: string };

const DEFAULT_SETTINGS: Settings = { lang: '', theme: '', text_scale: 100, actor: '', columns: {}, system_lang: 'zh', recent: [] };

class App {
  settings = $state.raw<Settings>(DEFAULT_SETTINGS);
  recent = $state.raw<Recent[]>([]);
  ready = $state(false);
  busy = $state('');
  round = $state.raw<Round | null>(null);
  view = $state.raw<AssessView | null>(null);
  screen = $state<Screen>('overview');
  target = $state.raw<Target>({});
  palette = $state(false);
  keys = $state(false);
  tour = $state(false);
  /** The wizard: for a new workspace, or for the next round of the open one. */
  wizard = $state<'' | 'workspace' | 'round'>('');
  railFolded = $state(false);
  /** The dialog that edits what is said about the round. */
  editingRound = $state(false);
  /** The dialog that gives the round other criteria. */
  updatingCriteria = $state(false);
  /** Code of the item, no longer in the criteria, whose records are shown. */
  archivedItem = $state('');

  async boot(): Promise<void> {
    // Both are on their way together. A refusal of the second is told in its turn.
    const current = ipc.current();
    current.catch(() => null);
    try {
      this.settings = { ...DEFAULT_SETTINGS, ...(await ipc.settings()) };
    } catch (error) {
      report(error);
    }
    await this.#dress();
    try {
      const opened = await current;
      if (opened) this.adopt(opened, 'overview');
    } catch (error) {
      report(error);
    }
    this.ready = true;
    await this.refreshRecent();
  }

  #isShown = false;

  /** The first screen is in the document. Two frames later it is painted, and the log gets to know. */
  shown(): void {
    if (this.#isShown) return;
    this.#isShown = true;
    requestAnimationFrame(() => requestAnimationFrame(() => void ipc.bootTiming(Math.round(performance.now()))));
  }

  async refreshRecent(): Promise<void> {
    try {
      this.recent = await ipc.recentWorkspaces();
    } catch (error) {
      report(error);
    }
  }

  /** Applies language, theme and text size to the page. */
  async #dress(): Promise<void> {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = this.settings.theme || (dark ? 'dark' : 'light');
    document.documentElement.style.fontSize = `${(16 * clampScale(this.settings.text_scale)) / 100}px`;
    measureRoom();
    await chooseLanguage(this.settings.lang || this.settings.system_lang).catch(report);
  }

  async change(part: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...part };
    void this.#dress();
    try {
      await ipc.saveSettings(this.settings);
    } catch (error) {
      report(error);
    }
  }

  /** Runs one of the verbs that lead to an open workspace; false when it was refused (and said so). */
  async enter(open: () => Promise<Opened>, screen: Screen = 'overview'): Promise<boolean> {
    if (!(await this.#mayLeave(() => void this.enter(open, screen)))) return false;
    this.busy = 'opening';
    try {
      this.adopt(await open(), screen);
      return true;
    } catch (error) {
      report(error);
      return false;
    } finally {
      this.busy = '';
    }
  }

  adopt(opened: Opened, screen: Screen): void {
    const round = new Round(opened, () => this.settings.actor);
    round.onRefused = (error) => report(error);
    round.onMended = () => toasts.show({ kind: 'info', text: t('text.mended') });
    round.onCriteria = () => void this.#takeCriteria();
    if (round.recovered > 0) toasts.show({ kind: 'info', text: t('save.recovered', { n: round.recovered }) });
    // What was open over the round before says nothing of this one.
    this.updatingCriteria = false;
    this.archivedItem = '';
    this.round = round;
    this.view = new AssessView(round);
    this.target = {};
    this.screen = screen;
  }

  /** The round has other criteria now, by an update or by the step back: everything is shown anew, at the item that was there. */
  async #takeCriteria(): Promise<void> {
    const at = this.view?.current ?? '';
    const entered = await this.enter(async () => {
      const opened = await ipc.current();
      if (!opened) throw new IpcError('internal', '');
      return opened;
    }, this.screen);
    if (entered && this.round?.items.has(at)) this.view?.select(at);
  }

  /** What the user was about to do when something unsaved stood in the way. */
  leaving = $state.raw<(() => void) | null>(null);

  /** Whether nothing would be lost now; asks otherwise, and goes on with `then` once that is settled. */
  async #mayLeave(then: () => void): Promise<boolean> {
    await this.round?.flush();
    await this.round?.settled();
    if (!this.round || this.round.unsaved === 0) return true;
    this.leaving = then;
    return false;
  }

  async leave(): Promise<void> {
    if (!(await this.#mayLeave(() => void this.leave()))) return;
    try {
      await ipc.closeWorkspace();
    } catch (error) {
      report(error);
    }
    this.round = null;
    this.view = null;
    await this.refreshRecent();
  }

  go(screen: Screen, target: Target = {}): void {
    void this.round?.flush();
    if (screen === 'assess' && target.item && this.round?.archived.has(target.item)) {
      this.archivedItem = target.item;
      return;
    }
    // A new target shows a screen anew; without one the screen that is there stays as it is.
    if (screen !== this.screen || Object.keys(target).length > 0) this.target = target;
    this.screen = screen;
    if (screen === 'assess' && target.item) this.view?.reveal(target.item);
  }
}

function clampScale(scale: number): number {
  return Math.min(200, Math.max(80, scale || 100));
}

export const app = new App();

/** The open round; only called where the frame has one. */
export function useRound(): Round {
  if (!app.round) throw new Error('no round is open');
  return app.round;
}

export function useView(): AssessView {
  if (!app.view) throw new Error('no round is open');
  return app.view;
}

/** A failure in words: chosen by code; the core's own sentence where we have none. */
export function inWords(raw: unknown): { text: string; detail: string } {
  const error = raw instanceof IpcError ? raw : new IpcError('internal', String(raw));
  const known = word('error', error.code);
  const detail = local(error, 'detail');
  const text = known === error.code ? detail || t('error.internal') : known;
  return { text, detail: text === detail ? '' : detail };
}

export function report(raw: unknown): void {
  const { text, detail } = inWords(raw);
  if (raw instanceof IpcError && raw.code === 'cancelled') {
    toasts.show({ kind: 'info', text });
    return;
  }
  toasts.show({ kind: 'error', text, detail });
  if (!(raw instanceof IpcError))
    void ipc.frontendError(raw instanceof Error ? `${raw.name} ${raw.stack?.split('\n')[1]?.trim() ?? ''}` : 'unknown');
}
