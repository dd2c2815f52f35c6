import { t, word } from '../../i18n/index.svelte';

/** Groups of words a field's values belong to. */
const GROUPS: Record<string, string> = {
  verdict: 'verdict',
  grade: 'grade',
  state: 'task_state',
  priority: 'priority',
  review: 'review',
  kind: 'kind',
  role: 'role',
};

/** A recorded value as a reader sees it; long text is cut, the whole stands in the tooltip of the row. */
export function shown(field: string, value: unknown, most = 160): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (Array.isArray(value)) return value.map((each) => shown(field, each)).join(t('list.separator'));
  if (typeof value === 'object') return JSON.stringify(value).slice(0, most);
  const text = String(value);
  const group = GROUPS[field];
  if (group) return word(group, text);
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
