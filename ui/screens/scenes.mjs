// What is photographed and checked: one entry per state of a screen worth looking at.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fillIn } from '../testing/workbook.js';

const id = (name) => `[data-testid="${name}"]`;
export const by = id;

const go = (screen) => async (page) => {
  await page.click(id(`nav-${screen}`));
  await page.waitForSelector(id(`screen-${screen}`));
};

/** Two workspaces that were opened before, and one that is gone. */
async function openedBefore({ home, call }) {
  const round = { organization: '星桥外呼中心' };
  await call('create_workspace', { dir: join(home, '星桥外呼'), newRound: round });
  await call('open_sample');
  await call('open_workspace', { dir: join(home, '海晏热线评估') });
  await call('close_workspace');
  rmSync(join(home, '星桥外呼'), { recursive: true });
}

/** A workspace in a folder that others write into too, gone back to a backup, whose next backup failed. */
async function troubled({ home, call }) {
  const dir = join(home, 'OneDrive', '海晏热线评估');
  // What the session began with is opened when it is asked for first.
  await call('current');
  await call('close_workspace');
  mkdirSync(join(home, 'OneDrive'));
  renameSync(join(home, '海晏热线评估'), dir);
  const { pack } = await call('open_workspace', { dir });
  const { path } = await call('backup_now');
  await call('restore', { backup: path });
  rmSync(dirname(path), { recursive: true });
  writeFileSync(dirname(path), '');
  await call('mark', { items: pack.items.slice(0, 40).map((item) => item.code), patch: { verdict: 'conform' } });
}

/** A workbook that came back with changes, one cell that both have changed, one emptied and one that says nothing. */
async function filledIn({ home, call, answer }) {
  const path = join(home, '海晏-核查表.xlsx');
  await call('current');
  await answer(path);
  await call('pick_save', { purpose: 'workbook', suggestedName: 'x.xlsx' });
  await call('export_workbook', { path, options: { domain: 'XC', blank: false, recipient: '王工' } });
  fillIn(path, 2, { F2: '部分符合', G2: '班表提前公布，抽查三期有一期晚两天', G3: '', F4: '差不多', G5: '两处都改过' });
  await call('mark', { items: ['XC1-04'], patch: { note: '复查后已改' } });
  await answer([path]);
}

/** A client's own list: titles above its headings, a word that nobody knows, two columns that may be notes, and one answer that differs. */
async function listGiven({ home, call, answer }) {
  const path = join(home, '客户自查表.csv');
  const rows = [
    '云岭客服中心自查表,,,,',
    '序号,检查项编号,自查结果,情况说明,备注',
    '1,XC1-01,合格,班表按月公布，抽查三期,',
    '2,XC1-02,基本符合,访客登记缺两次,下季复查',
    '3,XC1-03,还行,,',
    '4,XC9-99,合格,,',
  ];
  writeFileSync(path, `${rows.join('\r\n')}\r\n`);
  await call('current');
  await answer([path]);
}

/** A criteria file in which one item of the sample asks something else, chosen by the user. */
async function nextEdition({ home, call, answer }) {
  const path = join(home, '新准则.toml');
  const text = readFileSync(new URL('../../criteria/yd-t-2823-2015.toml', import.meta.url), 'utf8');
  const [head, item] = text.split(/(?=\[\[items\]\]\ncode = "XC3-05")/);
  writeFileSync(
    path,
    head.replace('version = "', 'version = "2099.') + item.replace('requirement = "', 'requirement = "遇节假日另行确认；'),
  );
  await call('current');
  await answer([path], [path]);
  await call('pick_files', { purpose: 'criteria' });
  return path;
}

