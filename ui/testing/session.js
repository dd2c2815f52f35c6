// Sessions on the bridge: each is a shell with a home of its own.

/** @param {string} url @param {unknown} [body] */
async function post(url, body) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`the bridge: ${text}`);
  return text.trimEnd().split('\n').at(-1) ?? '';
}

/** @typedef {'sample' | 'empty' | null} Opened what a session finds open: the sample, a round without a mark, or nothing */

/**
 * A shell of its own: a home with copies of the sample and of an empty workspace.
 *
 * @param {string} bridge where the bridge is
 * @param {Opened} open
 */
export async function begin(bridge, open) {
  /** @type {{ session: string; home: string }} */
  const { session, home } = JSON.parse(await post(`${bridge}/begin`, { open }));
  const commands = `/invoke/${session}`;
  return {
    /** Where its files are. */
    home,
    /** Path of its commands, on the bridge. */
    commands,
    /** Calls a command as the page does. @param {string} command @param {Record<string, unknown>} [args] @returns {Promise<any>} */
    async call(command, args = {}) {
      const line = JSON.parse(await post(`${bridge}${commands}/${command}`, args));
      if ('refused' in line) throw line.refused;
      return line.answer;
    },
    /** Answers the next dialogs, in turn: a path, paths, or null for "cancelled". @param {(string | string[] | null)[]} answers */
    async answer(...answers) {
      for (const answer of answers) await post(`${bridge}/answer/${session}`, answer);
    },
    /** Closes it and removes its home. */
    async end() {
      await post(`${bridge}/end/${session}`);
    },
  };
}
