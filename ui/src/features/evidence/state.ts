import type { Round } from '../../round.svelte';
import type { Evidence, FileState } from '../../types';

export type ShownState = FileState | 'flawed' | 'expired' | 'none';

/** What the list says about a piece of evidence: harm on disk first, then what is in it, then its dates. */
export function stateOf(round: Round, evidence: Evidence): ShownState {
  const file = round.files[evidence.id];
  if (file && file !== 'present') return file;
  if (evidence.flaw) return 'flawed';
  if (round.isExpired(evidence)) return 'expired';
  return evidence.kind === 'file' ? 'present' : 'none';
}
