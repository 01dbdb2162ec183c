// Plain CommonJS that any Node can run: says in one line what is missing, before anything newer is loaded.
const { devDependencies } = require('../package.json');

const found = process.versions.node;
const [major, minor] = found.split('.').map(Number);
const how =
  'npm was not allowed to install the Node that is pinned: run "npm rebuild node --allow-scripts=node"';
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Intermission needs Node 22.18 or later and found ${found}. ${how}, or use a Node 22 of your own.`,
  );
  process.exit(1);
}
if (found !== devDependencies.node) {
  console.error(`Going on with Node ${found} instead of ${devDependencies.node}. Perhaps ${how}.`);
}
