// Loaded before the app (`--require`): tells by a port of its own how long its event loop was held up, the CPU it took and
// the most memory it had, since it was last asked to begin.
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let begun = { cpu: process.cpuUsage(), rssInKb: process.resourceUsage().maxRSS };
const server = createServer((request, response) => {
  const { user, system } = process.cpuUsage(begun.cpu);
  const found = {
    heldUpInMs: delay.max / 1e6,
    cpuInMs: (user + system) / 1_000,
    addedInMb: (process.resourceUsage().maxRSS - begun.rssInKb) / 1_024,
  };
  if (request.url === '/begin') {
    delay.reset();
    begun = { cpu: process.cpuUsage(), rssInKb: process.resourceUsage().maxRSS };
  }
  response.end(JSON.stringify(found));
});
server.listen(0, '127.0.0.1', () => writeFileSync(process.env.WATCH_FILE, String(server.address().port)));
server.unref();
