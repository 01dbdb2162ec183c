// Loaded before anything else by every script, and plain CommonJS that any Node can run: says in one line what is missing.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { devDependencies } = require('../package.json');

const found = process.versions.node;
const [major, minor] = found.split('.').map(Number);
const how =
  'npm was not allowed to install the Node that is pinned: run "npm rebuild node --allow-scripts=node"';
if (!existsSync(join(__dirname, '..', 'node_modules', 'zod'))) {
  leave('The packages of Intermission are not installed yet: run "npm ci" first.');
}
if (major < 22 || (major === 22 && minor < 18)) {
  leave(`Intermission needs Node 22.18 or later and found ${found}. ${how}, or use a Node 22 of your own.`);
}
if (found !== devDependencies.node && process.env.npm_lifecycle_event !== undefined) {
  console.error(`Going on with Node ${found} instead of ${devDependencies.node}. Perhaps ${how}.`);
}

// Node 22 calls its own way of running TypeScript an experiment; people need not read that at each command.
const emitWarning = process.emitWarning;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith('Type Stripping')) {
    emitWarning.call(process, warning, ...rest);
  }
};

function leave(sentence) {
  console.error(sentence);
  process.exit(1);
}
