// What people are used to from a spreadsheet: columns, order, filters, copies, and one value into many rows.
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { app } from '../../app.svelte';
import { chooseLanguage } from '../../i18n/index.svelte';
import * as ipc from '../../ipc';
import { toasts } from '../../lib/toasts.svelte';
import { openRound, settle } from '../../testing/open';
import Frame from '../frame/Frame.svelte';
import Assess from './Assess.svelte';

const user = () => userEvent.setup({ delay: null });
const heads = () => screen.getAllByTestId(/^head-/).map((head) => head.dataset.testid!.slice('head-'.length));
const sortOf = (id: string) => screen.getByTestId(`head-${id}`).getAttribute('aria-sort');
const press = (id: string) => within(screen.getByTestId(`head-${id}`)).getAllByRole('button')[0]!;

/** Opens the menu behind a button and presses these entries of it. */
async function pick(keys: ReturnType<typeof user>, button: string, ...entries: (string | RegExp)[]): Promise<void> {
  await keys.click(screen.getByTestId(button));
  await screen.findByRole('menu');
  for (const entry of entries)
    await keys.click(typeof entry === 'string' ? screen.getByTestId(entry) : screen.getByRole('menuitemcheckbox', { name: entry }));
  await keys.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
}

/** What Ctrl+C puts on the clipboard. */
function copy(): Record<string, string> {
  const data: Record<string, string> = {};
  const event = new Event('copy', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { setData: (type: string, text: string) => (data[type] = text) } });
  document.body.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(Object.keys(data).length > 0);
  return data;
}

describe('columns', () => {
  it('are chosen in a menu and remembered with the settings', async () => {
    const { shell } = await openRound();
    render(Assess);
    const keys = user();
    expect(heads()).toEqual(['verdict', 'code', 'title']);
    await pick(keys, 'columns', 'column-owner', 'column-section');
    expect(heads()).toEqual(['verdict', 'code', 'title', 'section', 'owner']);
    await waitFor(() => expect(shell.called('save_settings')).toBeDefined());
    await waitFor(async () => expect((await ipc.settings()).columns.items).toEqual(['verdict', 'code', 'title', 'owner', 'section']));
    await pick(keys, 'columns', 'columns-reset');
    expect(heads()).toEqual(['verdict', 'code', 'title']);
  });

  it('show what the round says of an item, in the language of the page', async () => {
    const { round } = await openRound();
    app.settings = { ...app.settings, columns: { items: ['domain', 'before'] } };
    render(Assess);
    const first = round.pack.items[0]!;
    app.view!.select(first.code);
    const cells = () =>
      [...screen.getByTestId(`item-row-${first.code}`).querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent);
    await waitFor(() => expect(cells().slice(3)).toEqual([`GH ${round.pack.domains[0]!.title}`, '符合']));
    await chooseLanguage('en');
    await waitFor(() => expect(cells()[4]).toBe('Conform'));
  });
});

describe('the order', () => {
  it('is by a column up, down, and by the criteria again, with mouse and keyboard', async () => {
    const { round } = await openRound({ empty: true });
    await round.mark(['XC3-05'], { verdict: 'nonconform' });
    await round.mark(['KH1-01'], { verdict: 'conform' });
    await settle(round);
    const codes = round.pack.items.map((item) => item.code);
    render(Assess);
    const keys = user();
    expect(app.view!.list).toEqual(codes);
    await keys.click(press('verdict'));
    expect(sortOf('verdict')).toBe('ascending');
    expect(app.view!.list.slice(0, 3)).toEqual(['KH1-01', 'XC3-05', codes[0]]);
    press('verdict').focus();
    await keys.keyboard('{Enter}');
    expect(sortOf('verdict')).toBe('descending');
    expect(app.view!.list.slice(-2)).toEqual(['XC3-05', 'KH1-01']);
    await keys.keyboard(' ');
    expect(sortOf('verdict')).toBeNull();
    expect(app.view!.list).toEqual(codes);
  });

  it('is what the keys walk along, and a mark moves no row', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.click(press('title'));
    const sorted = [...app.view!.list];
    expect(sorted).not.toEqual(round.pack.items.map((item) => item.code));
    await keys.keyboard('{Home}');
    expect(screen.getByTestId('detail').dataset.code).toBe(sorted[0]);
    await keys.keyboard('1');
    await settle(round);
    expect(app.view!.list).toEqual(sorted);
    expect(screen.getByTestId('detail').dataset.code).toBe(sorted[1]);
  });
});

