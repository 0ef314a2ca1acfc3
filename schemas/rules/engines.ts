// What the two engines are called, and where each looks for a provider of which only the short name is written.
import type { EngineKind } from '../generated/types.ts';

export const ENGINE_NAME: Record<EngineKind, string> = { terraform: 'Terraform', tofu: 'OpenTofu' };

/** Host of the registry that `hashicorp/aws` means; it stands in states, lock files and the folders of a mirror. */
export const PROVIDER_REGISTRY: Record<EngineKind, string> = {
  terraform: 'registry.terraform.io',
  tofu: 'registry.opentofu.org',
};

/** The other engine. */
export function otherEngine(kind: EngineKind): EngineKind {
  return kind === 'tofu' ? 'terraform' : 'tofu';
}
