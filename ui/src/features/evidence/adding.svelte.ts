// Adding evidence: from dropped or picked files, a pasted picture, or as a record. Long imports show progress and can be stopped.
import { report } from '../../app.svelte';
import { t } from '../../i18n/index.svelte';
import { evidenceLabel } from '../../lib/format';
import * as ipc from '../../ipc';
import { toasts } from '../../lib/toasts.svelte';
import type { Round } from '../../round.svelte';
import type { EvidenceDraft, EvidenceKind, Progress, Received, Update } from '../../types';

export const noDraft = (): EvidenceDraft => ({ title: '', location: '', text: '', effective: null, expires: null, locator: '' });

class Adding {
  progress = $state.raw<Progress | null>(null);
  cancel = $state.raw<(() => void) | null>(null);

  async files(round: Round, items: string[], paths: string[]): Promise<void> {
    const job = ipc.runJob(
      (name) => round.write(() => ipc.addFiles(name, items, paths, noDraft())),
      (progress) => (this.progress = progress),
    );
    this.progress = { job: '', done: 0, total: 0, stage: '' };
    this.cancel = job.cancel;
    try {
      const update = await job.result;
      toasts.show({ kind: 'done', text: inWords(update.received) });
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
      const isNew = update.received.every((file) => file.outcome === 'added');
      toasts.show({ kind: 'done', text: isNew ? t('evidence.pasted', { name }) : inWords(update.received) });
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

/** What became of the files: content that was known is linked and not added again, and that is said. */
function inWords(received: Received[]): string {
  const labels = (outcome: Received['outcome']) => [
    ...new Set(received.filter((file) => file.outcome === outcome).map((file) => file.label)),
  ];
  const parts: string[] = [];
  const added = labels('added');
  const known = labels('known');
  const restored = labels('restored');
  const renamed = received.filter((file) => file.renamed);
  if (added.length > 0) parts.push(t('evidence.added', { n: added.length }));
  if (known.length > 0) parts.push(t('evidence.known', { labels: some(known) }));
  if (restored.length > 0) parts.push(t('evidence.restored', { labels: some(restored) }));
  if (renamed.length > 0) parts.push(t('evidence.renamed', { names: some(renamed.map((file) => file.file_name)) }));
  return parts.join(t('evidence.and'));
}

/** The first few of many. */
const some = (names: string[]): string => names.slice(0, 3).join(t('list.separator')) + (names.length > 3 ? '…' : '');

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
