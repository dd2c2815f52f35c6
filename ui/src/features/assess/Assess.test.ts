import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { app } from '../../app.svelte';
import { chooseLanguage } from '../../i18n/index.svelte';
import { toasts } from '../../lib/toasts.svelte';
import { overwrite } from '../../../testing/disk.js';
import { openRound, settle } from '../../testing/open';
import type { Session } from '../../testing/shell';
import Frame from '../frame/Frame.svelte';
import Assess from './Assess.svelte';

const user = () => userEvent.setup({ delay: null });
const verdictOf = (code: string) => screen.getByTestId(`item-row-${code}`).dataset.verdict;
const shown = () => screen.getByTestId('detail').dataset.code;

describe('marking by keys', () => {
  it('gives the verdict and goes to the next open item until none is left', async () => {
    const { round, shell } = await openRound({ empty: true });
    const codes = round.pack.items.map((item) => item.code);
    const open = codes.filter((_, at) => at % 6 === 0);
    await round.mark(
      codes.filter((code) => !open.includes(code)),
      { verdict: 'partial' },
    );
    shell.calls.length = 0;
    render(Assess);
    const keys = user();
    for (const code of open) {
      expect(shown()).toBe(code);
      await keys.keyboard('1');
    }
    await settle(round);
    expect(shell.calls.map((call) => call.args.items)).toEqual(open.map((code) => [code]));
    expect(round.figures.score.overall).toMatchObject({ conform: open.length, unassessed: 0 });
    expect(round.saveState.kind).toBe('saved');
  });

  it('does nothing while an input method composes', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    await fireEvent.keyDown(document.body, { key: '1', isComposing: true });
    await fireEvent.keyDown(document.body, { key: '1', keyCode: 229 });
    expect(round.verdict('GH1-01')).toBeNull();
    expect(shown()).toBe('GH1-01');
  });

  it('writes figures into the note, not verdicts, while the note has the focus', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.keyboard('n');
    expect(document.activeElement).toBe(screen.getByTestId('note'));
    await keys.keyboard('抽 1 份');
    await keys.keyboard('{Escape}');
    await settle(round);
    expect(round.answer('GH1-01')).toMatchObject({ note: '抽 1 份', verdict: null });
    expect(document.activeElement).not.toBe(screen.getByTestId('note'));
  });

  it('saves the note by itself after a pause', async () => {
    const { round, shell } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.click(screen.getByTestId('note'));
    await keys.keyboard('已抽样');
    expect(shell.calls).toHaveLength(0);
    await waitFor(() => expect(round.answer('GH1-01').note).toBe('已抽样'), { timeout: 3000 });
  });

  it('asks for the reason of 不适用 and writes both together', async () => {
    const { round, shell } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.keyboard('4');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('reason')));
    expect(screen.getByText('请填写不适用的理由')).toBeTruthy();
    expect(round.verdict('GH1-01')).toBeNull();
    await keys.keyboard('没有外呼业务{Control>}{Enter}{/Control}');
    await settle(round);
    expect(round.answer('GH1-01')).toMatchObject({ verdict: 'na', reason: '没有外呼业务' });
    expect(shell.calls.filter((call) => call.command.startsWith('mark'))).toHaveLength(1);
    await waitFor(() => expect(shown()).toBe('GH1-02'));
  });

  it('stays at the item when its reason loses the focus, be it to another window', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.keyboard('4');
    const reason = screen.getByTestId('reason');
    await waitFor(() => expect(document.activeElement).toBe(reason));
    await keys.keyboard('没有外呼');
    await fireEvent.blur(reason);
    await settle(round);
    expect(shown()).toBe('GH1-01');
    expect(screen.getByTestId('reason')).toBe(reason);
    await keys.keyboard('业务');
    await keys.click(screen.getByTestId('note'));
    await settle(round);
    expect(shown()).toBe('GH1-01');
    expect(document.activeElement).toBe(screen.getByTestId('note'));
    expect(round.answer('GH1-01')).toMatchObject({ verdict: 'na', reason: '没有外呼业务' });
  });

  it('forgets the 不适用 that was begun when Esc is pressed', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.keyboard('4');
    await waitFor(() => expect(screen.queryByTestId('reason')).toBeTruthy());
    await keys.keyboard('{Escape}');
    await settle(round);
    expect(round.verdict('GH1-01')).toBeNull();
    expect(screen.queryByTestId('reason')).toBeNull();
  });

  it('moves with J, K and the arrows, and clears with 0', async () => {
    const { round } = await openRound();
    app.view!.select('GH1-01');
    render(Assess);
    const keys = user();
    await keys.keyboard('jj');
    expect(shown()).toBe('GH1-04');
    await keys.keyboard('{ArrowUp}');
    expect(shown()).toBe('GH1-02');
    expect(round.verdict('GH1-02')).not.toBeNull();
    await keys.keyboard('0');
    expect(round.verdict('GH1-02')).toBeNull();
    await settle(round);
    expect(verdictOf('GH1-02')).toBe('none');
  });

  it('is shut while the round is read-only', async () => {
    // A note of an approved round was changed behind our back.
    const changed = async ({ home, call }: Session) => {
      await call('current');
      await call('mark', { items: ['GH1-01'], patch: { verdict: 'conform', note: '抽查三十份录音' } });
      for (const role of ['prepared', 'approved']) await call('sign', { role, name: '周敏' });
      await call('close_workspace');
      overwrite(`${home}/海晏热线评估/beishen.db`, '抽查三十份录音', '抽查三百份录音');
      await call('open_workspace', { dir: `${home}/海晏热线评估` });
    };
    const { round, shell } = await openRound({ empty: true, before: changed });
    render(Assess);
    await user().keyboard('1');
    expect(shell.calls.filter((call) => call.command === 'mark')).toHaveLength(0);
    expect((screen.getByTestId('verdict-conform') as HTMLButtonElement).disabled).toBe(true);
    expect(round.readOnly).toBe(true);
  });
});