export const SCENES = [
  { name: 'start', open: null, before: openedBefore },
  {
    name: 'wizard',
    open: null,
    run: async (page) => {
      await page.click(id('new-workspace'));
      await page.waitForSelector(id('wizard'));
    },
  },
  {
    name: 'wizard-criteria',
    open: null,
    run: async (page) => {
      await page.click(id('new-workspace'));
      await page.fill(id('wizard-organization'), '海晏热线服务中心');
      await page.click(id('wizard-next'));
      await page.click(id('wizard-next'));
      await page.locator(id('edition-short')).locator('..').click();
      await page.waitForFunction((css) => document.querySelector(css)?.textContent.includes('62'), id('edition-size'));
    },
  },
  {
    name: 'overview',
    run: async (page) => {
      await go('overview')(page);
      await page.locator(id('radar')).scrollIntoViewIfNeeded();
      await page.waitForSelector(`${id('radar')} canvas`);
      await page.evaluate((css) => document.querySelector(css).closest('.scroll').scrollTo(0, 0), id('radar'));
      await page.waitForTimeout(300);
    },
  },
  { name: 'assess', run: go('assess') },
  {
    name: 'assess-selected',
    run: async (page) => {
      await go('assess')(page);
      for (let n = 0; n < 4; n++) await page.keyboard.press('Shift+ArrowDown');
    },
  },
  {
    name: 'assess-columns',
    before: async ({ call }) =>
      call('save_settings', { settings: { ...(await call('settings')), columns: { items: ['owner', 'tasks'] } } }),
    run: async (page) => {
      await go('assess')(page);
      await page.click(`${id('head-verdict')} button`);
      await page.click(id('columns'));
      await page.waitForSelector('[role=menu]');
    },
  },
  { name: 'evidence', run: go('evidence') },
  { name: 'findings', run: go('findings') },
  { name: 'remediation', run: go('remediation') },
  {
    name: 'board',
    run: async (page) => {
      await go('remediation')(page);
      await page.click(`label:has(${id('view-board')})`);
    },
  },
  { name: 'report', run: go('report') },
  { name: 'records', run: go('records') },
  { name: 'settings', run: go('settings') },
  {
    name: 'settings-end',
    run: async (page) => {
      await go('settings')(page);
      await page.waitForSelector(id('health'));
      await page.evaluate((css) => document.querySelector(css).scrollIntoView({ block: 'start' }), id('health'));
    },
  },
  {
    name: 'criteria-update',
    before: nextEdition,
    run: async (page) => {
      await go('settings')(page);
      await page.click(id('criteria-update'));
      await page.click(id('criteria-file'));
      await page.click(`${id('criteria-changed')} button`);
      await page.waitForSelector(id('criteria-compared'));
    },
  },
  {
    name: 'criteria-confirm',
    before: async (session) => {
      await session.call('update_criteria', { path: await nextEdition(session) });
    },
    run: async (page) => {
      await go('settings')(page);
      await page.click(`${id('criteria-waiting')} button`);
      await page.waitForSelector(id('what-changed'));
    },
  },
  {
    name: 'round-dialog',
    run: async (page) => {
      await go('overview')(page);
      await page.click(id('overview-edit'));
      await page.waitForSelector(id('round-dialog'));
    },
  },
  {
    name: 'conditions',
    run: async (page) => {
      await go('overview')(page);
      await page.click(id('overview-edit'));
      await page.waitForSelector(id('round-dialog'));
      await page.click(id('condition-outbound'));
      await page.waitForSelector(id('conditions-preview'));
      await page.evaluate((css) => document.querySelector(css).scrollIntoView({ block: 'end' }), id('conditions-apply'));
    },
  },
  {
    name: 'evidence-detail',
    run: async (page) => {
      await go('evidence')(page);
      await page.click(id('evidence-row-EV-0013'));
      await page.waitForSelector(id('evidence-detail'));
    },
  },
  { name: 'evidence-empty', open: 'empty', run: go('evidence') },
  { name: 'findings-empty', open: 'empty', run: go('findings') },
  { name: 'report-empty', open: 'empty', run: go('report') },
  {
    name: 'overview-empty',
    open: 'empty',
    run: async (page) => {
      await go('overview')(page);
      await page.waitForTimeout(300);
    },
  },
  { name: 'notices', open: 'empty', before: troubled, run: go('assess') },
  {
    name: 'add-menu',
    run: async (page) => {
      await go('evidence')(page);
      await page.click(id('evidence-add'));
      await page.waitForSelector('[role=menu]');
    },
  },
  {
    name: 'switcher',
    run: async (page) => {
      await go('overview')(page);
      await page.click(id('switcher'));
      await page.waitForSelector('[role=menu]');
    },
  },
  {
    name: 'keys',
    run: async (page) => {
      await go('assess')(page);
      await page.keyboard.press('?');
      await page.waitForSelector(id('key-list'));
    },
  },
  {
    name: 'tour',
    open: null,
    run: async (page) => {
      await page.click(id('open-tour'));
      await page.waitForSelector(id('tour'));
    },
  },
  {
    name: 'verify',
    open: null,
    run: async (page) => {
      await page.click(id('start-verify'));
      await page.waitForSelector(id('verify-dialog'));
    },
  },
  {
    name: 'workbook',
    before: filledIn,
    run: async (page) => {
      await go('report')(page);
      await page.click(id('workbook-in'));
      await page.waitForSelector(id('workbook-changes'));
    },
  },
  {
    name: 'workbook-out',
    run: async (page) => {
      await go('report')(page);
      await page.click(id('workbook-out'));
      await page.waitForSelector(id('workbook-out-dialog'));
    },
  },
  {
    name: 'sheet',
    before: listGiven,
    run: async (page) => {
      await go('report')(page);
      await page.click(id('sheet-in'));
      await page.waitForSelector(id('workbook-refusals'));
    },
  },
  {
    name: 'verdict-words',
    run: async (page) => {
      await go('report')(page);
      await page.click(id('verdict-words'));
      await page.waitForSelector(id('verdict-word-0'));
    },
  },
  {
    name: 'requests',
    run: async (page) => {
      await go('report')(page);
      await page.click(id('request-open'));
      await page.waitForSelector(id('request-tick'));
    },
  },
  {
    name: 'keepers',
    run: async (page) => {
      await go('report')(page);
      await page.click(id('request-open'));
      await page.click(id('request-keepers'));
      await page.waitForSelector(id('keeper-XC3'));
    },
  },
  {
    name: 'close-task',
    run: async (page) => {
      await go('remediation')(page);
      await page.click(`${id('task-row-T-007')} button`);
      await page.click(id('move-closed'));
      await page.waitForSelector(id('close-task'));
    },
  },
  {
    name: 'preview',
    run: async (page) => {
      await go('assess')(page);
      await page.click(`${id('evidence')} li button`);
      await page.waitForSelector(id('preview'));
    },
  },
  {
    name: 'paste',
    run: async (page) => {
      await go('assess')(page);
      await page.evaluate(() => {
        const event = new Event('paste', { bubbles: true, cancelable: true });
        Object.assign(event, { clipboardData: { files: [], getData: () => '符合\t已核对\n不符合\t近半年没有记录\n不适用\n' } });
        document.body.dispatchEvent(event);
      });
      await page.waitForSelector(id('paste-dialog'));
    },
  },
  {
    name: 'palette',
    run: async (page) => {
      await go('assess')(page);
      await page.keyboard.press('Control+k');
      await page.fill(id('palette-query'), '投诉');
    },
  },
  {
    name: 'finding-dialog',
    run: async (page) => {
      await go('assess')(page);
      await page.keyboard.press('f');
      await page.waitForSelector(id('finding-dialog'));
    },
  },
  {
    name: 'task-dialog',
    run: async (page) => {
      await go('assess')(page);
      await page.keyboard.press('t');
      await page.waitForSelector(id('task-dialog'));
    },
  },
];
