// The shell of a test: the real one, reached through the bridge. What is called is noted, and a test may put a failure in the way that
// the core cannot be made to show: a full disk, a disk that does not answer.
import { inject, onTestFinished, vi } from 'vitest';
import { connect } from '../../testing/connect.js';
import { begin, type Opened } from '../../testing/session.js';

type Args = Record<string, unknown>;
export type Session = Awaited<ReturnType<typeof begin>>;

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the bridge that `testing/serve.js` started. */
    bridge: string;
  }
}

export class Shell {
  readonly calls: { command: string; args: Args }[] = [];
  /** Events that the page listens to. */
  readonly listening: string[] = [];
  /** Called before every command; may wait or throw. */
  hook: (command: string, args: Args) => unknown = () => undefined;

  constructor(readonly session: Session) {}

  /** The arguments of the first call of a command, if there was one. */
  called(command: string): Args | undefined {
    return this.calls.find((call) => call.command === command)?.args;
  }
}

/** Where a workspace keeps the content of a file. */
export const contentOf = (dir: string, sha256: string) => `${dir}/evidence/${sha256.slice(0, 2)}/${sha256}`;

/** A shell that no page is connected with; ends with the test. */
export async function otherShell(open: Opened = null): Promise<Session> {
  const session = await begin(inject('bridge'), open);
  onTestFinished(async () => {
    // What the page was still fetching when the test ended wants to say that it is no longer needed.
    await vi.dynamicImportSettled();
    await session.end();
  });
  return session;
}

/** A shell where the page looks for it. */
export async function openShell(open: Opened = null): Promise<Shell> {
  const shell = new Shell(await otherShell(open));
  connect(`${inject('bridge')}${shell.session.commands}`);
  const internals = (window as unknown as { __TAURI_INTERNALS__: { invoke: (command: string, args?: Args) => Promise<unknown> } })
    .__TAURI_INTERNALS__;
  const { invoke } = internals;
  internals.invoke = async (command, args = {}) => {
    if (command === 'plugin:event|listen') shell.listening.push(String(args.event));
    else if (!command.startsWith('plugin:')) {
      shell.calls.push({ command, args });
      await shell.hook(command, args);
    }
    return invoke(command, args);
  };
  return shell;
}
