// Grades and priorities in the order of the core, and which of them it proposes: what the dialogs begin with.
import * as core from '../bindings';
import type { Grade, Priority, Verdict } from '../types';

export const GRADES: readonly Grade[] = core.grades;
export const PRIORITIES: readonly Priority[] = core.priorities;

const gradeOf = new Map<Verdict, Grade>(core.proposedGrades);
const priorityOf = new Map<Grade, Priority>(core.proposedPriorities);

/** What a new finding about an item is taken for. */
export const proposedGrade = (verdict: Verdict | null): Grade => (verdict && gradeOf.get(verdict)) ?? core.proposedGrade;
/** How urgent a new task is, which may answer a finding. */
export const proposedPriority = (grade?: Grade): Priority => (grade && priorityOf.get(grade)) ?? core.proposedPriority;
