import type { ModuleDetail, ModuleManifest } from '../../../schemas/generated/types.ts';
import { isRecord } from '../../../schemas/rules/merge-patch.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { fillRunbook } from '../inspector/fill-runbook.ts';

const SECTION = /^## What it makes\s*\n+([\s\S]*?)\n\s*\n/m;
const PLACE = /`?\{\{(params|artifacts)\.(\w+)[\w.]*\}\}`?/g;

/** What a module makes: the first paragraph of that section of its runbook, with its defaults, without marks. */
export function whatItMakes({ manifest, runbook }: ModuleDetail): string | undefined {
  const paragraph = SECTION.exec(`${runbook}\n\n`)?.[1];
  if (!paragraph) return undefined;
  const { params } = resolveParams(manifest, {});
  const named = paragraph.replace(PLACE, (place, source: string, name: string) =>
    source === 'params' && params[name] !== undefined ? place : `its ${titleOf(manifest, source, name)}`,
  );
  return fillRunbook(named, { params, artifacts: {} })
    .replaceAll('`', '')
    .replace(/\s*\n\s*/g, ' ');
}

/** What nobody knows before a box is placed is called by its title. */
function titleOf(manifest: ModuleManifest, source: string, name: string): string {
  const { properties } = manifest.params;
  const param = isRecord(properties) ? properties[name] : undefined;
  const title = source === 'artifacts' ? manifest.outputs[name]?.title : isRecord(param) ? param.title : undefined;
  return (typeof title === 'string' ? title : name).toLowerCase();
}
