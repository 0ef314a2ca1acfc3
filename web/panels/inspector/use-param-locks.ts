import { useMemo, useState } from 'react';
import type { ModuleManifest } from '../../../schemas/generated/types.ts';
import type { ParamsContext } from './ParamField.tsx';
import { paramLocks } from './params-ui.ts';

/** Which fields a form locks once a box is live, what its field template needs to unlock one, and what is locked now. */
export function useParamLocks(manifest: ModuleManifest, isLive: boolean): { context: ParamsContext; locked: string[] } {
  const [unlocked, setUnlocked] = useState<readonly string[]>([]);
  return useMemo(() => {
    const context: ParamsContext = {
      locks: isLive ? paramLocks(manifest) : {},
      unlocked,
      setUnlocked: (name, isUnlocked) =>
        setUnlocked((now) => (isUnlocked ? [...now, name] : now.filter((other) => other !== name))),
      loses: manifest.holdsData?.loses,
    };
    return { context, locked: Object.keys(context.locks).filter((name) => !unlocked.includes(name)) };
  }, [manifest, isLive, unlocked]);
}