describe('several items', () => {
  it('take one verdict, and one undo gives all back', async () => {
    const { round, shell } = await openRound({ empty: true });
    render(Frame);
    const keys = user();
    await waitFor(() => screen.getByTestId('item-row-GH1-01'));
    await keys.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(screen.getByTestId('bulk').textContent).toContain('已选 3 条');
    await keys.keyboard('2');
    await settle(round);
    expect(['GH1-01', 'GH1-02', 'GH1-04'].map(verdictOf)).toEqual(['partial', 'partial', 'partial']);
    expect(shell.calls.filter((call) => call.command === 'mark')).toHaveLength(1);
    await keys.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(verdictOf('GH1-02')).toBe('none'));
    await waitFor(() =>
      expect(toasts.list.at(-1)?.text).toBe('已撤销：GH1-01 结论 部分符合 → 未评估、GH1-02 结论 部分符合 → 未评估 等 3 处'),
    );
  });

  it('fill down verdict and note from the first', async () => {
    const { round } = await openRound({ empty: true });
    await round.mark(['GH1-01'], { verdict: 'nonconform', note: '近半年没有记录' });
    render(Assess);
    const keys = user();
    await keys.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Control>}d{/Control}');
    await waitFor(() => expect(round.answer('GH1-04')).toMatchObject({ verdict: 'nonconform', note: '近半年没有记录' }));
    expect(round.answer('GH1-05').verdict).toBeNull();
  });

  it('ask once for the reason of 不适用', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.keyboard('{Shift>}{ArrowDown}{/Shift}4');
    await waitFor(() => screen.getByTestId('bulk-reason-text'));
    await keys.type(screen.getByTestId('bulk-reason-text'), '范围内没有在线渠道');
    await keys.click(screen.getByTestId('bulk-reason-save'));
    await settle(round);
    expect(round.answer('GH1-02')).toMatchObject({ verdict: 'na', reason: '范围内没有在线渠道' });
  });
});

describe('the list', () => {
  it('searches items, notes, evidence and findings, and marks the hits', async () => {
    const { round } = await openRound({ empty: true });
    await round.mark(['JX1-02'], { note: '口径与月报不一致，见附表' });
    render(Assess);
    await user().type(screen.getByTestId('search'), '附表');
    expect(app.view!.list).toContain('JX1-02');
    const row = screen.getByTestId('item-row-JX1-02');
    expect([...row.querySelectorAll('mark')].map((each) => each.textContent)).toContain('附表');
    await user().clear(screen.getByTestId('search'));
    await user().type(screen.getByTestId('search'), 'ｊｘ１－０２　附表');
    expect(app.view!.list).toEqual(['JX1-02']);
    await user().clear(screen.getByTestId('search'));
    expect(app.view!.list).toHaveLength(224);
  });

  it('keeps a row in place that no longer matches the filter', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.click(screen.getByTestId('filter-none'));
    await keys.click(screen.getByTestId('item-row-GH1-02'));
    await keys.keyboard('1');
    await settle(round);
    expect(screen.getByTestId('item-row-GH1-02')).toBeTruthy();
    expect(screen.getByText('1 条已不符合当前筛选，仍留在原处')).toBeTruthy();
    await keys.click(screen.getByTestId('refresh-filter'));
    expect(screen.queryByTestId('item-row-GH1-02')).toBeNull();
  });

  it('narrows to a domain and teaches when nothing matches', async () => {
    await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.click(screen.getByTestId('scope-XC'));
    expect(app.view!.list.every((code) => code.startsWith('XC'))).toBe(true);
    expect(shown()).toBe('XC1-01');
    await keys.type(screen.getByTestId('search'), '绝无此词');
    expect(screen.getByText('没有符合条件的条目')).toBeTruthy();
    await keys.click(screen.getByTestId('clear-filter'));
    expect(app.view!.list).toHaveLength(224);
  });

  it('draws only the rows in view', async () => {
    await openRound();
    render(Assess);
    expect(screen.getAllByTestId(/^item-row-/).length).toBeLessThan(45);
  });
});

