// Two frames, as in the program's page: the first is scheduled, by the second it was painted.
requestAnimationFrame(() => requestAnimationFrame(() => window.__TAURI_INTERNALS__.invoke('painted')));
