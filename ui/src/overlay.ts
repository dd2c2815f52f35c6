// What a patch makes of an answer; the same rules as the core's `patched`, so that the optimistic picture matches the saved one.
import type { Answer, AnswerPatch } from './types';

export function blankAnswer(assessment: string, item: string): Answer {
  return {
    assessment,
    item,
    verdict: null,
    note: '',
    reason: '',
    ticks: [],
    assessor: '',
    assessed_at: null,
    review: 'open',
    review_note: '',
    proposed: false,
    given_for: '',
  };
}

export function patched(answer: Answer, patch: AnswerPatch, actor: string): Answer {
  const verdict = patch.clear ? null : (patch.verdict ?? answer.verdict);
  // To give the same verdict once more is to confirm it for what the item asks now.
  const confirms = Boolean(answer.given_for) && (Boolean(patch.clear) || Boolean(patch.verdict));
  const changed = verdict !== answer.verdict || confirms;
  return {
    ...answer,
    note: patch.note ?? answer.note,
    reason: patch.reason ?? answer.reason,
    ticks: patch.ticks ?? answer.ticks,
    verdict,
    assessor: changed ? (verdict ? actor : '') : answer.assessor,
    assessed_at: changed ? (verdict ? new Date().toISOString() : null) : answer.assessed_at,
    review: patch.review ?? (changed ? 'open' : answer.review),
    review_note: patch.review_note ?? answer.review_note,
    given_for: confirms ? '' : (answer.given_for ?? ''),
    // Whoever says anything of the verdict has looked.
    proposed: Boolean(answer.proposed) && !patch.clear && !patch.verdict && (patch.reason ?? null) === null && !patch.review,
  };
}
