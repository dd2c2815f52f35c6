// Figures as the core works them out, brought up to date with what it says is different in them.
import type { FigureChanges, Figures } from './types';

/** The figures with the changes in them; null when the changes build on others than these. Lists that do not change stay the same. */
export function followed(held: Figures, changes: FigureChanges, withdrawn: string[]): Figures | null {
  if (changes.since !== held.version) return null;
  return {
    version: changes.version,
    score: changes.score ?? held.score,
    before: changes.before ?? held.before,
    readiness: changes.readiness ?? held.readiness,
    defects: changes.defects.length > 0 ? spliced(held.defects, changes.defects) : held.defects,
    open_findings: changes.open_findings ?? held.open_findings,
    due_soon: changes.due_soon ?? held.due_soon,
    gaps: changes.gaps ?? held.gaps,
    files:
      Object.keys(changes.files).length > 0 || withdrawn.some((id) => id in held.files)
        ? without({ ...held.files, ...changes.files }, withdrawn)
        : held.files,
    undo: changes.undo,
    redo: changes.redo,
  };
}

function spliced(held: Figures['defects'], splices: FigureChanges['defects']): Figures['defects'] {
  const list = [...held];
  // From the back, so that the places in front of it stay what they are.
  for (const { at, gone, come } of splices.toReversed()) list.splice(at, gone, ...come);
  return list;
}

function without(files: Figures['files'], ids: string[]): Figures['files'] {
  for (const id of ids) delete files[id];
  return files;
}
