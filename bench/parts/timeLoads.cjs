// Preloaded into the functions host: writes down how long each file of the app takes to load, with all that it loads in
// turn: a line of JSON each, as soon as it is done. The entry has registered all functions by then.
const { appendFileSync } = require('node:fs');
const Module = require('node:module');
const { basename, dirname } = require('node:path');

const { TIMED_FOLDER, TIME_FILE } = process.env;
const load = Module._load;
let isLoading = false;
Module._load = (request, parent, isMain) => {
  const isOfApp =
    dirname(request) === TIMED_FOLDER || (parent?.path === TIMED_FOLDER && request.startsWith('./'));
  if (isLoading || !isOfApp) {
    return load(request, parent, isMain);
  }
  isLoading = true;
  const startedAtMs = performance.now();
  const loaded = load(request, parent, isMain);
  const inMs = performance.now() - startedAtMs;
  isLoading = false;
  appendFileSync(TIME_FILE, `${JSON.stringify({ file: basename(request), inMs })}\n`);
  return loaded;
};
