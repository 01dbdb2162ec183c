// Two packages bring a `node`: the pinned 22, which `npm run` shall use, and the 24 that only the tests call by its
// path. npm links whichever it comes to last, so the link is set here.
const { existsSync, rmSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');

const link = join(__dirname, '..', 'node_modules', '.bin', 'node');
const pinned = join(__dirname, '..', 'node_modules', 'node', 'bin', 'node');
if (process.platform === 'linux' && existsSync(pinned)) {
  rmSync(link, { force: true });
  symlinkSync(join('..', 'node', 'bin', 'node'), link);
}
