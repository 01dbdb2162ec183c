import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { saveDocument } from './stateDocument.ts';
import type { World } from './world.ts';

/**
 * Keeps a world in a file that is whole at every instant: written beside it, flushed, then renamed over it.
 * Concurrent saves share one write. One process per file.
 */
export class StateFile {
  readonly #path: string;
  readonly #world: World;
  #savedRevision = -1;
  #writing: Promise<void> | null = null;

  constructor(path: string, world: World) {
    this.#path = path;
    this.#world = world;
  }

  /** Resolves when all that has changed so far is on the disk. @throws the file system's error. */
  async save(): Promise<void> {
    const wanted = this.#world.revision;
    while (this.#savedRevision < wanted) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = null;
      });
      await this.#writing;
    }
  }

  async #write(): Promise<void> {
    const revision = this.#world.revision;
    const text = `${JSON.stringify(saveDocument(this.#world))}\n`;
    const besides = `${this.#path}.writing`;
    await flushedWrite(besides, text);
    await rename(besides, this.#path);
    await flushDirectory(dirname(this.#path));
    this.#savedRevision = revision;
  }
}

async function flushedWrite(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that the rename itself survives a power cut; Windows cannot open a directory and does without. */
async function flushDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
