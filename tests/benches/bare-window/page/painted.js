// Says that two frames were drawn, as Headroom's page does.
requestAnimationFrame(() => requestAnimationFrame(() => globalThis.__TAURI_INTERNALS__.invoke("painted")));
