// Preloaded into the app: counts its calls to the storage, and writes how many there were so far to COUNT_FILE.
const { subscribe } = require('node:diagnostics_channel');
const { writeFileSync } = require('node:fs');

const storage = process.env.COUNTED_HOST;
let count = 0;
subscribe('http.client.request.start', ({ request }) => {
  if (String(request.getHeader('host')).startsWith(storage)) {
    count += 1;
    writeFileSync(process.env.COUNT_FILE, String(count));
  }
});
