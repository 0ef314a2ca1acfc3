import { IconSearch } from '@tabler/icons-react';

export function AccessSearch({ value, onChange }: { value: string; onChange(search: string): void }) {
  return (
    <label className="search access-search">
      <IconSearch size={14} stroke={1.75} aria-hidden />
      <input
        type="search"
        placeholder="A box, a grant, an action"
        aria-label="Search the access"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
