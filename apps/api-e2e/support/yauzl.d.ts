/** What the tests use of it; it comes without types. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export interface Entry {
    readonly fileName: string;
  }

  export interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }

  /** @throws Error for a path that leads out of the archive, with `strictFileNames` for one with backslashes as well */
  export function fromBufferPromise(buffer: Buffer, options: { strictFileNames: boolean }): Promise<ZipFile>;
}
