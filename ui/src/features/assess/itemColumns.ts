// The columns of the list of items. What a row shows by a drawing of its own is in `ItemRow`; everything else is the text said here.
import CircleCheck from '@lucide/svelte/icons/circle-check';
import { local, t, word } from '../../i18n/index.svelte';
import { compare, day, domainOf, evidenceLabel, sectionOf } from '../../lib/format';
import type { Column } from '../../lib/table';
import type { Round } from '../../round.svelte';
import type { Item, Verdict } from '../../types';

const VERDICTS: (Verdict | null)[] = ['conform', 'partial', 'nonconform', 'na', null];
/** What is blank comes after everything else. */
const blankLast = (a: string, b: string) => Number(a === '') - Number(b === '') || compare(a, b);
const distinct = (texts: string[]) => [...new Set(texts.filter(Boolean))];

export function itemColumns(round: Round): Column<Item>[] {
  const answer = ({ code }: Item) => round.answer(code);
  const findings = ({ code }: Item) => round.findingsByItem.get(code) ?? [];
  const tasks = ({ code }: Item) => round.tasksByItem.get(code) ?? [];
  const evidence = ({ code }: Item) => round.evidenceOf(code).map((linked) => linked.evidence);
  const before = ({ code }: Item) => round.predecessor?.verdicts[code] ?? null;
  const lastTime = (item: Item) => [before(item) ?? 'none'];
  const place = (item: Item) => round.position.get(item.code) ?? 0;
  const inGroup = (group: string) => (value: string) => word(group, value);
  const nameIn = (things: { code: string; title: string; title_en?: string }[]) => {
    const names = new Map(things.map((thing) => [thing.code, `${thing.code} ${local(thing, 'title')}`]));
    return (value: string) => names.get(value) ?? value;
  };

  /** A column whose rows have any number of things, each of them a value to filter by. */
  const things = (
    id: string,
    label: string,
    width: string,
    values: (item: Item) => string[],
    name: (value: string) => string = (value) => value,
  ): Column<Item> => {
    const text = (item: Item) => distinct(values(item)).map(name).join(t('list.separator'));
    return {
      id,
      label,
      width,
      text,
      order: (a, b) => blankLast(text(a), text(b)),
      values: (item) => distinct(values(item)),
      name,
      extra: true,
    };
  };
  const byPlace = (a: Item, b: Item) => place(a) - place(b);
  const byVerdict = (of: (item: Item) => Verdict | null) => (a: Item, b: Item) => VERDICTS.indexOf(of(a)) - VERDICTS.indexOf(of(b));
  const byLastTime = byVerdict(before);

  return [
    {
      id: 'verdict',
      label: t('assess.verdict'),
      icon: CircleCheck,
      width: '1rem',
      text: (item) => word('verdict', answer(item).verdict ?? 'none'),
      order: byVerdict((item) => answer(item).verdict),
      fixed: true,
    },
    { id: 'code', label: t('column.number'), width: '4.25rem', text: ({ code }) => code, order: byPlace, fixed: true },
    {
      id: 'title',
      label: t('column.title'),
      width: 'minmax(8rem, 1fr)',
      text: (item) => local(item, 'title'),
      order: (a, b) => compare(local(a, 'title'), local(b, 'title')),
      fixed: true,
    },
    { ...things('domain', t('column.domain'), '6rem', ({ code }) => [domainOf(code)], nameIn(round.pack.domains)), order: byPlace },
    { ...things('section', t('column.section'), '8rem', ({ code }) => [sectionOf(code)], nameIn(round.pack.sections)), order: byPlace },
    // Hardly two notes are the same: there is nothing to filter by.
    { ...things('note', t('assess.note'), '11rem', (item) => [answer(item).note]), values: undefined },
    {
      ...things('evidence', t('assess.evidence'), '6rem', (item) => evidence(item).map(({ kind }) => kind), inGroup('kind')),
      text: (item) => evidence(item).map(evidenceLabel).join(t('list.separator')),
      order: (a, b) => evidence(a).length - evidence(b).length,
    },
    {
      ...things('findings', t('assess.findings'), '6.5rem', (item) => findings(item).map(({ grade }) => grade), inGroup('grade')),
      order: (a, b) => findings(a).length - findings(b).length,
    },
    things('department', t('finding.department'), '6rem', (item) => findings(item).map(({ department }) => department)),
    {
      ...things('tasks', t('assess.tasks'), '5.5rem', (item) => tasks(item).map(({ state }) => state), inGroup('task_state')),
      order: (a, b) => tasks(a).length - tasks(b).length,
    },
    things('owner', t('task.owner'), '5.5rem', (item) => tasks(item).map(({ owner }) => owner)),
    ...(round.predecessor
      ? [{ ...things('before', t('assess.last_round'), '5.5rem', lastTime, inGroup('verdict')), order: byLastTime }]
      : []),
    things('assessor', t('column.assessor'), '5.5rem', (item) => [answer(item).verdict ? answer(item).assessor : '']),
    things('assessed', t('column.assessed'), '6rem', (item) => [day(answer(item).assessed_at)]),
    things('review', t('review.title'), '5rem', (item) => [answer(item).review], inGroup('review')),
  ];
}
