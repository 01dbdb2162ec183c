// Plain CommonJS that any Node can run: says in one line what is missing, before anything newer is loaded.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Intermission needs Node 22.18 or later and found ${process.versions.node}: npm was not allowed to install the one it pins; run "npm rebuild node --allow-scripts=node", or use a Node 22 of your own.`,
  );
  process.exit(1);
}
