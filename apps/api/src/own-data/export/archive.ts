import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One file of an archive. */
export interface ArchiveFile {
  path: string;
  /** Read when its turn comes, and no faster than the archive is. */
  text: AsyncIterable<string>;
}

const BUFFERED_BYTES = 65_536;

/**
 * A zip archive of files, made while it is read: neither the files nor the archive are ever whole in memory. When the archive is
 * destroyed, nothing more of the files is read; when a file fails, the archive does.
 */
export function archiveOf(files: AsyncIterable<ArchiveFile>): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  fill(zip, output, files).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return output;
}

async function fill(zip: ZipFile, output: Readable, files: AsyncIterable<ArchiveFile>): Promise<void> {
  let source: Readable | undefined;
  output.once('close', () => source?.destroy());
  for await (const { path, text } of files) {
    if (output.destroyed) return;
    source = Readable.from(text, { objectMode: false, highWaterMark: BUFFERED_BYTES });
    zip.addReadStream(source, path);
    await finished(source);
  }
  zip.end();
}