describe('filters', () => {
  it('take several values of several columns, beside the search, and go with one press', async () => {
    const { round } = await openRound();
    app.settings = { ...app.settings, columns: { items: ['owner', 'tasks'] } };
    render(Assess);
    const keys = user();
    const owned = (owner: string) =>
      round.pack.items.filter(({ code }) => round.tasksByItem.get(code)?.some((task) => task.owner === owner));
    const owner = round.taskList.find((task) => task.owner && task.state === 'closed')!.owner;
    await pick(keys, 'filter-owner', new RegExp(`^${owner}`));
    expect(app.view!.list).toEqual(owned(owner).map(({ code }) => code));
    await pick(keys, 'filter-tasks', /^已关闭/);
    const both = owned(owner).filter(({ code }) => round.tasksByItem.get(code)!.some((task) => task.state === 'closed'));
    expect(app.view!.list).toEqual(both.map(({ code }) => code));
    expect(screen.getByTestId('chip-owner').textContent).toContain(owner);
    expect(screen.getByTestId('chip-tasks').textContent).toContain('已关闭');
    await keys.type(screen.getByTestId('search'), both[0]!.code);
    expect(app.view!.list).toEqual([both[0]!.code]);
    await keys.click(screen.getByTestId('chip-tasks'));
    expect(screen.queryByTestId('chip-tasks')).toBeNull();
    await keys.click(screen.getByTestId('clear-filters'));
    expect(screen.queryByTestId('chip-owner')).toBeNull();
    expect(app.view!.list).toHaveLength(224);
  });

  it('count the rows that would be there, and find those that say nothing', async () => {
    const { round } = await openRound();
    app.settings = { ...app.settings, columns: { items: ['findings', 'domain'] } };
    render(Assess);
    const keys = user();
    await pick(keys, 'filter-domain', /^XC /);
    const bare = round.pack.items.filter(({ code }) => code.startsWith('XC') && !round.findingsByItem.has(code)).map(({ code }) => code);
    await pick(keys, 'filter-findings', new RegExp(`^（空） ?${bare.length}$`));
    expect(app.view!.list).toEqual(bare);
    // Its own filter takes nothing from what a column offers.
    expect(app.view!.valuesOf('domain').map(({ value }) => value)).toContain('GH');
    await chooseLanguage('en');
    await waitFor(() => expect(screen.getByTestId('chip-domain').textContent).toContain('XC '));
    expect(app.view!.list).toEqual(bare);
  });

  it('leave out of a selection what they hide', async () => {
    const { round } = await openRound({ empty: true });
    render(Assess);
    const keys = user();
    await keys.keyboard('{Control>}a{/Control}');
    expect(app.view!.chosen).toHaveLength(224);
    await keys.click(screen.getByTestId('scope-XC'));
    await keys.keyboard('3');
    await settle(round);
    expect(round.verdict('XC1-01')).toBe('nonconform');
    expect(round.verdict('GH1-01')).toBeNull();
  });
});

describe('a copy', () => {
  it('goes into a spreadsheet as it was typed, and comes back as it was', async () => {
    const { round } = await openRound({ empty: true });
    const note = '=HYPERLINK("http://x","点我")\n第二行 <b>&</b>';
    await round.mark(['GH1-01'], { verdict: 'partial', note });
    await settle(round);
    app.view!.select('GH1-01');
    render(Assess);
    const keys = user();
    await keys.keyboard('{Shift>}{ArrowDown}{/Shift}');
    const { 'text/html': html, 'text/plain': text } = copy();
    expect(text!.split('\r\n')[0]).toBe('结论\t编号\t标题\t评估记录');
    expect(text).toContain(`部分符合\tGH1-01\t${round.items.get('GH1-01')!.title}\t"'=HYPERLINK(""http://x"",""点我"")\n第二行 <b>&</b>"`);
    expect(html).toContain('&lt;b&gt;&amp;&lt;/b&gt;');
    expect(html).not.toContain('<b>');
    expect(html!.match(/<tr>/g)).toHaveLength(3);
    // The core reads the HTML as it reads what Excel writes.
    await round.mark(['GH1-01'], { clear: true, note: '' });
    const preview = await ipc.previewPaste({ html: html!, text: text! }, ['GH1-01'], { columns: null, words: {}, skipped: [] });
    expect(preview.rows[0]).toMatchObject({ item: 'GH1-01', patch: { verdict: 'partial', note } });
    expect(toasts.list.at(-1)?.text).toBe('已复制 2 条，可粘贴到 Excel 或邮件');
  });

  it('is left to the text that is marked, and to what is being typed', async () => {
    await openRound({ empty: true });
    render(Assess);
    getSelection()!.selectAllChildren(screen.getByTestId('requirement'));
    expect(copy()).toEqual({});
    getSelection()!.removeAllRanges();
    expect(Object.keys(copy())).toEqual(['text/html', 'text/plain']);
  });
});

