import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { changeEnvironment } from '../../actions/environment.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet, Section } from '../../ui/Section.tsx';

/** Tags that every resource of the environment carries; edited in place. */
export function EnvironmentTags() {
  const tags = useRun((state) => state.environment.tags);
  const [isEditing, setEditing] = useState(false);
  const entries = Object.entries(tags);
  if (isEditing) return <TagEditor tags={entries} onDone={() => setEditing(false)} />;
  return (
    <Section
      title="Tags"
      aside={
        <button type="button" className="link-button" onClick={() => setEditing(true)}>
          {entries.length === 0 ? 'Add tags' : 'Edit'}
        </button>
      }
    >
      {entries.length === 0 && (
        <Quiet>None of your own. Resources carry the names of project, environment and box.</Quiet>
      )}
      <dl className="values">
        {entries.map(([key, value]) => (
          <div key={key}>
            <dt className="plain">{key}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

interface Row {
  id: number;
  key: string;
  value: string;
}

function TagEditor({ tags, onDone }: { tags: readonly [string, string][]; onDone(): void }) {
  const workspace = useWorkspace();
  const count = useRun((state) => Object.keys(state.runtime).length);
  const [rows, setRows] = useState<readonly Row[]>(() =>
    [...tags, ['', ''] as const].map(([key, value], id) => ({ id, key, value })),
  );
  const write = (id: number, patch: Partial<Row>) =>
    setRows((now) => {
      const next = now.map((row) => (row.id === id ? { ...row, ...patch } : row));
      const last = next.at(-1);
      return last && last.key !== '' ? [...next, { id: last.id + 1, key: '', value: '' }] : next;
    });
  const filled = rows.filter(({ key }) => key.trim() !== '');
  const keys = filled.map(({ key }) => key.trim());
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  const save = async () => {
    const wanted = Object.fromEntries(filled.map(({ key, value }) => [key.trim(), value.trim()]));
    if (!twice && (await changeEnvironment(workspace, { tags: wanted }))) onDone();
  };
  return (
    <Section title="Tags">
      <form
        className="tags"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {rows.map((row, at) => (
          <div key={row.id}>
            <input
              aria-label={`Name of tag ${at + 1}`}
              placeholder="team"
              maxLength={128}
              value={row.key}
              onChange={(event) => write(row.id, { key: event.currentTarget.value })}
            />
            <input
              aria-label={`Value of tag ${at + 1}`}
              placeholder="shop"
              maxLength={256}
              value={row.value}
              onChange={(event) => write(row.id, { value: event.currentTarget.value })}
            />
            <button
              type="button"
              className="icon-button small"
              aria-label={`Remove tag ${row.key || at + 1}`}
              disabled={row.key === '' && row.value === '' && at === rows.length - 1}
              onClick={() => setRows((now) => now.filter(({ id }) => id !== row.id))}
            >
              <IconX size={14} stroke={1.75} />
            </button>
          </div>
        ))}
        {twice && <p className="bad">{twice} stands twice.</p>}
        {count > 0 && <Quiet>Every resource carries these, so the next plan changes every box.</Quiet>}
        <p className="tags-foot">
          <button type="button" className="button small" onClick={onDone}>
            Cancel
          </button>
          <button type="submit" className="button small" disabled={twice !== undefined}>
            Save tags
          </button>
        </p>
      </form>
    </Section>
  );
}
