// What of a round can be edited after its start, as a form holds it and as the core takes it.
import type { Assessment } from '../../types';

export function roundDraft(round: Assessment): Assessment {
  return {
    ...round,
    sites: [...round.sites],
    team: round.team.map((each) => ({ ...each })),
    auditees: round.auditees.map((each) => ({ ...each })),
  };
}

/** Without the blank lines a form leaves. */
export function tidiedRound(draft: Assessment, held: Assessment): Assessment {
  const people = (list: Assessment['team']) =>
    list.map(({ role, name }) => ({ role: role.trim(), name: name.trim() })).filter(({ role, name }) => role || name);
  return {
    ...held,
    ...draft,
    // These have verbs of their own and may have changed while the form stood open.
    profile: held.profile,
    conditions: held.conditions,
    frozen: held.frozen,
    revision: held.revision,
    reopened_because: held.reopened_because,
    sites: draft.sites.map((site) => site.trim()).filter(Boolean),
    team: people(draft.team),
    auditees: people(draft.auditees),
  };
}

export const isRoundReady = (draft: Assessment): boolean => draft.organization.trim() !== '' && draft.title.trim() !== '';
