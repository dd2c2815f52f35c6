import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import * as ipc from '../../ipc';
import { openRound, settle } from '../../testing/open';
import Assess from './Assess.svelte';

const user = () => userEvent.setup({ delay: null });

/** What the page gets when a table is pasted; the dialog that follows. */
async function paste(text: string, html = ''): Promise<HTMLElement> {
  render(Assess);
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files: [], getData: (type: string) => (type === 'text/html' ? html : text) } });
  document.body.dispatchEvent(event);
  const dialog = await screen.findByTestId('paste-dialog');
  await screen.findByTestId('paste-columns');
  return dialog;
}

const apply = () => screen.getByTestId('paste-apply') as HTMLButtonElement;
const doubts = () => screen.getAllByTestId(/^paste-row-/).map((row) => row.dataset.doubt);

/** Picks from the list of this very choice: the list of the one before may still be closing, and holds the same words. */
async function choose(testid: string, value: string): Promise<void> {
  await user().click(screen.getByTestId(testid));
  await user().click(await screen.findByTestId(`${testid}-${value}`));
}

describe('a pasted table', () => {
  it('is taken over after a look, and one undo takes it back', async () => {
    const { round } = await openRound({ empty: true });
    const dialog = await paste('序号\t条目\t结论\t记录\r\n1\tGH1-02\t不符合\t无文件\r\n2\tGH1-04\t√\t\r\n3\tGH1-05\t不适用\t\r\n');
    expect(doubts()).toEqual(['', '', 'no_reason']);
    expect(within(dialog).getByText('不适用缺理由')).toBeTruthy();
    await user().click(apply());
    await settle(round);
    expect(round.answer('GH1-02')).toMatchObject({ verdict: 'nonconform', note: '无文件' });
    expect([round.verdict('GH1-01'), round.verdict('GH1-04'), round.verdict('GH1-05')]).toEqual([null, 'conform', null]);
    await round.write(ipc.undo);
    expect([round.verdict('GH1-02'), round.verdict('GH1-04')]).toEqual([null, null]);
  });

  it('is read from the table of the clipboard rather than from its text', async () => {
    const { round } = await openRound({ empty: true });
    await paste('乱\t码', '<table><tr><td>GH1-02</td><td>符合</td><td>"先入为主</td></tr></table>');
    await user().click(apply());
    await settle(round);
    expect(round.answer('GH1-02')).toMatchObject({ verdict: 'conform', note: '"先入为主' });
  });

  it('waits until the user has said what unclear columns hold', async () => {
    const { round } = await openRound({ empty: true });
    await paste('GH1-01\t符合\t张三\t抽样30件合格\r\n');
    expect(screen.getByTestId('paste-ask-columns')).toBeTruthy();
    expect(apply().disabled).toBe(true);
    await choose('paste-column-2', 'skip');
    await choose('paste-column-3', 'note');
    await waitFor(() => expect(apply().disabled).toBe(false));
    await user().click(apply());
    await settle(round);
    expect(round.answer('GH1-01')).toMatchObject({ verdict: 'conform', note: '抽样30件合格' });
  });

  it('asks what a word means and leaves out the rows that the user does not want', async () => {
    const { round } = await openRound({ empty: true });
    await paste('基本符合\r\n○\r\n符合\r\n基本符合\r\n');
    expect(doubts()).toEqual(['unclear', 'unclear', '', 'unclear']);
    await choose('paste-word-0', 'partial');
    await waitFor(() => expect(doubts()).toEqual(['', 'unclear', '', '']));
    await user().click(within(screen.getByTestId('paste-row-3')).getByRole('checkbox'));
    await waitFor(() => expect(doubts()).toEqual(['', 'unclear', 'skipped', '']));
    await user().click(apply());
    await settle(round);
    expect(['GH1-01', 'GH1-02', 'GH1-04', 'GH1-05'].map((code) => round.verdict(code))).toEqual(['partial', null, null, 'partial']);
  });
});
