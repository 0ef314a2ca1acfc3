import { IconLock, IconRosetteDiscountCheck, IconShieldCheck } from '@tabler/icons-react';
import type { ModuleManifest } from '../../../schemas/generated/types.ts';

const TIERS = {
  official: { icon: IconRosetteDiscountCheck, says: 'Official: published and kept by the makers of Plumbline' },
  verified: { icon: IconShieldCheck, says: 'Verified: reviewed by your operations team' },
  private: { icon: IconLock, says: 'Private: published by your own organisation' },
} as const;

/** How far a module is to be trusted. */
export function Tier({ tier }: Pick<ModuleManifest, 'tier'>) {
  const { icon: Icon, says } = TIERS[tier];
  return (
    <span className="tier" data-tier={tier} title={says}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {tier}
    </span>
  );
}
