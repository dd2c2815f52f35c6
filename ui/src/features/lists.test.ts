// What all lists share: the table, its keys, and the dialogs behind its rows.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, describe, it } from 'vitest';
import { app } from '../app.svelte';
import { AT_ONCE } from '../lib/gradually.svelte';
import { toasts } from '../lib/toasts.svelte';
import { renameSync } from '../../testing/disk.js';
import { openRound } from '../testing/open';
import { contentOf } from '../testing/shell';
import EvidenceScreen from './evidence/EvidenceScreen.svelte';
import FindingDialog from './findings/FindingDialog.svelte';
import Findings from './findings/Findings.svelte';
import Remediation from './remediation/Remediation.svelte';

const user = () => userEvent.setup({ delay: null });
const labels = (pattern: RegExp) => screen.getAllByTestId(pattern).map((row) => row.dataset.testid!.replace(pattern, ''));

describe('a table', () => {
  it('sorts up, down and back to its own order by its heads', async () => {
    const { round } = await openRound({ screen: 'findings' });
    render(Findings);
    const head = within(screen.getByTestId('finding-table')).getByRole('button', { name: '等级' });
    const grades = () =>
      labels(/^finding-row-/).map((label) => round.findingList.find((each) => label.endsWith(String(each.number).padStart(2, '0')))!.grade);
    const order = ['major', 'minor', 'observation', 'opportunity', 'good'];
    await waitFor(() => expect(labels(/^finding-row-/)).toHaveLength(round.findingList.length));
    const own = labels(/^finding-row-/);
    await user().click(head);
    expect(grades()).toEqual([...grades()].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(head.closest('[role="columnheader"]')!.getAttribute('aria-sort')).toBe('ascending');
    await user().click(head);
    expect(grades()[0]).toBe('good');
    await user().click(head);
    expect(labels(/^finding-row-/)).toEqual(own);
  });

  it('leaves out columns and takes a filter of one, with what it counts and clears', async () => {
    const { round } = await openRound({ screen: 'findings' });
    render(Findings);
    const keys = user();
    const heads = () => screen.getAllByTestId(/^head-/).map((head) => head.dataset.testid);
    const pick = async (button: string, entry: RegExp) => {
      await keys.click(screen.getByTestId(button));
      await keys.click(await screen.findByRole('menuitemcheckbox', { name: entry }));
      await keys.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    };
    expect(heads()).toContain('head-item');
    await pick('columns', /^条目/);
    expect(heads()).not.toContain('head-item');
    const open = round.findingList.filter(({ id }) => round.tasksByFinding.get(id)?.some((task) => task.state === 'todo'));
    await pick('filter-tasks', new RegExp(`^待整改 ?${open.length}$`));
    expect(labels(/^finding-row-NC-/).map(Number)).toEqual(open.map(({ number }) => number));
    expect(screen.getByText(`${open.length} / ${round.findingList.length}`)).toBeTruthy();
    await keys.click(screen.getByTestId('clear-filters'));
    await waitFor(() => expect(labels(/^finding-row-/)).toHaveLength(round.findingList.length));
  });

  it('is walked with J, K and the arrows and opened with Enter', async () => {
    await openRound({ screen: 'remediation' });
    render(Remediation);
    const keys = user();
    await keys.keyboard('jj');
    const [, second] = screen.getAllByTestId(/^task-row-/);
    expect(second!.getAttribute('aria-selected')).toBe('true');
    await keys.keyboard('k{ArrowDown}{Enter}');
    const dialog = await screen.findByTestId('task-dialog');
    expect(dialog.textContent).toContain(second!.dataset.testid!.replace('task-row-', ''));
    await keys.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('task-dialog')).toBeNull());
  });

  it('leaves its keys to an input method and to text fields', async () => {
    await openRound({ screen: 'evidence' });
    render(EvidenceScreen);
    await fireEvent.keyDown(document.body, { key: 'j', isComposing: true });
    await fireEvent.keyDown(document.body, { key: 'Enter', keyCode: 229 });
    expect(screen.queryByTestId('evidence-detail')).toBeNull();
    await user().type(screen.getByTestId('evidence-search'), 'jk');
    expect((screen.getByTestId('evidence-search') as HTMLInputElement).value).toBe('jk');
    expect(screen.queryByTestId('evidence-detail')).toBeNull();
  });

  it('combines filters, counts, and shows all again', async () => {
    const { round } = await openRound({ screen: 'findings' });
    render(Findings);
    await user().type(screen.getByTestId('finding-search'), '班表');
    const hits = screen.getAllByTestId(/^finding-row-/).length;
    expect(hits).toBeLessThan(round.findingList.length);
    expect(screen.getByText(`${hits} / ${round.findingList.length}`)).toBeTruthy();
    await user().click(screen.getByTestId('clear-filters'));
    await waitFor(() => expect(screen.getAllByTestId(/^finding-row-/)).toHaveLength(round.findingList.length));
  });

  it('shows what a window holds at once, and all rows soon', async () => {
    const { round } = await openRound({ screen: 'findings' });
    render(Findings);
    expect(screen.getAllByTestId(/^finding-row-/)).toHaveLength(AT_ONCE);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(round.findingList.length + 1));
    await waitFor(() => expect(screen.getAllByTestId(/^finding-row-/)).toHaveLength(round.findingList.length));
  });
});

