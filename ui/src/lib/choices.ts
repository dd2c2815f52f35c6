// What the filters of the lists offer.
import { local, t } from '../i18n/index.svelte';
import type { Round } from '../round.svelte';

export type Choice = { value: string; label: string };

/** All, and each value by its name. */
export function choices<V extends string>(values: readonly V[], name: (value: V) => string): Choice[] {
  return [{ value: '', label: t('all') }, ...values.map((value) => ({ value, label: name(value) }))];
}

export function domainChoices(round: Round): Choice[] {
  return [{ value: '', label: t('all') }, ...round.pack.domains.map((each) => ({ value: each.code, label: local(each, 'title') }))];
}
