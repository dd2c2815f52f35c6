import { describe, expect, it } from 'vitest';
import type { TaskState } from '../../types';
import { NEXT, STATES, stepFrom } from './moves';

describe('the next step of a task', () => {
  it.each<[TaskState, TaskState]>([
    ['todo', 'doing'],
    ['doing', 'to-verify'],
    ['to-verify', 'closed'],
    ['closed', 'doing'],
  ])('from %s is %s, which the core takes', (from, to) => {
    expect(stepFrom(from)).toBe(to);
    expect(NEXT[from]).toContain(to);
  });

  it('is known for every state of the board', () => {
    expect(STATES).toEqual(['todo', 'doing', 'to-verify', 'closed']);
  });
});