describe('one value into many rows', () => {
  /** Three chosen rows below one that holds something, one of them with a note of its own. */
  async function chosen() {
    const opened = await openRound({ empty: true });
    await opened.round.mark(['GH1-01'], { verdict: 'partial', note: '班表晚发两天' });
    await opened.round.mark(['GH1-04'], { note: '已看过签批页' });
    await settle(opened.round);
    app.view!.select('GH1-01');
    render(Frame);
    await waitFor(() => screen.getByTestId('item-row-GH1-01'));
    const keys = user();
    await keys.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    opened.shell.calls.length = 0;
    return { ...opened, keys };
  }
  const notes = ({ round }: Awaited<ReturnType<typeof chosen>>) => ['GH1-01', 'GH1-02', 'GH1-04'].map((code) => round.answer(code).note);
  const writes = ({ shell }: Awaited<ReturnType<typeof chosen>>) => shell.calls.filter((call) => call.command.startsWith('mark'));

  it('asks before a fill replaces a note, and one undo gives it back', async () => {
    const test = await chosen();
    await test.keys.keyboard('{Control>}d{/Control}');
    expect((await screen.findByTestId('spread-ask')).textContent).toContain('GH1-04');
    expect(writes(test)).toHaveLength(0);
    await test.keys.click(screen.getByTestId('spread-replace'));
    await waitFor(() => expect(notes(test)).toEqual(['班表晚发两天', '班表晚发两天', '班表晚发两天']));
    await settle(test.round);
    expect(writes(test)).toHaveLength(1);
    await test.keys.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(notes(test)).toEqual(['班表晚发两天', '', '已看过签批页']));
    expect(test.round.verdict('GH1-02')).toBeNull();
  });

  it('fills only what is blank when asked to, and nothing when cancelled', async () => {
    const test = await chosen();
    await test.keys.keyboard('{Control>}d{/Control}');
    await screen.findByTestId('spread-ask');
    await test.keys.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('spread-ask')).toBeNull());
    expect(writes(test)).toHaveLength(0);
    await test.keys.keyboard('{Control>}d{/Control}');
    await test.keys.click(await screen.findByTestId('spread-keep'));
    await waitFor(() => expect(test.round.verdict('GH1-04')).toBe('partial'));
    await settle(test.round);
    expect(notes(test)).toEqual(['班表晚发两天', '班表晚发两天', '已看过签批页']);
    expect(writes(test)).toHaveLength(1);
  });

  it('writes what was typed into all with Ctrl+Enter, in one step, however long the typing took', async () => {
    const test = await chosen();
    await test.round.mark(['GH1-01', 'GH1-04'], { note: '' });
    test.shell.calls.length = 0;
    const note = screen.getByTestId('note') as HTMLTextAreaElement;
    await test.keys.clear(note);
    await test.keys.type(note, '三处同样缺签字');
    expect(screen.getByTestId('note-several').textContent).toContain('3');
    // Longer than the pause after which a text of one item is saved.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(writes(test)).toHaveLength(0);
    await test.keys.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(notes(test)).toEqual(['三处同样缺签字', '三处同样缺签字', '三处同样缺签字']));
    await settle(test.round);
    expect(writes(test)).toHaveLength(1);
    await test.keys.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(notes(test)).toEqual(['', '', '']));
  });

  it('keeps what was typed in its field when it shall not replace', async () => {
    const test = await chosen();
    app.view!.extendTo('GH1-02');
    app.view!.toggle('GH1-04');
    app.view!.current = 'GH1-02';
    await waitFor(() => expect(screen.getByTestId('detail').dataset.code).toBe('GH1-02'));
    const note = () => screen.getByTestId('note') as HTMLTextAreaElement;
    await test.keys.type(note(), '同上');
    await test.keys.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByTestId('spread-ask');
    await test.keys.keyboard('{Escape}');
    await waitFor(() => expect(note().value).toBe('同上'));
    expect(writes(test)).toHaveLength(0);
  });

  it('changes nothing when the core refuses one of them', async () => {
    const test = await chosen();
    const note = screen.getByTestId('note') as HTMLTextAreaElement;
    await test.round.mark(['GH1-01', 'GH1-02', 'GH1-04'], { note: '' });
    const before = notes(test);
    test.round.type('GH1-04', 'note', '长'.repeat(100_001), true);
    await waitFor(() => expect(note.value).toHaveLength(100_001));
    note.focus();
    await test.keys.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(toasts.list.some((each) => each.kind === 'error')).toBe(true));
    expect(notes(test)).toEqual(before);
    expect(toasts.list.some((each) => each.text.startsWith('已写入'))).toBe(false);
  });
});
