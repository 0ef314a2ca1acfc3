import { shortcutKeys } from '../../actions/shortcut.ts';

/** The keys of a shortcut, as this platform names them. */
export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className="keys">
      {shortcutKeys(shortcut).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
