/**
 * Puts a session of the bridge where `@tauri-apps/api` looks for the shell. To be run before the page's own code. It is also handed
 * over to a browser as text, so it names nothing from outside.
 *
 * @param {string} commands where the session takes its commands
 */
export function connect(commands) {
  /** @type {Map<number, (event: { event: string; id: number; payload: unknown }) => void>} */
  const callbacks = new Map();
  /** @type {Map<string, Set<number>>} */
  const listeners = new Map();
  let last = 0;

  /** @param {{ event: string; payload: unknown }} told */
  const tell = ({ event, payload }) => {
    for (const id of [...(listeners.get(event) ?? [])]) callbacks.get(id)?.({ event, id, payload });
  };
  /** What the runtime answers by itself. @type {Record<string, (args: any) => unknown>} */
  const own = {
    'plugin:event|listen': ({ event, handler }) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(handler));
      return handler;
    },
    'plugin:event|unlisten': () => null,
  };

  /** @param {string} command @param {Record<string, unknown>} args @returns {Promise<unknown>} */
  async function invoke(command, args = {}) {
    if (command in own) return own[command](args);
    const response = await fetch(`${commands}/${command}`, { method: 'POST', body: JSON.stringify(args) });
    if (!response.ok || !response.body) throw new Error(`the bridge: ${await response.text()}`);
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (let text = ''; ;) {
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: !done });
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const line = JSON.parse(text.slice(0, end));
        text = text.slice(end + 1);
        if ('event' in line) tell(line);
        else if ('refused' in line) throw line.refused;
        else return line.answer;
      }
      if (done) throw new Error(`the bridge ended without an answer to ${command}`);
    }
  }

  /** @param {(event: any) => void} callback @param {boolean} once */
  function transformCallback(callback, once = false) {
    const id = ++last;
    callbacks.set(id, (event) => {
      if (once) callbacks.delete(id);
      callback(event);
    });
    return id;
  }

  const label = 'main';
  Object.assign(window, {
    __TAURI_INTERNALS__: {
      metadata: { currentWindow: { label }, currentWebview: { windowLabel: label, label } },
      transformCallback,
      unregisterCallback: (/** @type {number} */ id) => callbacks.delete(id),
      invoke,
    },
    __TAURI_EVENT_PLUGIN_INTERNALS__: {
      unregisterListener: (/** @type {string} */ event, /** @type {number} */ id) => {
        listeners.get(event)?.delete(id);
        callbacks.delete(id);
      },
    },
  });
}
