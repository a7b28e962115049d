"use strict";
// Loaded into the main process before the console: Electron says that it is ready only once Playwright listens. A window
// that opens while Playwright connects may be met half made, and Playwright then waits for ever. Playwright holds an
// Electron that way itself, but only the one it finds, and not one whose path it is given.
const { app } = require("electron");

const whenReady = app.whenReady();
const emit = app.emit.bind(app);
let isReady = false;
let announced = [];
let announce;
const whenListenedTo = new Promise((resolve) => {
  announce = resolve;
});

app.isReady = () => isReady;
app.whenReady = () => whenListenedTo;
app.emit = (name, ...values) => {
  if (name !== "ready" || isReady) return emit(name, ...values);
  announced = values;
  return app.listenerCount("ready") > 0;
};

// Playwright calls this by its name as soon as it listens.
globalThis.__playwright_run = async () => {
  await whenReady;
  isReady = true;
  announce();
  emit("ready", ...announced);
};
