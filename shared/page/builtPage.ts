/** One file of the page, as the build left it. */
export interface BuiltFile {
  readonly contentType: string;
  /** Compressed with gzip, in base64. */
  readonly gzip: string;
}

/** The page as the build left it; its files bear a hash of what they hold in their names. */
export interface BuiltPage {
  readonly script: string;
  readonly style: string;
  readonly icon: string;
  readonly files: Readonly<Record<string, BuiltFile>>;
}

/** The bundle puts the built page in this file's place; where the sources run as they are, there is none. */
export const builtPage: BuiltPage | null = null;
