// Gate defects: grouped for reading, and the way to where each is mended.
import { app } from '../../app.svelte';
import type { Round } from '../../round.svelte';
import { evidenceLabel, findingLabel, taskLabel } from '../../lib/format';
import type { Defect } from '../../types';

/** By check, in the order in which the checks first occur over the items; the gravest kinds first. */
const ORDER = [
  'nothing_applicable',
  'verdict_to_confirm',
  'key_item_not_conform',
  'evidence_missing',
  'evidence_changed',
  'evidence_unreadable',
  'evidence_shows_nothing',
  'na_without_reason',
  'conform_without_evidence',
  'gap_without_finding',
  'finding_without_cause',
  'finding_without_task',
  'task_overdue',
  'task_without_owner',
  'task_without_due',
  'closed_without_verifier',
  'closed_without_result',
  'evidence_expired',
  'evidence_outside_period',
  'unassessed',
];

export function groups(defects: Defect[]): [string, Defect[]][] {
  const map = new Map<string, Defect[]>();
  for (const defect of defects) {
    const group = map.get(defect.rule);
    if (group) group.push(defect);
    else map.set(defect.rule, [defect]);
  }
  return [...map].sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

/** Goes to the place where the defect can be mended. */
export function mend(round: Round, defect: Pick<Defect, 'item' | 'subject'>): void {
  const { subject } = defect;
  if (subject.startsWith('EV-')) {
    const row = round.evidenceList.find((each) => evidenceLabel(each) === subject);
    app.go('evidence', row ? { evidence: row.id } : {});
  } else if (subject.startsWith('NC-')) {
    const row = round.findingList.find((each) => findingLabel(each) === subject);
    app.go('findings', row ? { finding: row.id } : {});
  } else if (subject.startsWith('T-')) {
    const row = round.taskList.find((each) => taskLabel(each) === subject);
    app.go('remediation', row ? { task: row.id } : {});
  } else app.go('assess', { item: defect.item });
}
