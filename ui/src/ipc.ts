// The one door to the shell. Nothing else in the page calls `invoke`.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type * as T from './types';

/** What a command refuses or fails with; `code` picks the words, `detail` is for the log and as a last resort. */
export class IpcError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

function toError(raw: unknown): IpcError {
  if (raw instanceof IpcError) return raw;
  if (raw && typeof raw === 'object' && 'code' in raw && typeof raw.code === 'string') {
    return new IpcError(raw.code, 'detail' in raw ? String(raw.detail) : '');
  }
  return new IpcError('internal', String(raw));
}

async function call<R>(command: string, args: Record<string, unknown> = {}): Promise<R> {
  try {
    return await invoke<R>(command, args);
  } catch (raw) {
    throw toError(raw);
  }
}

export const about = () => call<T.About>('about');
export const settings = () => call<T.Settings>('settings');
export const saveSettings = (settings: T.Settings) => call<null>('save_settings', { settings });
export const recentWorkspaces = () => call<T.Recent[]>('recent_workspaces');

export const pickFolder = (purpose: string) => call<string | null>('pick_folder', { purpose });
export const pickFiles = (purpose: string) => call<string[]>('pick_files', { purpose });
export const pickSave = (purpose: string, suggestedName: string) => call<string | null>('pick_save', { purpose, suggestedName });
export const defaultWorkspaceDir = (name: string) => call<string>('default_workspace_dir', { name });
export const placeWarnings = (dir: string) => call<string[]>('place_warnings', { dir });

export const createWorkspace = (dir: string, newRound: T.NewRound) => call<T.Opened>('create_workspace', { dir, newRound });
export const openWorkspace = (dir: string) => call<T.Opened>('open_workspace', { dir });
export const openSample = () => call<T.Opened>('open_sample');
/** What is open already: after a reload, or because the command line asked for it. */
export const current = () => call<T.Opened | null>('current');
export const closeWorkspace = () => call<null>('close_workspace');
export const openRound = (id: string) => call<T.Opened>('open_round', { id });
export const startRound = (newRound: T.NewRound) => call<T.Opened>('start_round', { newRound });
export const editRound = (assessment: T.Assessment) => call<T.Update>('edit_round', { assessment });
export const readRound = () => call<T.Round>('round');

export const mark = (items: string[], patch: T.AnswerPatch) => call<T.Update>('mark', { items, patch });
export const markEach = (patches: T.ItemPatch[]) => call<T.Update>('mark_each', { patches });

export const addFiles = (job: string, items: string[], paths: string[], draft: T.EvidenceDraft) =>
  call<T.Update>('add_files', { job, items, paths, draft });
export const addBytes = (items: string[], fileName: string, bytesBase64: string, draft: T.EvidenceDraft) =>
  call<T.Update>('add_bytes', { items, fileName, bytesBase64, draft });
export const addRecord = (items: string[], kind: T.EvidenceKind, draft: T.EvidenceDraft) =>
  call<T.Update>('add_record', { items, kind, draft });
export const editEvidence = (id: string, draft: T.EvidenceDraft) => call<T.Update>('edit_evidence', { id, draft });
export const linkEvidence = (id: string, items: string[], locator: string) => call<T.Update>('link_evidence', { id, items, locator });
export const unlinkEvidence = (id: string, item: string) => call<T.Update>('unlink_evidence', { id, item });
export const withdrawEvidence = (id: string) => call<T.Update>('withdraw_evidence', { id });
export const replaceEvidence = (job: string, id: string, path: string) => call<T.Update>('replace_evidence', { job, id, path });
export const verifyEvidence = (job: string) => call<T.Figures>('verify_evidence', { job });
export const previewEvidence = (id: string) => call<T.Preview>('preview_evidence', { id });
export const openEvidence = (id: string) => call<null>('open_evidence', { id });

export const addFinding = (draft: T.FindingDraft) => call<T.Update>('add_finding', { draft });
export const editFinding = (id: string, draft: T.FindingDraft) => call<T.Update>('edit_finding', { id, draft });
export const withdrawFinding = (id: string) => call<T.Update>('withdraw_finding', { id });
export const addTask = (draft: T.TaskDraft) => call<T.Update>('add_task', { draft });
export const editTask = (id: string, draft: T.TaskDraft) => call<T.Update>('edit_task', { id, draft });
export const moveTask = (id: string, state: T.TaskState, closure: T.Closure) => call<T.Update>('move_task', { id, state, closure });
export const withdrawTask = (id: string) => call<T.Update>('withdraw_task', { id });

export const undo = () => call<T.Update | null>('undo');
export const redo = () => call<T.Update | null>('redo');
export const history = (query: T.HistoryQuery) => call<T.Change[]>('history', { query });
export const search = (text: string) => call<T.Hit[]>('search', { text });

export const sign = (role: T.SignRole, name: string) => call<T.Update>('sign', { role, name });
export const withdrawSignature = (id: string) => call<T.Update>('withdraw_signature', { id });
export const reopen = (reason: string) => call<T.Update>('reopen', { reason });

export const exportReport = (job: string, path: string, options: T.ReportOptions) =>
  call<T.ExportedReport>('export_report', { job, path, options });
export const reportDiffers = () => call<T.Difference | null>('report_differs');
export const exportPack = (job: string, dir: string, options: T.ReportOptions) => call<T.Packed>('export_pack', { job, dir, options });
export const exportPlan = (path: string, format: 'csv' | 'xlsx') => call<null>('export_plan', { path, format });
export const verifyReport = (path: string, packDir: string | null) => call<T.Verification>('verify_report', { path, packDir });

export const backupNow = () => call<T.Backup>('backup_now');
export const backups = () => call<T.Backup[]>('backups');
export const restore = (backup: string) => call<T.Opened>('restore', { backup });
export const doctor = (job: string) => call<T.Trouble[]>('doctor', { job });
export const cancelJob = (job: string) => call<null>('cancel_job', { job });

/** Tells the log that the page failed; never with user text. */
export const frontendError = (message: string) => call<null>('frontend_error', { message }).catch(() => null);
export const bootTiming = (firstPaintMs: number) => call<null>('boot_timing', { firstPaintMs }).catch(() => null);

/** Runs one long command under a fresh job name and reports its progress; returns what to call to stop it. */
export function runJob<R>(run: (job: string) => Promise<R>, onProgress: (progress: T.Progress) => void): { result: Promise<R>; cancel: () => void } {
  const job = crypto.randomUUID();
  const result = (async () => {
    const stop = await listen<T.Progress>('progress', (event) => {
      if (event.payload.job === job) onProgress(event.payload);
    });
    try {
      return await run(job);
    } finally {
      stop();
    }
  })();
  return { result, cancel: () => void cancelJob(job).catch(() => null) };
}

export type DropHandlers = { over: (position: { x: number; y: number }) => void; leave: () => void; drop: (paths: string[]) => void };

/** Files dragged in from the desktop: only the shell sees their paths. */
export async function onFileDrop(handlers: DropHandlers): Promise<() => void> {
  const { getCurrentWebview } = await import('@tauri-apps/api/webview');
  return getCurrentWebview().onDragDropEvent((event) => {
    const payload = event.payload;
    if (payload.type === 'drop') handlers.drop(payload.paths);
    else if (payload.type === 'leave') handlers.leave();
    else handlers.over(payload.position);
  });
}
