import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { fillIn } from '../../../testing/workbook.js';
import * as ipc from '../../ipc';
import { openRound, settle } from '../../testing/open';
import Report from '../report/Report.svelte';

const user = () => userEvent.setup({ delay: null });
/** Sheet of the papers where nothing else is sent out. */
const PAPERS = 1;

async function opened() {
  const made = await openRound({ empty: true, screen: 'report' });
  render(Report);
  await user().click(await screen.findByTestId('request-open'));
  await screen.findByTestId('request-GH3-01.1');
  return made;
}
const paper = async (number: string) => (await ipc.listPapers()).papers.find((each) => each.paper === number)!;
const left = () => Number(/\d+/.exec(screen.getByTestId('request-list').closest('.screen')!.querySelector('.count')!.textContent!)![0]);

it('a tick takes a paper off the open ones, and undo brings it back', async () => {
  const { round } = await opened();
  const before = left();
  await user().click(within(screen.getByTestId('request-GH3-01.1')).getByTestId('request-tick'));
  await waitFor(() => expect(screen.queryByTestId('request-GH3-01.1')).toBeNull());
  expect(left()).toBe(before - 1);
  expect(await paper('GH3-01.1')).toMatchObject({ standing: 'handed-in', department: '运营部' });
  await user().click(screen.getByTestId('request-show-there'));
  const row = await screen.findByTestId('request-GH3-01.1');
  await user().type(within(row).getByTestId('request-note'), '电子版{Enter}');
  await user().tab();
  await settle(round);
  expect((await paper('GH3-01.1')).note).toBe('电子版');
  await round.write(ipc.undo);
  await round.write(ipc.undo);
  await waitFor(() => expect(screen.queryByTestId('request-GH3-01.1')).toBeNull());
  await user().click(screen.getByTestId('request-show-open'));
  await screen.findByTestId('request-GH3-01.1');
  await user().keyboard('{Escape}');
  await screen.findByTestId('request-panel');
});

it('one paper that serves two items stands once, with both beside it', async () => {
  await opened();
  await user().type(screen.getByTestId('request-search'), '满意度月报');
  await waitFor(() => expect(screen.getByTestId('request-list').querySelectorAll('[data-key]')).toHaveLength(1));
  const row = screen.getByTestId('request-list').querySelector('[data-key]')!;
  expect(row.textContent).toContain('2 项');
  expect(row.textContent).toMatch(/KH1-01.KH1-06/);
});

it('a section is assigned to a department, and goes back to what is proposed', async () => {
  const { round } = await opened();
  await user().click(screen.getByTestId('request-keepers'));
  const row = within(await screen.findByTestId('keeper-XC3'));
  const department = row.getByTestId('keeper-department') as HTMLInputElement;
  expect(department.value).toBe('运营部');
  await user().clear(department);
  await user().paste('华东职场');
  await user().click(row.getByTestId('keeper-owner'));
  await user().paste('刘洋');
  await user().tab();
  await waitFor(async () => expect(await paper('XC3-01.1')).toMatchObject({ department: '华东职场', owner: '刘洋' }));
  await user().click(await row.findByTestId('keeper-reset'));
  await waitFor(async () => expect(await paper('XC3-01.1')).toMatchObject({ department: '运营部', owner: '' }));
  await settle(round);
  await waitFor(() => expect(department.value).toBe('运营部'));
});

it('ticks come back with the list that was handed out', async () => {
  const { round, shell } = await opened();
  const path = `${shell.session.home}/资料清单.xlsx`;
  await shell.session.answer(path);
  await user().click(screen.getByTestId('request-export'));
  await user().click(await screen.findByTestId('request-xlsx'));
  await waitFor(() => expect(shell.called('export_request_list')).toBeTruthy());
  await settle(round);
  await waitFor(() => fillIn(path, PAPERS, { J2: '√', K2: '=下周补原件' }));
  await shell.session.answer([path]);
  await user().click(screen.getByTestId('request-in'));
  const changes = await screen.findByTestId('workbook-changes');
  expect(within(changes).getAllByTestId('workbook-cell')).toHaveLength(2);
  expect(changes.textContent).toContain('备注');
  await user().clear(screen.getByTestId('workbook-sender'));
  await user().type(screen.getByTestId('workbook-sender'), '赵敏');
  await user().click(screen.getByTestId('workbook-apply'));
  await waitFor(() => expect(screen.queryByTestId('workbook-in-dialog')).toBeNull());
  const { papers } = await ipc.listPapers();
  expect(papers.filter((each) => each.standing === 'handed-in')).toMatchObject([{ note: '=下周补原件' }]);
});
