/** The product's mark: a plumb line. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 24 24" fill="var(--accent)" aria-hidden>
      <rect x="11" y="1" width="2" height="12" rx="1" />
      <path d="M7 12h10l-5 11z" />
    </svg>
  );
}
