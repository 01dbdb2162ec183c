// Makes what is deployed: the folder dist/package, for `azd`, and dist/intermission.zip, for all else.
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFiles } from './package/packageFiles.ts';
import { zipFiles } from './package/zipFiles.ts';

const STAGE = 'dist/package';
const ZIP = 'dist/intermission.zip';

const files = await packageFiles(process.cwd());
await rm(STAGE, { recursive: true, force: true });
await mkdir(STAGE, { recursive: true });
for (const [name, text] of files) {
  await writeFile(join(STAGE, name), text);
}
const zip = zipFiles(files);
await writeFile(ZIP, zip);
const sha256 = createHash('sha256').update(zip).digest('hex');
await writeFile(`${ZIP}.sha256`, `${sha256}  intermission.zip\n`);

for (const [name, text] of files) {
  console.log(`${String(Buffer.byteLength(text)).padStart(9)}  ${name}`);
}
console.log(`\n${ZIP}: ${files.size} files, ${zip.length} bytes\nsha256 ${sha256}`);
