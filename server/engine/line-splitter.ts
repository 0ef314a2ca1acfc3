// Cuts a stream of bytes into lines.
import { StringDecoder } from 'node:string_decoder';

export interface LineSplitter {
  push(bytes: Buffer): void;
  /** Hands on what stands after the last line break. */
  end(): void;
}

/** Calls `onLine` for each line, without its break; characters that were cut in two arrive whole. */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  return {
    push: (bytes) => take(decoder.write(bytes)),
    end() {
      take(decoder.end());
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}
