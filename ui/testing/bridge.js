// The real shell without a window, for tests (src-tauri/examples/bridge).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = process.env.BEISHEN_BRIDGE ?? fileURLToPath(new URL('../../target/debug/examples/bridge', import.meta.url));

/**
 * Starts the bridge. It ends with this process at the latest.
 *
 * @returns {Promise<{ url: string; stop: () => Promise<void> }>}
 */
export async function startBridge() {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there: cargo xtask bridge`);
  const bridge = spawn(PROGRAM, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => bridge.once('exit', resolve));
  const address = new Promise((resolve) => createInterface(bridge.stdout).once('line', resolve));
  const early = ended.then((code) => Promise.reject(new Error(`the bridge ended with ${code}`)));
  const url = `http://${await Promise.race([address, early])}`;
  early.catch(() => null);
  return {
    url,
    stop: async () => {
      bridge.stdin.end();
      await ended;
    },
  };
}
