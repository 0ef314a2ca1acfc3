const PREFIX = 'plumbline.page.';

/** Browsers have locks only where the address is secure or of this machine. */
const locks = (): LockManager | undefined => (typeof navigator === 'undefined' ? undefined : navigator.locks);

export interface OpenPage {
  /** Counts as one client of the server, as long as it is open. */
  client: string;
  close(): void;
}

/** Makes this page known to the others of this browser, until it is closed. */
export function openPage(): OpenPage {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const client = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  void locks()?.request(PREFIX + client, () => closed);
  return { client, close };
}

/** The clients of the other pages of this browser that are open. */
export async function findOpenPages(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks()?.query()) ?? {};
  const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(PREFIX));
  return new Set(names.map((name) => name.slice(PREFIX.length)));
}
