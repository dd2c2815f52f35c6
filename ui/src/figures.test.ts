import { expect, it } from 'vitest';
import { followed } from './figures';
import type { Defect, FigureChanges, Figures } from './types';

const defect = (item: string) => ({ item, rule: 'unassessed', subject: '' }) as Defect;
const score = { rate: 1 } as unknown as Figures['score'];
const held: Figures = {
  version: 7,
  score,
  before: null,
  readiness: {} as Figures['readiness'],
  defects: ['A', 'B', 'C', 'D'].map(defect),
  open_findings: ['f-1'],
  due_soon: ['t-1'],
  gaps: [{ item: 'XC3-05', finding: 'f-1' }],
  files: { 'ev-1': 'present', 'ev-2': 'present' },
  undo: null,
  redo: null,
};
const nothing: FigureChanges = {
  since: 7,
  version: 8,
  score: null,
  before: null,
  readiness: null,
  defects: [],
  open_findings: null,
  due_soon: null,
  gaps: null,
  files: {},
  undo: null,
  redo: null,
};

it('what does not change stays the same object, so that nothing that shows it is made anew', () => {
  const now = followed(held, nothing, [])!;
  expect(now.version).toBe(8);
  expect(now.defects).toBe(held.defects);
  expect(now.files).toBe(held.files);
  expect(now.score).toBe(score);
});

it('places count in the list as it was', () => {
  const changes = {
    ...nothing,
    defects: [
      { at: 0, gone: 1, come: [] },
      { at: 2, gone: 1, come: [defect('X'), defect('Y')] },
      { at: 4, gone: 0, come: [defect('Z')] },
    ],
  };
  expect(followed(held, changes, [])!.defects.map((each) => each.item)).toEqual(['B', 'X', 'Y', 'D', 'Z']);
  expect(held.defects).toHaveLength(4);
});

it('states of files are another, and none is kept of what is withdrawn', () => {
  const now = followed(held, { ...nothing, files: { 'ev-1': 'missing' } }, ['ev-2'])!;
  expect(now.files).toEqual({ 'ev-1': 'missing' });
  expect(held.files).toEqual({ 'ev-1': 'present', 'ev-2': 'present' });
});

it('changes of figures that are not held are not taken', () => {
  expect(followed(held, { ...nothing, since: 6 }, [])).toBeNull();
});
