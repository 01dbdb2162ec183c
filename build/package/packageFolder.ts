/** The folder of the npm package that a bundled file is of; null for the project's own files. Pure. */
export function packageFolderOf(inputPath: string): string | null {
  return /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(inputPath)?.[1] ?? null;
}

/** A package as a file name can have it: `azure-data-tables` for `node_modules/@azure/data-tables`. Pure. */
export function slugOf(packageFolder: string): string {
  return packageFolder
    .replace(/^.*\bnode_modules\//, '')
    .replace('@', '')
    .replace('/', '-');
}