describe('the detail', () => {
  it('ticks expected evidence off', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const name = round.pack.items[0]!.evidence[0]!;
    await user().click(screen.getByLabelText(name));
    await settle(round);
    expect(round.answer('GH1-01').ticks).toEqual([name]);
  });

  it('shows the criteria in English and keeps a tick under the name that the report knows', async () => {
    const { round } = await openRound({ empty: true });
    await chooseLanguage('en');
    render(Assess);
    const item = round.pack.items[0]!;
    for (const point of item.check_points_en ?? []) expect(screen.getByText(point)).toBeTruthy();
    await user().click(screen.getByLabelText(item.evidence_en![0]!));
    await settle(round);
    expect(round.answer('GH1-01').ticks).toEqual([item.evidence[0]]);
  });

  it('records a finding with F and shows it beside the item', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.keyboard('f');
    await waitFor(() => screen.getByTestId('finding-fact'));
    await keys.type(screen.getByTestId('finding-fact'), '2026-11-05 现场未能提供签批页');
    await keys.click(screen.getByTestId('finding-save'));
    await waitFor(() => expect(round.findingList).toHaveLength(1));
    expect(within(screen.getByTestId('findings')).getByText('NC-01')).toBeTruthy();
    expect(round.findingList[0]?.criterion).toBe(round.pack.items[0]!.requirement);
  });

  it('shows the words of the shell when it refuses, and keeps what was typed', async () => {
    const { shell } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.keyboard('t');
    await waitFor(() => screen.getByTestId('task-title'));
    await keys.type(screen.getByTestId('task-title'), '补签方针');
    shell.hook = (command) => {
      if (command === 'add_task') throw { code: 'io', detail: '/data: Input/output error' };
    };
    await keys.click(screen.getByTestId('task-save'));
    await screen.findByText(/读写磁盘失败/);
    expect((screen.getByTestId('task-title') as HTMLInputElement).value).toBe('补签方针');
  });

  it('shows last round beside this one, and user text as text', async () => {
    const { round } = await openRound();
    app.view!.select('GH1-01');
    await round.mark(['GH1-01'], { note: '<img src=x onerror=alert(1)>' });
    render(Assess);
    expect(within(screen.getByTestId('last-round')).getByText(round.predecessor!.title)).toBeTruthy();
    expect((screen.getByTestId('note') as HTMLTextAreaElement).value).toBe('<img src=x onerror=alert(1)>');
    expect(document.querySelector('img')).toBeNull();
  });

  it('speaks English with English criteria', async () => {
    await openRound({ empty: true });
    await chooseLanguage('en');
    render(Assess);
    expect(screen.getByTestId('requirement').textContent).toContain("The centre's positioning");
    expect(screen.getByTestId('verdict-nonconform').textContent).toContain('Nonconform');
  });
});

it('a failed save stays in sight with a way to retry', async () => {
  const { shell, round } = await openRound({ empty: true });
  render(Frame);
  await waitFor(() => screen.getByTestId('item-row-GH1-01'));
  let full = true;
  shell.hook = (command) => {
    if (full && command === 'mark') throw { code: 'disk_full', detail: '' };
  };
  const keys = user();
  await keys.keyboard('1');
  await waitFor(() => expect(screen.getByTestId('save-state').dataset.state).toBe('failed'));
  expect(screen.getByTestId('save-state').textContent).toContain('磁盘空间不足');
  full = false;
  await keys.click(screen.getByTestId('save-retry'));
  await waitFor(() => expect(screen.getByTestId('save-state').textContent).toMatch(/已保存 \d\d:\d\d:\d\d/));
  expect(round.verdict('GH1-01')).toBe('conform');
});

it('Ctrl+Z leaves unsaved typing to the text field and undoes the step once it is saved', async () => {
  const { shell, round } = await openRound({ empty: true });
  render(Frame);
  await waitFor(() => screen.getByTestId('note'));
  const keys = user();
  await keys.keyboard('n');
  await keys.keyboard('班表');
  await keys.keyboard('{Control>}z{/Control}');
  expect(shell.calls.some((call) => call.command === 'undo')).toBe(false);
  await waitFor(() => expect(screen.getByTestId('note').dataset.draft).toBe('clean'), { timeout: 3000 });
  await settle(round);
  await keys.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(shell.calls.some((call) => call.command === 'undo')).toBe(true));
  vi.useRealTimers();
});
