import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, describe, it } from 'vitest';
import { app } from '../../app.svelte';
import { rmSync, writeFileSync } from '../../../testing/disk.js';
import * as ipc from '../../ipc';
import { openRound, settle } from '../../testing/open';
import Frame from '../frame/Frame.svelte';
import Report from '../report/Report.svelte';
import RoundDialog from './RoundDialog.svelte';

const user = () => userEvent.setup({ delay: null });

describe('a round after its start', () => {
  it('is described anew, with team and sites line by line', async () => {
    const { round } = await openRound();
    const { sites } = round.assessment;
    render(RoundDialog);
    await user().clear(await screen.findByTestId('round-title'));
    await user().type(screen.getByTestId('round-title'), '2026 年度复评');
    await user().click(screen.getByText('添加职场'));
    await user().type(screen.getByLabelText('职场 3'), '备用职场');
    await user().click(screen.getByTestId('round-save'));
    await waitFor(() => expect(round.assessment).toMatchObject({ title: '2026 年度复评', sites: [...sites, '备用职场'] }));
    expect(round.rounds[0]?.title).toBe('2026 年度复评');
  });

  it('says what other conditions mean before it takes them', async () => {
    const { shell, round } = await openRound({ empty: true });
    const calls = round.pack.items.filter((item) => item.applies === 'outbound').map((item) => item.code);
    await round.mark([calls[0]!], { verdict: 'conform' });
    render(RoundDialog);
    await user().click(await screen.findByTestId('condition-outbound'));
    const preview = await screen.findByTestId('conditions-preview');
    expect(preview.textContent).toContain(`${calls.length - 1} 条不再适用：将先标为不适用`);
    expect(preview.textContent).toContain('1 条不再适用，但已有评估人的结论');
    expect(shell.calls.some((call) => call.command === 'change_conditions')).toBe(false);
    await user().click(screen.getByTestId('conditions-apply'));
    await waitFor(() => expect(round.verdict(calls[1]!)).toBe('na'));
    expect(round.verdict(calls[0]!)).toBe('conform');
    expect(round.assessment.conditions).not.toContain('outbound');
  });
});

it('a proposed 不适用 is confirmed with Y, and the next one is there; own words are no proposal', async () => {
  const { round } = await openRound({ empty: true });
  await round.write(async () => (await ipc.changeConditions([])).update);
  const proposed = round.pack.items.map((item) => item.code).filter((code) => round.answer(code).proposed);
  // The same sentence, written by somebody: what is proposed is a field, not a sentence.
  await round.mark(['GH1-01'], { verdict: 'na', reason: round.answer(proposed[0]!).reason });
  await round.mark([proposed[2]!], { reason: '范围内确实没有' });
  app.view!.only({ flags: ['proposed'] });
  expect(app.view!.list).toEqual(proposed.filter((code) => code !== proposed[2]));
  app.view!.select(proposed[0]!);
  render(Frame);
  await screen.findByTestId('proposal');
  await user().keyboard('y');
  await settle(round);
  expect(round.answer(proposed[0]!)).toMatchObject({ review: 'accepted', proposed: false });
  expect(app.view!.current).toBe(proposed[1]);
});

describe('notices', () => {
  it('stand over every screen and go when they are dealt with', async () => {
    await openRound({
      before: async ({ call }) => {
        await call('current');
        const { path } = await call('backup_now');
        await call('restore', { backup: path });
      },
    });
    render(Frame);
    expect((await screen.findByTestId('notice-restore_unconfirmed')).textContent).toContain('旧备份一律保留');
    await user().click(screen.getByTestId('confirm-restore'));
    await waitFor(() => expect(screen.queryByTestId('notice-restore_unconfirmed')).toBeNull());
  });

  it('tell of a backup that failed as soon as it does', async () => {
    const { shell, round } = await openRound({ empty: true });
    const { backup_dir } = await ipc.health();
    // A file lies where the folder was.
    rmSync(backup_dir, { recursive: true, force: true });
    writeFileSync(backup_dir, '');
    render(Frame);
    await waitFor(() => expect(shell.listening).toContain('backup-news'));
    await round.mark(
      round.pack.items.slice(0, 30).map((item) => item.code),
      { verdict: 'conform' },
    );
    expect(round.verdict('GH1-01')).toBe('conform');
    expect((await screen.findByTestId('notice-backup_failed')).textContent).toContain(backup_dir);
  });
});

it('leaving with a mark that no disk has taken asks first', async () => {
  const { shell, round } = await openRound({ empty: true });
  render(Frame);
  let full = true;
  shell.hook = (command) => {
    if (full && command === 'mark') throw { code: 'disk_full', detail: '' };
  };
  await round.mark(['GH1-01'], { verdict: 'conform' });
  void app.leave();
  expect((await screen.findByTestId('leaving')).textContent).toContain('1 处改动没有写到磁盘');
  expect(shell.calls.some((call) => call.command === 'close_workspace')).toBe(false);
  full = false;
  await user().click(screen.getByTestId('leave-retry'));
  await waitFor(() => expect(shell.calls.some((call) => call.command === 'close_workspace')).toBe(true));
});

it('the report goes to whom it is meant for', async () => {
  const { shell } = await openRound({ screen: 'report' });
  render(Report);
  await user().click(screen.getByText('添加接收方'));
  await user().type(screen.getByLabelText('分发清单 1'), '运营管理部');
  await user().click(screen.getByText('添加接收方'));
  await shell.session.answer(`${shell.session.home}/报告.pdf`);
  await user().click(screen.getByTestId('export-report'));
  await screen.findByTestId('export-done');
  expect(shell.called('export_report')).toMatchObject({ options: { distribution: ['运营管理部'] } });
});
