// node screens/leaks.mjs: does everything in the window over and over, in Chromium over the real shell, and fails where more is left
// behind the more often it is done: the window is open for a week. `--only a,b` does only these.
import { by } from './scenes.mjs';
import { stage } from './stage.mjs';

const BEFORE = 4; // until caches hold what they may hold
const TIMES = 8;
const SPARE = TIMES; // nodes: Chromium's undo keeps one for each time a text field is emptied; a part of the page has more than one

const { browser, show, close } = await stage();
const page = await show(await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' }), {});
const engine = await page.context().newCDPSession(page);
await engine.send('Performance.enable');

// Playwright's own ways to wait and to click keep hold of the elements.
const until = async (what, there, css) => {
  const seen = await page.evaluate(
    ([css, there]) =>
      new Promise((resolve) => {
        const end = performance.now() + 10_000;
        const look = () => {
          if ((document.querySelector(css) !== null) === there) resolve(true);
          else if (performance.now() > end) resolve(false);
          else requestAnimationFrame(look);
        };
        look();
      }),
    [css, there],
  );
  if (!seen) throw new Error(`${what}: ${css} is ${there ? 'not there' : 'still there'}`);
};
const click = async (css) => {
  await until('to be clicked', true, css);
  await page.evaluate((css) => {
    const one = document.querySelector(css);
    one.dispatchEvent(new PointerEvent('pointerenter'));
    one.focus();
    document.querySelector(css).click();
  }, css);
};
/** By key: a menu that is made opens when the pointer goes down, before there is a click. */
const openMenu = async (css) => {
  await until('to be opened', true, css);
  await page.evaluate((css) => document.querySelector(css).focus(), css);
  await page.keyboard.press('Enter');
};
const go = async (screen) => {
  await click(by(`nav-${screen}`));
  await until(screen, true, by(`screen-${screen}`));
};
/** Opens what `open` opens, sees it and closes it again. */
const shown = async (css, open) => {
  await open();
  await until('opened', true, css);
  await page.keyboard.press('Escape');
  await until('closed', false, css);
};
const press = (key) => () => page.keyboard.press(key);

const JOBS = {
  ...Object.fromEntries(
    ['overview', 'evidence', 'findings', 'remediation', 'report', 'records', 'settings'].map((screen) => [
      screen,
      async () => {
        await go(screen);
        await go('assess');
      },
    ]),
  ),
  items: async () => {
    for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowDown');
    for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowUp');
  },
  marks: async () => {
    await page.keyboard.press('1');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Control+z');
  },
  search: async () => {
    await page.keyboard.press('/');
    await page.keyboard.insertText('投诉');
    await until('found', true, 'mark');
    await page.keyboard.press('Escape');
    await until('all again', false, 'mark');
    await page.keyboard.press('Escape');
  },
  palette: () => shown(by('palette-query'), press('Control+k')),
  keys: () => shown(by('key-list'), press('?')),
  finding: () => shown(by('finding-dialog'), press('f')),
  task: () => shown(by('task-dialog'), press('t')),
  switcher: () => shown('[role=menu]', () => openMenu(by('switcher'))),
  round: async () => {
    await go('overview');
    await shown(by('round-dialog'), () => click(by('overview-edit')));
    await go('assess');
  },
  language: async () => {
    await go('settings');
    for (const lang of ['en', 'zh']) {
      await click(by(`language-${lang}`));
      await until('in that language', true, `html[lang^="${lang}"]`);
    }
    await go('assess');
  },
  workspace: async () => {
    await openMenu(by('switcher'));
    await until('opened', true, '[role=menu]');
    await press('End')();
    await click(by('close-workspace'));
    await click(by('open-sample'));
    await go('assess');
  },
  preview: () => shown(by('preview'), () => click(`${by('evidence')} li button`)),
};

const settled = async () => {
  // Two frames and what comes after them: rows that are added frame by frame, texts that are saved after a pause.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 700)));
  for (let n = 0; n < 3; n++) await engine.send('HeapProfiler.collectGarbage');
  const { metrics } = await engine.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { nodes: of('Nodes'), listeners: of('JSEventListeners') };
};

await go('assess');
const wanted = process.argv[2] === '--only' ? process.argv[3].split(',') : Object.keys(JOBS);
let grew = 0;
for (const name of wanted) {
  const job = async (times) => {
    for (let n = 0; n < times; n++) await JOBS[name]();
    return settled();
  };
  const counts = [await job(BEFORE), await job(TIMES), await job(TIMES)];
  // What is held once, until something else takes its place, is no leak: that grows every time.
  const most = (of) => Math.min(counts[1][of] - counts[0][of], counts[2][of] - counts[1][of]);
  const bad = most('nodes') > SPARE || most('listeners') >= TIMES;
  grew += bad;
  const line = (of) => `${of} ${counts.map((count) => count[of]).join(', ')}`;
  console.log(
    `${bad ? 'GROWS ' : '      '}${name.padEnd(12)} after ${BEFORE}, ${BEFORE + TIMES}, ${BEFORE + 2 * TIMES} times: ${line('nodes')}; ${line('listeners')}`,
  );
}
await close();
if (grew > 0) process.exit(1);
