import { Templates } from '@rjsf/mantine';
import type { FieldTemplateProps } from '@rjsf/utils';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import type { ParamLock } from './params-ui.ts';

/** What the form knows of its box beside the schema. */
export interface ParamsContext {
  /** Settings of the top level that cannot be changed in place, by name; none while the box is not live. */
  locks: Readonly<Record<string, ParamLock>>;
  unlocked: readonly string[];
  setUnlocked(name: string, isUnlocked: boolean): void;
  /** What is lost when the box is replaced. */
  loses?: string;
}

const ThemedField = Templates.FieldTemplate;

/** A field of the form, and under it why it is locked and what unlocking means. */
export function ParamField(props: FieldTemplateProps) {
  if (!ThemedField) return props.children;
  const context = props.registry.formContext as ParamsContext | undefined;
  const [name = '', ...inner] = props.fieldPathId.path.map(String);
  const lock = inner.length === 0 ? context?.locks[name] : undefined;
  return (
    <>
      <ThemedField {...props} />
      {lock && context && <LockNote name={name} lock={lock} context={context} />}
    </>
  );
}

function LockNote({ name, lock, context }: { name: string; lock: ParamLock; context: ParamsContext }) {
  const loses = context.loses && ` Lost: ${context.loses}`;
  if (!context.unlocked.includes(name)) {
    return (
      <div className="lock" data-lock={name}>
        <IconLock size={14} stroke={1.75} aria-hidden />
        <p>
          Locked: {lock.title} is fixed when the box is made, and this box is live.
          {lock.canUnlock ? ' Another value needs a new one in its place.' : ' The module does not let it change.'}
          {lock.canUnlock && (
            <button type="button" className="link-button" onClick={() => context.setUnlocked(name, true)}>
              Unlock: this replaces the box
            </button>
          )}
        </p>
      </div>
    );
  }
  return (
    <div className="lock" data-lock={name} data-open="true">
      <IconLockOpen size={14} stroke={1.75} aria-hidden />
      <p>
        <strong>Unlocked.</strong> If you change it, the next apply makes a new one and deletes this one.{loses}
        <button type="button" className="link-button" onClick={() => context.setUnlocked(name, false)}>
          Lock again
        </button>
      </p>
    </div>
  );
}
