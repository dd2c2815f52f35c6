// The one door to the shell: the generated commands, with refusals as one error type. Nothing else in the page calls them.
import { listen } from '@tauri-apps/api/event';
import { commands, events } from './bindings';
import type * as T from './types';

/**
 * What a command refuses or fails with; `code` picks the words, `detail` says more, in both languages. `retry`: the same attempt may
 * succeed later as it is; what nobody decided may.
 */
export class IpcError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly detail_en = detail,
    readonly retry = true,
  ) {
    super(`${code}: ${detail}`);
  }
}

function toError(raw: unknown): IpcError {
  if (raw instanceof IpcError) return raw;
  if (raw && typeof raw === 'object' && 'code' in raw && typeof raw.code === 'string') {
    const { code, detail = '', detail_en, retry = true } = raw as Partial<IpcError> & { code: string };
    return new IpcError(code, String(detail), detail_en && String(detail_en), retry);
  }
  return new IpcError('internal', String(raw));
}

/** The command with its refusals turned into [`IpcError`]. */
function guarded<A extends unknown[], R, S = R>(command: (...args: A) => Promise<R>): (...args: A) => Promise<S> {
  return async (...args) => {
    try {
      // The generated types are those of what Rust reads; `types.ts` narrows them to what it sends.
      return (await command(...args)) as unknown as S;
    } catch (raw) {
      throw toError(raw);
    }
  };
}
/**
 * The first answer was asked for by the shell before the page was there (`window.rs`), where there is a shell; from then on the page
 * asks.
 */
function ahead<R>(name: 'settings' | 'current', command: () => Promise<R>): () => Promise<R> {
  const asked = globalThis as { ahead?: Record<string, Promise<R>> };
  let first = asked.ahead?.[name];
  // Nobody else shall hold what may be a whole round. Its refusal is told to whoever asks.
  delete asked.ahead?.[name];
  first?.catch(() => null);
  return () => {
    const answer = first ?? command();
    first = undefined;
    return answer;
  };
}
const opening = <A extends unknown[]>(command: (...args: A) => Promise<unknown>) => guarded<A, unknown, T.Opened>(command);

export const about = guarded(commands.about);
export const settings = guarded<[], unknown, T.Settings>(ahead('settings', commands.settings));
export const saveSettings = guarded(commands.saveSettings);
export const recentWorkspaces = guarded(commands.recentWorkspaces);

export const pickFolder = guarded(commands.pickFolder);
export const pickFiles = guarded(commands.pickFiles);
export const pickSave = guarded(commands.pickSave);
export const defaultWorkspaceDir = guarded(commands.defaultWorkspaceDir);
export const placeWarnings = guarded(commands.placeWarnings);

export const createWorkspace = opening(commands.createWorkspace);
export const openWorkspace = opening(commands.openWorkspace);
export const openSample = opening(commands.openSample);
/** What is open already: after a reload, or because the command line asked for it. */
export const current = guarded<[], unknown, T.Opened | null>(ahead('current', commands.current));
export const closeWorkspace = guarded(commands.closeWorkspace);
export const openRound = opening(commands.openRound);
export const checkRound = guarded(commands.checkRound);
export const startRound = opening(commands.startRound);
export const lookAtEdition = guarded(commands.lookAtEdition);
export const editRound = guarded(commands.editRound);
export const previewConditions = guarded(commands.previewConditions);
export const changeConditions = guarded(commands.changeConditions);
export const readRound = guarded(commands.readRound);
export const previewCriteria = guarded(commands.previewCriteria);
export const updateCriteria = guarded(commands.updateCriteria);
export const compareCriteria = guarded(commands.compareCriteria);
export const compareItem = guarded(commands.compareItem);

export const mark = guarded(commands.mark);
export const markEach = guarded(commands.markEach);
export const previewPaste = guarded(commands.previewPaste);

export const addFiles = guarded(commands.addFiles);
export const addBytes = guarded(commands.addBytes);
export const addRecord = guarded(commands.addRecord);
export const editEvidence = guarded(commands.editEvidence);
export const linkEvidence = guarded(commands.linkEvidence);
export const unlinkEvidence = guarded(commands.unlinkEvidence);
export const withdrawEvidence = guarded(commands.withdrawEvidence);
export const replaceEvidence = guarded(commands.replaceEvidence);
export const verifyEvidence = guarded(commands.verifyEvidence);
export const lookAtEvidence = guarded(commands.lookAtEvidence);
export const previewEvidence = guarded(commands.previewEvidence);
export const openEvidence = guarded(commands.openEvidence);

export const addFinding = guarded(commands.addFinding);
export const editFinding = guarded(commands.editFinding);
export const withdrawFinding = guarded(commands.withdrawFinding);
export const addTask = guarded(commands.addTask);
export const editTask = guarded(commands.editTask);
export const moveTask = guarded(commands.moveTask);
export const withdrawTask = guarded(commands.withdrawTask);

export const undo = guarded(commands.undo);
export const redo = guarded(commands.redo);
export const history = guarded(commands.history);

export const sign = guarded(commands.sign);
export const withdrawSignature = guarded(commands.withdrawSignature);
export const reopen = guarded(commands.reopen);

export const exportReport = guarded(commands.exportReport);
export const reportDiffers = guarded(commands.reportDiffers);
export const exportPack = guarded(commands.exportPack);
export const exportWord = guarded(commands.exportWord);
export const exportPlan = guarded(commands.exportPlan);
export const exportWorkbook = guarded(commands.exportWorkbook);
export const previewWorkbook = guarded(commands.previewWorkbook);
export const takeInWorkbook = guarded(commands.takeInWorkbook);
export const listPapers = guarded<[], unknown, T.RequestList>(commands.listPapers);
export const assignKeeper = guarded(commands.assignKeeper);
export const handInPaper = guarded(commands.handInPaper);
export const exportRequestList = guarded(commands.exportRequestList);
export const previewSheet = guarded(commands.previewSheet);
export const takeInSheet = guarded(commands.takeInSheet);
export const verdictWords = guarded(commands.verdictWords);
export const setVerdictWord = guarded(commands.setVerdictWord);
export const removeVerdictWord = guarded(commands.removeVerdictWord);
export const verifyReport = guarded(commands.verifyReport);

export const backupNow = guarded(commands.backupNow);
export const backups = guarded(commands.backups);
export const restore = opening(commands.restore);
export const doctor = guarded(commands.doctor);
export const health = guarded(commands.health);
export const confirmRestore = guarded(commands.confirmRestore);
/** The user works on although a signed round is not what was signed. */
export const workOn = opening(commands.workOn);
export const orphans = guarded(commands.orphans);
export const sweepOrphans = guarded(commands.sweepOrphans);
/** Tells how automatic backups come out; answers with what ends the telling. */
export const onBackup = (heard: (news: T.AutoBackup) => void) => events.backupNews.listen((event) => heard(event.payload));
export const cancelJob = guarded(commands.cancelJob);

/** Tells the log that the page failed; never with user text. */
export const frontendError = (message: string) => commands.frontendError(message).catch(() => null);
export const bootTiming = (firstPaintMs: number) => commands.bootTiming(firstPaintMs).catch(() => null);

/** Runs one long command under a fresh job name and reports its progress; returns what to call to stop it. */
export function runJob<R>(
  run: (job: string) => Promise<R>,
  onProgress: (progress: T.Progress) => void,
): { result: Promise<R>; cancel: () => void } {
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
