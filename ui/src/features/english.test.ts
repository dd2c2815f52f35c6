// Every screen in English, over a round whose own words are English: what is Chinese then is either ours and forgotten, or a part of
// the criteria that exists only in Chinese and says so (`lang="zh"`).
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { app, inWords, SCREENS } from '../app.svelte';
import { chooseLanguage } from '../i18n/index.svelte';
import { IpcError } from '../ipc';
import { openRound, settle } from '../testing/open';
import Frame from './frame/Frame.svelte';

const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]/u;

/** Texts and labels on the page that hold Chinese and do not say so. */
function chinese(): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement;
    if (!element || element.closest('[lang="zh"], script, style, datalist')) continue;
    const texts =
      node instanceof Element
        ? ['aria-label', 'title', 'placeholder', 'alt'].map((name) => node.getAttribute(name) ?? '')
        : [node.textContent ?? ''];
    found.push(...texts.filter((text) => CHINESE.test(text)));
  }
  return found;
}

it('says in English what was refused, and about what', async () => {
  const refused = new IpcError('io', '文件无法读取或写入：/tmp/report.pdf（磁盘已满）', '/tmp/report.pdf: this could not be done');
  await chooseLanguage('en');
  expect(inWords(refused)).toEqual({ text: 'Reading or writing the disk failed', detail: '/tmp/report.pdf: this could not be done' });
  await chooseLanguage('zh');
  expect(inWords(refused).detail).toBe('文件无法读取或写入：/tmp/report.pdf（磁盘已满）');
});

it('leaves no Chinese on any screen in English', async () => {
  const { shell, round } = await openRound({
    before: async ({ home, call }) => {
      await call('current');
      await call('save_settings', { settings: { lang: 'en', theme: 'light', text_scale: 100, actor: 'QA lead', recent: [] } });
      const newRound = { organization: 'Yunling', title: 'Assessment 2026', sites: ['North'], team: [{ role: 'Lead', name: '' }] };
      await call('create_workspace', { dir: `${home}/Yunling`, newRound });
    },
  });
  await chooseLanguage('en');
  await round.mark(['GH1-01'], { verdict: 'nonconform', note: 'No record' });
  await round.mark(['GH1-02'], { verdict: 'na', reason: 'No such work' });
  await settle(round);
  render(Frame);
  const user = userEvent.setup({ delay: null });
  for (const name of SCREENS) {
    app.go(name);
    await waitFor(() => expect(screen.getByTestId(`screen-${name}`).children.length).toBeGreaterThan(0));
    await settle(round);
    // Folders of this machine are user data.
    expect(
      chinese().filter((text) => !text.includes(shell.session.home)),
      name,
    ).toEqual([]);
  }
  app.go('assess');
  await screen.findByTestId('detail');
  for (const keys of ['f', 't', '{Control>}k{/Control}']) {
    await user.keyboard(keys);
    await waitFor(() => expect(document.querySelector('[role="dialog"]')).not.toBeNull());
    expect(chinese(), keys).toEqual([]);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.querySelector('[role="dialog"]')).toBeNull());
  }
});
