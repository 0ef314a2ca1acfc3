import { Notice } from './Notice.tsx';

/** In place of a page that cannot go on. */
export function Broken({ problem }: { problem: string }) {
  return (
    <main className="waiting">
      <Notice tone="bad" title="The page met a fault of its own.">
        <p>{problem}</p>
        <p>What was edited is kept in this browser and comes back with the page.</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          Load the page again
        </button>
      </Notice>
    </main>
  );
}