describe('the draft of a dialog', () => {
  it('is kept when it is closed unsaved, shown again, and can be thrown away', async () => {
    const { shell } = await openRound({ screen: 'findings' });
    let closed = 0;
    const { unmount } = render(FindingDialog, { item: 'GH1-01', close: () => (closed += 1) });
    await user().type(await screen.findByTestId('finding-fact'), '2026-11-05 未见签批页');
    await user().keyboard('{Escape}');
    expect(closed).toBe(1);
    expect(toasts.list.at(-1)?.text).toContain('草稿已留着');
    unmount();
    render(FindingDialog, { item: 'GH1-01', close: () => (closed += 1) });
    expect(((await screen.findByTestId('finding-fact')) as HTMLTextAreaElement).value).toBe('2026-11-05 未见签批页');
    await user().click(within(screen.getByTestId('form-restored')).getByRole('button'));
    expect((screen.getByTestId('finding-fact') as HTMLTextAreaElement).value).toBe('');
    expect(shell.calls.some((call) => call.command === 'add_finding')).toBe(false);
  });

  it('is gone once it is saved', async () => {
    const { round } = await openRound({ screen: 'findings', empty: true });
    const first = render(FindingDialog, { item: 'GH1-02', close: () => first.unmount() });
    await user().type(await screen.findByTestId('finding-fact'), '没有签批页');
    await user().keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(round.findingList).toHaveLength(1));
    await waitFor(() => expect(screen.queryByTestId('finding-dialog')).toBeNull());
    render(FindingDialog, { item: 'GH1-02', close: () => {} });
    expect(((await screen.findByTestId('finding-fact')) as HTMLTextAreaElement).value).toBe('');
  });
});

it('a file that is gone is chosen again, and the same content is said to be the same', async () => {
  let outside = '';
  const { shell, round } = await openRound({
    screen: 'evidence',
    before: async ({ home, call }) => {
      const { dir, round } = await call('current');
      const { sha256, file_name } = round.snapshot.evidence[0];
      outside = `${home}/${file_name}`;
      renameSync(contentOf(dir, sha256), outside);
      await call('open_workspace', { dir });
    },
  });
  const lost = round.evidenceList[0]!;
  app.target = { evidence: lost.id };
  render(EvidenceScreen);
  await shell.session.answer([outside]);
  await user().click(await screen.findByTestId('evidence-relink'));
  await waitFor(() => expect(toasts.list.at(-1)?.text).toBe('EV-0001 的文件已找回，内容与登记时一致'));
  await waitFor(() => expect(round.figures.files[lost.id]).toBe('present'));
});

it('an input method composes undisturbed in the field of the item code', async () => {
  await openRound({ screen: 'findings' });
  render(FindingDialog, { item: '', close: () => {} });
  const field = (await screen.findByTestId('item-code')) as HTMLInputElement;
  field.value = 'xc3-05';
  await fireEvent(field, new InputEvent('input', { bubbles: true, isComposing: true }));
  expect(field.value).toBe('xc3-05');
  await fireEvent.compositionEnd(field);
  await waitFor(() => expect(field.value).toBe('XC3-05'));
});

describe('dialogs', () => {
  it('close from the inside out with Esc, and the focus goes back to where it was', async () => {
    const { round } = await openRound({ screen: 'remediation' });
    const task = round.taskList.find((each) => each.state === 'to-verify')!;
    const label = `T-${String(task.number).padStart(3, '0')}`;
    render(Remediation);
    const opener = within(screen.getByTestId(`task-row-${label}`)).getAllByRole('button')[0]!;
    await user().click(opener);
    await user().click(await screen.findByTestId('move-closed'));
    await screen.findByTestId('close-task');
    await user().keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('close-task')).toBeNull());
    expect(screen.getByTestId('task-dialog')).toBeTruthy();
    await user().keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('task-dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });
});
