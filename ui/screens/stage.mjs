// The built page in Chromium over the real shell: each page has a session of the bridge of its own.
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startBridge } from '../testing/bridge.js';
import { connect } from '../testing/connect.js';
import { begin } from '../testing/session.js';
import { serve } from './server.mjs';

/** Where the page looks for the shell on some systems; the content security policy lets it go nowhere else. */
const SHELL = 'ipc.localhost';

/** Needs `npm run build` and `cargo xtask bridge`. */
export async function stage() {
  const bridge = await startBridge();
  const site = await serve(fileURLToPath(new URL('../dist', import.meta.url)));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', `--host-resolver-rules=MAP ${SHELL}:80 ${new URL(bridge.url).host}`],
  });
  return {
    browser,
    /**
     * Shows a scene: `open` says what is open at its start, `before` what happened until then, `run` what is done in the window.
     * What is to be listened to is added by `heed`, before anything is loaded.
     */
    async show(context, { open = 'sample', before, run }, { lang = 'zh', theme = 'light', scale = 100, heed } = {}) {
      const session = await begin(bridge.url, open);
      await session.call('save_settings', { settings: { lang, theme, text_scale: scale, actor: '质检主管', recent: [] } });
      await before?.(session);
      const page = await context.newPage();
      page.once('close', () => void session.end());
      heed?.(page);
      await page.addInitScript(connect, `http://${SHELL}${session.commands}`);
      await page.goto(site.url);
      await page.waitForSelector(open ? '[data-testid="nav-assess"]' : '[data-testid="open-sample"]');
      await run?.(page);
      return page;
    },
    async close() {
      await browser.close();
      site.close();
      await bridge.stop();
    },
  };
}
