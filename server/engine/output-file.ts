// A nameless file that takes a child's output, and is read while the child writes.
import { closeSync, openSync, readSync, unlinkSync } from 'node:fs';
import path from 'node:path';

const POLL_MS = 50;
const CHUNK = 64 * 1024;

export interface OutputFile {
  /** For the child's stdio. */
  fd: number;
  /** Reads what is left, and closes; once. */
  end(): void;
}

/**
 * Terraform dies of SIGPIPE when it writes to a pipe whose reader is gone, and takes the state of a running apply with it. A file has no
 * reader to lose: a child that outlives us ends in order. The file has no name, so that nothing of its text stays on the disk.
 */
export function openOutputFile(dir: string, onBytes: (bytes: Buffer) => void): OutputFile {
  const file = path.join(dir, `.output-${process.pid}-${Date.now()}`);
  const fd = openSync(file, 'ax+', 0o600);
  unlinkSync(file);
  const chunk = Buffer.alloc(CHUNK);
  let position = 0;
  const drain = (): void => {
    for (;;) {
      const count = readSync(fd, chunk, 0, CHUNK, position);
      if (count === 0) return;
      position += count;
      onBytes(Buffer.from(chunk.subarray(0, count)));
    }
  };
  const timer = setInterval(drain, POLL_MS);
  let open = true;
  return {
    fd,
    end() {
      if (!open) return;
      open = false;
      clearInterval(timer);
      drain();
      closeSync(fd);
    },
  };
}
