import type { ReactNode } from 'react';

/** One paragraph of the inspector: a title, something small beside it, and what it says. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      <header>
        <h3>{title}</h3>
        {aside && <span className="section-aside">{aside}</span>}
      </header>
      {children}
    </section>
  );
}

export function Quiet({ children }: { children: ReactNode }) {
  return <p className="quiet">{children}</p>;
}
