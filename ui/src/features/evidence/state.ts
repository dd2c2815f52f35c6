import type { Round } from '../../round.svelte';
import type { Evidence, FileState } from '../../types';

export type ShownState = FileState | 'expired' | 'none';

/** What the list says about a piece of evidence: harm on disk first, then its dates. */
export function stateOf(round: Round, evidence: Evidence): ShownState {
  const file = round.files[evidence.id];
  if (file && file !== 'present') return file;
  if (round.isExpired(evidence)) return 'expired';
  return evidence.kind === 'file' ? 'present' : 'none';
}
