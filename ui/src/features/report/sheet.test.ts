import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { writeFileSync } from '../../../testing/disk.js';
import * as ipc from '../../ipc';
import { openRound, settle } from '../../testing/open';
import type { Round } from '../../round.svelte';
import WorkbookPanel from './WorkbookPanel.svelte';

const user = () => userEvent.setup({ delay: null });
const apply = () => screen.getByTestId('sheet-apply') as HTMLButtonElement;

/** Picks from the list of this very choice. */
async function choose(testid: string, value: string): Promise<void> {
  await user().click(screen.getByTestId(testid));
  await user().click(await screen.findByTestId(`${testid}-${value}`));
}

/** A client's list, chosen in the dialog of files. */
async function given(content: string | Uint8Array): Promise<Round> {
  const { round, shell } = await openRound({ empty: true, screen: 'report' });
  await round.write(() => ipc.mark(['XC1-04'], { verdict: 'conform', note: '我们的' }));
  const path = `${shell.session.home}/客户清单.csv`;
  writeFileSync(path, content);
  await shell.session.answer([path]);
  render(WorkbookPanel);
  await user().click(screen.getByTestId('sheet-in'));
  await screen.findByTestId('sheet-in-dialog');
  return round;
}

describe("a client's own list", () => {
  it('is shown as it was read, asked about, and comes in as one step under the name of its author', async () => {
    const rows = [
      '自查表,,,,',
      '检查项编号,自查结果,情况说明,备注,',
      'XC1-01,合格,甲,乙,',
      'XC1-02,还行,,,',
      'XC1-04,合格,他们的,,',
      'XC9-99,合格,,,',
    ];
    const round = await given(rows.join('\n'));
    expect((await screen.findByTestId('sheet-encoding')).textContent).toContain('UTF-8');
    expect(screen.getByTestId('sheet-heading').textContent).toContain('2');
    // What is asked above is not told below once more.
    expect(screen.getAllByTestId('workbook-refusal').map((each) => each.dataset.cell)).toEqual(['客户清单!A6']);
    expect(apply().disabled).toBe(true);
    await choose('paste-column-3', 'skip');
    await waitFor(() => expect(within(screen.getByTestId('workbook-changes')).getByText('甲')).toBeTruthy());
    await choose('paste-word-0', 'partial');
    await waitFor(() => expect(screen.getByTestId('sheet-sum').textContent).toContain('2'));
    await user().click(screen.getByTestId('workbook-conflicts-theirs'));
    await user().click(within(screen.getByTestId('workbook-refusal')).getByRole('checkbox'));
    await user().type(screen.getByTestId('sheet-sender'), '王工');
    await waitFor(() => expect(apply().disabled).toBe(false));
    await user().click(apply());
    await waitFor(() => expect(screen.queryByTestId('sheet-in-dialog')).toBeNull());
    await settle(round);
    expect(round.answer('XC1-01')).toMatchObject({ verdict: 'conform', note: '甲', assessor: '王工' });
    expect([round.verdict('XC1-02'), round.answer('XC1-04').note]).toEqual(['partial', '他们的']);
    const [newest] = await ipc.history({ item: null, actor: null, since: null, limit: 1 });
    expect(newest).toMatchObject({ actor: '王工 via 客户清单.csv', action: 'take_in_sheet' });
    // The word stands in the table now, and the column is known by its heading.
    expect((await ipc.verdictWords())[0]).toMatchObject({ word: '还行', means: 'partial', is_own: true });
    await round.write(ipc.undo);
    expect([round.verdict('XC1-02'), round.answer('XC1-04').note]).toEqual([null, '我们的']);
  });

  it('is read in the encoding and from the row that the user says', async () => {
    const bytes = Uint8Array.from([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xbd, 0xe1, 0xc2, 0xdb, 0x0a]);
    await given(new Uint8Array([...bytes, ...new TextEncoder().encode('XC1-01,Y\nXC1-02,N\n')]));
    expect((await screen.findByTestId('sheet-encoding')).textContent).toContain('GB18030');
    expect(within(await screen.findByTestId('workbook-changes')).getAllByTestId('workbook-cell')).toHaveLength(2);
    await choose('sheet-heading', '2');
    await waitFor(() => expect(within(screen.getByTestId('workbook-changes')).getAllByTestId('workbook-cell')).toHaveLength(1));
    await choose('sheet-encoding', 'utf-8');
    expect((await screen.findByTestId('sheet-refused')).textContent).toContain('UTF-8');
  });

  it('says in one sentence why a file is none', async () => {
    await given('<html><table><tr><td>XC1-01</td></tr></table></html>');
    expect((await screen.findByTestId('sheet-refused')).textContent).toContain('.xlsx');
    expect(apply().disabled).toBe(true);
  });
});

describe('the table of words for verdicts', () => {
  it('is added to, changed and taken from', async () => {
    await openRound({ empty: true, screen: 'report' });
    render(WorkbookPanel);
    await user().click(screen.getByTestId('verdict-words'));
    const line = (word: string) => screen.queryAllByTestId(/^verdict-word-\d+$/).find((each) => each.dataset.word === word);
    await waitFor(() => expect(line('√')?.dataset.means).toBe('conform'));
    expect(within(line('符合')!).queryByRole('button')).toBeNull();
    await user().type(screen.getByTestId('verdict-word'), '1');
    await user().click(screen.getByTestId('verdict-word-add'));
    await screen.findByTestId('verdict-words-refused');
    await user().clear(screen.getByTestId('verdict-word'));
    await user().type(screen.getByTestId('verdict-word'), '还行{Enter}');
    await waitFor(() => expect(line('还行')?.dataset.means).toBe('conform'));
    await choose('verdict-word-0-means', 'partial');
    await waitFor(() => expect(line('还行')?.dataset.means).toBe('partial'));
    await user().click(screen.getByTestId('verdict-word-0-remove'));
    await waitFor(() => expect(line('还行')).toBeUndefined());
  });
});
