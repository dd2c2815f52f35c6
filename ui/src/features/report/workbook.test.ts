import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { writeFileSync } from '../../../testing/disk.js';
import { fillIn } from '../../../testing/workbook.js';
import * as ipc from '../../ipc';
import { openRound, settle } from '../../testing/open';
import type { Round } from '../../round.svelte';
import type { Shell } from '../../testing/shell';
import WorkbookPanel from './WorkbookPanel.svelte';

const user = () => userEvent.setup({ delay: null });
const apply = () => screen.getByTestId('workbook-apply') as HTMLButtonElement;

/** Sheet of the items in a workbook of one domain. */
const ITEMS = 2;

/** A workbook of one domain that was handed out to 王工, and what they filled in. */
async function handedOut(cells: { [cell: string]: string }): Promise<{ round: Round; shell: Shell }> {
  const { round, shell } = await openRound({ empty: true, screen: 'report' });
  await round.write(() => ipc.mark(['XC1-01'], { verdict: 'conform', note: '班表按月公布' }));
  const path = `${shell.session.home}/检查表.xlsx`;
  await shell.session.answer(path);
  render(WorkbookPanel);
  await user().click(screen.getByTestId('workbook-out'));
  await user().click(await screen.findByTestId('workbook-domain'));
  await user().click(await screen.findByTestId('workbook-domain-XC'));
  await user().type(screen.getByTestId('workbook-recipient'), '王工');
  await user().click(screen.getByTestId('workbook-write'));
  await screen.findByTestId('workbook-written');
  fillIn(path, ITEMS, cells);
  await shell.session.answer([path]);
  return { round, shell };
}

describe('a workbook that was handed out', () => {
  it('comes back as one step under the name of whoever filled it in', async () => {
    const { round } = await handedOut({ F3: '不适用', H3: '没有外包', G2: '=1+1 不算' });
    await user().click(screen.getByTestId('workbook-in'));
    const changes = await screen.findByTestId('workbook-changes');
    expect(within(changes).getAllByTestId('workbook-cell')).toHaveLength(3);
    expect(within(changes).getByText('班表按月公布')).toBeTruthy();
    expect((screen.getByTestId('workbook-sender') as HTMLInputElement).value).toBe('王工');
    await user().click(apply());
    await waitFor(() => expect(screen.queryByTestId('workbook-in-dialog')).toBeNull());
    await settle(round);
    expect(round.answer('XC1-01')).toMatchObject({ verdict: 'conform', note: '=1+1 不算' });
    expect(round.answer('XC1-02')).toMatchObject({ verdict: 'na', reason: '没有外包', assessor: '王工' });
    const [newest] = await ipc.history({ item: null, actor: null, since: null, limit: 1 });
    expect(newest).toMatchObject({ actor: '王工 via 检查表.xlsx', action: 'take_in_workbook' });
    await round.write(ipc.undo);
    expect([round.verdict('XC1-02'), round.answer('XC1-01').note]).toEqual([null, '班表按月公布']);
  });

  it('waits for whoever decides about what both have changed, what was emptied, and what cannot be taken', async () => {
    const { round } = await handedOut({ G2: '他们的', F2: '', F3: '差不多', G4: '可以取回' });
    await round.write(() => ipc.mark(['XC1-01'], { note: '我们的' }));
    await user().click(screen.getByTestId('workbook-in'));
    const refusal = await screen.findByTestId('workbook-refusal');
    expect(refusal.textContent).toContain('符合 / 部分符合 / 不符合 / 不适用');
    expect(apply().disabled).toBe(true);
    await user().click(screen.getByTestId('workbook-conflicts-theirs'));
    await user().click(screen.getByTestId('workbook-cleared-mine'));
    await waitFor(() => expect(screen.getByTestId('workbook-sum').textContent).toContain('1'));
    expect(apply().disabled).toBe(true);
    await user().click(within(screen.getByTestId('workbook-refusal')).getByRole('checkbox'));
    await waitFor(() => expect(apply().disabled).toBe(false));
    await user().click(apply());
    await waitFor(() => expect(screen.queryByTestId('workbook-in-dialog')).toBeNull());
    await settle(round);
    expect(round.answer('XC1-01')).toMatchObject({ verdict: 'conform', note: '他们的' });
    expect(round.verdict('XC1-02')).toBeNull();
    expect(round.answer('XC1-03').note).toBe('可以取回');
  });

  it('says in one sentence why a file is none', async () => {
    const { shell } = await openRound({ empty: true, screen: 'report' });
    const path = `${shell.session.home}/别的.xlsx`;
    writeFileSync(path, '编号,结论\nXC1-01,符合\n');
    await shell.session.answer([path]);
    render(WorkbookPanel);
    await user().click(screen.getByTestId('workbook-in'));
    expect((await screen.findByTestId('workbook-refused')).textContent).toContain('CSV');
    expect(apply().disabled).toBe(true);
  });
});
