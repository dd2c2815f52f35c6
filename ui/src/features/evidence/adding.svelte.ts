// Adding evidence: from dropped or picked files, a pasted picture, or as a record. Long imports show progress and can be stopped.
import { report } from '../../app.svelte';
import { t } from '../../i18n/index.svelte';
import { evidenceLabel } from '../../lib/format';
import * as ipc from '../../ipc';
import { toasts } from '../../lib/toasts.svelte';
import type { Round } from '../../round.svelte';
import type { EvidenceDraft, EvidenceKind, Progress, Update } from '../../types';

export const noDraft = (): EvidenceDraft => ({ title: '', location: '', text: '', effective: null, expires: null, locator: '' });

class Adding {
  progress = $state.raw<Progress | null>(null);
  cancel = $state.raw<(() => void) | null>(null);

  async files(round: Round, items: string[], paths: string[]): Promise<void> {
    const before = round.evidence.size;
    const job = ipc.runJob(
      (name) => round.write(() => ipc.addFiles(name, items, paths, noDraft())),
      (progress) => (this.progress = progress),
    );
    this.progress = { job: '', done: 0, total: 0, stage: '' };
    this.cancel = job.cancel;
    try {
      const update = await job.result;
      const added = round.evidence.size - before;
      // The same content is stored once: fewer rows than files is right, and said.
      toasts.show({ kind: 'done', text: added === paths.length ? t('evidence.added', { n: added }) : t('evidence.added_some', { n: added, all: paths.length }) });
      warn(update);
    } catch (error) {
      report(error);
    } finally {
      this.progress = null;
      this.cancel = null;
    }
  }

  async pick(round: Round, items: string[]): Promise<void> {
    try {
      const paths = await ipc.pickFiles('evidence');
      if (paths.length > 0) await this.files(round, items, paths);
    } catch (error) {
      report(error);
    }
  }

  /** A file from the clipboard: the page holds its bytes but no path. */
  async pasted(round: Round, items: string[], file: File): Promise<void> {
    try {
      const name = file.name && file.name !== 'image.png' ? file.name : `${t('evidence.screenshot')}-${stamp()}.png`;
      const base64 = await toBase64(file);
      const update = await round.write(() => ipc.addBytes(items, name, base64, noDraft()));
      toasts.show({ kind: 'done', text: t('evidence.pasted', { name }) });
      warn(update);
    } catch (error) {
      report(error);
    }
  }

  async record(round: Round, items: string[], kind: EvidenceKind, draft: EvidenceDraft): Promise<void> {
    await round.write(() => ipc.addRecord(items, kind, draft));
  }
}

export const adding = new Adding();

/** Of what was added, some shows nothing: whoever added it is told now, and not by an auditor. */
function warn(update: Update): void {
  if (!update.warnings.includes('evidence_shows_nothing')) return;
  const flawed = update.evidence.filter((row) => row.flaw);
  toasts.show({ kind: 'info', text: t('evidence.flawed', { labels: flawed.map(evidenceLabel).join(t('list.separator')) }) });
}

function stamp(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}
